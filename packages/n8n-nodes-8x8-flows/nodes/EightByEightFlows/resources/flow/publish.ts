import type { Flow } from '../../../eightByEight/flow';
import { getValidationErrors } from '../../../eightByEight/flow';
import {
	assertPublishable,
	publishNotice,
	validateBeforePublishingOption,
} from '../../../shared/whatsappFlows/publish';
import { parseBoolean } from '../../../shared/node/parameters';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { flowParameter, resolveFlowId } from '../../../eightByEight/parameters/flow';
import { createOptionsParameter } from '../../../eightByEight/parameters/options';
import { createWriteOutput } from '../../../shared/whatsappFlows/writeOutput';
import type { FlowOperation } from '../operation';

/** Publish WhatsApp Flow: POST /channels/<channelId>/flows/<flowId>/publish. Irreversible. */
export const publish: FlowOperation = {
	name: 'Publish',
	value: 'publish',
	action: 'Publish flow (cannot be undone)',
	description: 'Publish a draft flow permanently',
	writes: true,
	parameters: [
		publishNotice,
		channelIdParameter,
		flowParameter,
		createOptionsParameter({ writes: true, operationOptions: [validateBeforePublishingOption] }),
	],
	async execute({ client, getParameter }) {
		const channelId = parseChannelId(getParameter);
		const id = await resolveFlowId({ client, getParameter }, () => channelId);
		let before: Flow | undefined;
		const option = getParameter('options.validateBeforePublishing', true);
		if (parseBoolean(option, 'Validate Before Publishing')) {
			before = await client.getFlow(channelId, id);
			if (before.status === 'PUBLISHED') {
				return [
					createWriteOutput({ id, before, status: 'PUBLISHED' }, { already_published: true }),
				];
			}
			assertPublishable({ ...before, id, validationErrors: getValidationErrors(before) });
		}
		const { confirmedByStatus, alreadyDone } = await client.publishFlow(channelId, id);
		return [
			createWriteOutput(
				{ id, before, status: 'PUBLISHED' },
				{ confirmed_by_status: confirmedByStatus, already_published: alreadyDone },
			),
		];
	},
};
