import { getValidationErrors } from '../../../kaleyra/flow';
import { flowParameter, parseFlowId } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { parseBoolean } from '../../../shared/node/parameters';
import {
	assertPublishable,
	publishNotice,
	validateBeforePublishingOption,
} from '../../../shared/whatsappFlows/publish';
import type { KaleyraOperation } from '../operation';

/** Publish Flow: POST /v2/<sid>/whatsapp/<flow_id>/publish. */
export const publish: KaleyraOperation = {
	name: 'Publish',
	value: 'publish',
	action: 'Publish flow',
	description: 'Publish a draft flow. A published flow can be deprecated, but not deleted.',
	writes: true,
	parameters: [
		publishNotice,
		listWabaIdParameter,
		flowParameter,
		optionsParameter({ writes: true, operationOptions: [validateBeforePublishingOption] }),
	],
	async execute({ client, getParameter }) {
		const id = parseFlowId(getParameter);
		const validate = getParameter('options.validateBeforePublishing', true);
		if (parseBoolean(validate, 'Validate Before Publishing')) {
			const flow = await client.getFlowDetails(id, []);
			if (flow.status === 'PUBLISHED') return [{ id, success: true, already_published: true }];
			assertPublishable({ ...flow, id, validationErrors: getValidationErrors(flow) });
		}
		const { confirmedByStatus, alreadyPublished } = await client.publishFlow(id);
		return [
			{
				id,
				success: true,
				...(confirmedByStatus && { confirmed_by_status: true }),
				...(alreadyPublished && { already_published: true }),
			},
		];
	},
};
