import type { Flow } from '../../../kaleyra/flow';
import { getValidationErrors } from '../../../kaleyra/flow';
import { InvalidInputError } from '../../../shared/errors';
import { validateBeforePublishing, finalNotice } from '../../../shared/whatsappFlows/publish';
import { assertNoValidationErrors } from '../../../shared/whatsappFlows/validationErrors';
import { flowParameter, parseFlowId } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import type { FlowOperation } from '../operation';

/** What a flow's status says against publishing it. Statuses that no page names yet are let through. */
const UNPUBLISHABLE_STATUSES = new Map([
	['DEPRECATED', 'A deprecated flow stays so. Clone it in WhatsApp Manager and publish the clone.'],
	[
		'BLOCKED',
		'It is published already, and blocked because its endpoint is unhealthy. Fix the endpoint; Meta then lets it through again.',
	],
	[
		'THROTTLED',
		'It is published already, and throttled because its endpoint is unhealthy. Fix the endpoint; Meta then lets it through again.',
	],
]);

/**
 * Publish Flow: POST /v2/<sid>/whatsapp/<flow_id>/publish. Cannot be undone: a published flow cannot be
 * deleted, only deprecated.
 */
export const publish: FlowOperation = {
	name: 'Publish',
	value: 'publish',
	action: 'Publish flow',
	description: 'Make a draft available to customers. Cannot be undone.',
	writes: true,
	fields: [
		finalNotice,
		listWabaIdParameter,
		flowParameter,
		optionsParameter({
			writes: true,
			operationOptions: [validateBeforePublishing],
		}),
	],
	async execute({ client, parameter }) {
		const id = parseFlowId(parameter);
		if (parameter('options.validateBeforePublishing', true) !== false) {
			const flow = await client.getFlowDetails(id, []);
			if (flow['status'] === 'PUBLISHED') return [{ id, success: true, already_published: true }];
			assertPublishable(id, flow);
		}
		const { confirmedByStatus } = await client.publishFlow(id);
		return [{ id, success: true, ...(confirmedByStatus && { confirmed_by_status: true }) }];
	},
};

/** @throws {InvalidInput} with its status, or with every validation error */
function assertPublishable(id: string, flow: Flow): void {
	const status = String(flow['status']);
	const against = UNPUBLISHABLE_STATUSES.get(status);
	if (against)
		throw new InvalidInputError(`Flow ${id} is ${status} and was not published`, against);
	assertNoValidationErrors(id, getValidationErrors(flow));
}
