import { getValidationErrors } from '../../../eightByEight/flow';
import { InvalidInputError } from '../../../shared/errors';
import { validateBeforePublishing, finalNotice } from '../../../shared/whatsappFlows/publish';
import { assertNoValidationErrors } from '../../../shared/whatsappFlows/validationErrors';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { flowParameter, parseFlowId } from '../../../eightByEight/parameters/flow';
import { optionsParameter } from '../../../eightByEight/parameters/options';
import type { FlowOperation } from '../operation';

/** Publish WhatsApp Flow: POST /channels/<channelId>/flows/<flowId>/publish. Cannot be undone. */
export const publish: FlowOperation = {
	name: 'Publish',
	value: 'publish',
	action: 'Publish flow',
	description: 'Make a draft available to customers. Cannot be undone.',
	writes: true,
	fields: [
		finalNotice,
		channelIdParameter,
		flowParameter,
		optionsParameter({ writes: true, operationOptions: [validateBeforePublishing] }),
	],
	async execute({ client, parameter }) {
		const channelId = parseChannelId(parameter);
		const id = parseFlowId(parameter);
		if (parameter('options.validateBeforePublishing', true) !== false) {
			const flow = await client.getFlow(channelId, id);
			if (flow['status'] === 'PUBLISHED') return [{ id, success: true, already_published: true }];
			if (flow['status'] === 'DEPRECATED') {
				throw new InvalidInputError(
					`Flow ${id} is DEPRECATED and was not published`,
					'A deprecated flow stays so. Create a flow with Clone Flow ID and publish that one.',
				);
			}
			assertNoValidationErrors(id, getValidationErrors(flow));
		}
		const confirmed = await client.publishFlow(channelId, id);
		return [{ id, success: true, ...(confirmed && { confirmed_by_status: true }) }];
	},
};
