import type { Flow } from '../../../eightByEight/flow';
import { getValidationErrors } from '../../../eightByEight/flow';
import { InvalidInputError } from '../../../shared/errors';
import { validateBeforePublishing, finalNotice } from '../../../shared/whatsappFlows/publish';
import { assertNoValidationErrors } from '../../../shared/whatsappFlows/validationErrors';
import { parseBoolean } from '../../../eightByEight/parameters/boolean';
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
	fields: [
		finalNotice,
		channelIdParameter,
		flowParameter,
		createOptionsParameter({ writes: true, operationOptions: [validateBeforePublishing] }),
	],
	async execute({ client, parameter: getParameter }) {
		const channelId = parseChannelId(getParameter);
		const id = parseFlowId(getParameter);
		const option = getParameter('options.validateBeforePublishing', true);
		if (parseBoolean(option, 'Validate Before Publishing')) {
			const flow = await client.getFlow(channelId, id);
			if (flow.status === 'PUBLISHED') return [{ id, success: true, already_published: true }];
			assertPublishable(id, flow);
		}
		const { confirmedByStatus } = await client.publishFlow(channelId, id);
		return [{ id, success: true, ...(confirmedByStatus && { confirmed_by_status: true }) }];
	},
};

/** @throws {InvalidInputError} if the flow is deprecated or has validation errors */
function assertPublishable(id: string, flow: Flow): void {
	if (flow.status === 'DEPRECATED') {
		throw new InvalidInputError(
			`Flow ${id} is DEPRECATED and was not published`,
			"A deprecated flow can't be published. Create a flow with 'Clone Flow ID' and publish that one.",
		);
	}
	assertNoValidationErrors(id, getValidationErrors(flow));
}
