import type { INodeProperties } from 'n8n-workflow';
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

/** Source: Publish Flow, notes. */
const notice: INodeProperties = {
	...publishNotice,
	displayName:
		"You can't delete a published flow, only deprecate it. To change it later, edit it, which returns it to draft, or create a new flow that clones it (clone_flow_id).",
};

/** Publish Flow: POST /v2/<sid>/whatsapp/<flow_id>/publish. */
export const publish: KaleyraOperation = {
	name: 'Publish',
	value: 'publish',
	action: 'Publish flow',
	description:
		'Publish a draft flow, so that it can be sent to customers. It can be edited or deprecated later, but not deleted.',
	writes: true,
	parameters: [
		notice,
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
