import type { Flow } from '../../../api/flow';
import { validationErrorsOf } from '../../../api/flow';
import { InvalidInput } from '../../../engine/refusal';
import { checkFirst, finalNotice } from '../../../meta/publishFields';
import { refuseFaulty } from '../../../meta/validationErrors';
import { flowField, readFlowId } from '../../fields/flow';
import { optionsField } from '../../fields/options';
import { wabaOfListField } from '../../fields/waba';
import type { FlowOperation } from '../operation';

/** What a flow's status says against publishing it. Statuses that no page names yet are let through. */
const STATUS_AGAINST = new Map([
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
		wabaOfListField,
		flowField,
		optionsField({
			writes: true,
			own: [checkFirst],
		}),
	],
	async execute({ client, parameter }) {
		const id = readFlowId(parameter);
		if (parameter('options.checkFirst', true) !== false) {
			const flow = await client.getFlowDetails(id, []);
			if (flow['status'] === 'PUBLISHED') return [{ id, success: true, already_published: true }];
			refuseUnpublishable(id, flow);
		}
		const { confirmedByStatus } = await client.publishFlow(id);
		return [{ id, success: true, ...(confirmedByStatus && { confirmed_by_status: true }) }];
	},
};

/** @throws {InvalidInput} with its status, or with every validation error */
function refuseUnpublishable(id: string, flow: Flow): void {
	const status = String(flow['status']);
	const against = STATUS_AGAINST.get(status);
	if (against) throw new InvalidInput(`Flow ${id} is ${status} and was not published`, against);
	refuseFaulty(id, validationErrorsOf(flow));
}
