import { getValidationErrors } from '../../../eightByEight/flow';
import {
	assertPublishable,
	publishNotice,
	validateBeforePublishingOption,
} from '../../../shared/whatsappFlows/publish';
import { parseBoolean } from '../../../shared/node/parameters';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { flowParameter, parseFlowId } from '../../../eightByEight/parameters/flow';
import { createOptionsParameter } from '../../../eightByEight/parameters/options';
import type { FlowOperation } from '../operation';

/** Publish WhatsApp Flow: POST /channels/<channelId>/flows/<flowId>/publish. Irreversible. */
export const publish: FlowOperation = {
	name: 'Publish',
	value: 'publish',
	action: 'Publish flow',
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
		const id = parseFlowId(getParameter);
		const option = getParameter('options.validateBeforePublishing', true);
		if (parseBoolean(option, 'Validate Before Publishing')) {
			const flow = await client.getFlow(channelId, id);
			if (flow.status === 'PUBLISHED') return [{ id, success: true, already_published: true }];
			assertPublishable({ ...flow, id, validationErrors: getValidationErrors(flow) });
		}
		const { confirmedByStatus, alreadyDone } = await client.publishFlow(channelId, id);
		return [
			{
				id,
				success: true,
				...(confirmedByStatus && { confirmed_by_status: true }),
				...(alreadyDone && { already_published: true }),
			},
		];
	},
};
