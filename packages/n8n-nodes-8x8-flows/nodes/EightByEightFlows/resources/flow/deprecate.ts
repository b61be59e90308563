import { deprecateNotice } from '../../../shared/whatsappFlows/irreversible';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { flowParameter, resolveFlowId } from '../../../eightByEight/parameters/flow';
import { createOptionsParameter } from '../../../eightByEight/parameters/options';
import { createWriteOutput } from '../../../shared/whatsappFlows/writeOutput';
import type { FlowOperation } from '../operation';

/** Deprecate WhatsApp Flow: POST /channels/<channelId>/flows/<flowId>/deprecate. Irreversible. */
export const deprecate: FlowOperation = {
	name: 'Deprecate',
	value: 'deprecate',
	action: 'Deprecate flow (cannot be undone)',
	description: 'Deprecate a published flow permanently',
	writes: true,
	parameters: [
		deprecateNotice,
		channelIdParameter,
		flowParameter,
		createOptionsParameter({ writes: true }),
	],
	async execute({ client, getParameter }) {
		const channelId = parseChannelId(getParameter);
		const id = await resolveFlowId({ client, getParameter }, () => channelId);
		const { confirmedByStatus, alreadyDone } = await client.deprecateFlow(channelId, id);
		return [
			createWriteOutput(
				{ id, status: 'DEPRECATED' },
				{ confirmed_by_status: confirmedByStatus, already_deprecated: alreadyDone },
			),
		];
	},
};
