import { deprecateNotice } from '../../../shared/whatsappFlows/irreversible';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { flowParameter, parseFlowId } from '../../../eightByEight/parameters/flow';
import { createOptionsParameter } from '../../../eightByEight/parameters/options';
import type { FlowOperation } from '../operation';

/** Deprecate WhatsApp Flow: POST /channels/<channelId>/flows/<flowId>/deprecate. Irreversible. */
export const deprecate: FlowOperation = {
	name: 'Deprecate',
	value: 'deprecate',
	action: 'Deprecate flow',
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
		const id = parseFlowId(getParameter);
		const { confirmedByStatus, alreadyDone } = await client.deprecateFlow(channelId, id);
		return [
			{
				id,
				success: true,
				...(confirmedByStatus && { confirmed_by_status: true }),
				...(alreadyDone && { already_deprecated: true }),
			},
		];
	},
};
