import type { INodeProperties } from 'n8n-workflow';
import { getValidationErrors } from '../../../kaleyra/flow';
import { flowParameter, resolveFlowIdForWrite } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { parseBoolean } from '../../../shared/node/parameters';
import {
	assertPublishable,
	publishNotice,
	validateBeforePublishingOption,
} from '../../../shared/whatsappFlows/publish';
import { createWriteOutput } from '../../../shared/whatsappFlows/writeOutput';
import type { FlowOperation } from '../operation';

/** Source: Publish Flow, notes. */
const notice: INodeProperties = {
	...publishNotice,
	displayName:
		"You can't delete a published flow, only deprecate it. To change it later, edit it, which returns it to draft, or create a new flow that clones it (clone_flow_id).",
};

/** Publish Flow: POST /v2/<sid>/whatsapp/<flow_id>/publish. */
export const publish: FlowOperation = {
	name: 'Publish',
	value: 'publish',
	action: 'Publish flow (cannot be deleted afterwards)',
	description:
		'Publish a draft flow, so that it can be sent to customers. It can be edited or deprecated later, but not deleted.',
	writes: true,
	parameters: [
		notice,
		flowParameter,
		listWabaIdParameter,
		optionsParameter({ writes: true, operationOptions: [validateBeforePublishingOption] }),
	],
	async execute({ client, getParameter, isExpression }) {
		const option = getParameter('options.validateBeforePublishing', true);
		const validate = parseBoolean(option, 'Validate Before Publishing');
		const id = await resolveFlowIdForWrite({ client, getParameter, isExpression });
		const before = validate ? await client.getFlowDetails(id, []) : undefined;
		const outcome = { id, before, status: 'PUBLISHED' };
		if (before?.status === 'PUBLISHED') {
			return [createWriteOutput(outcome, { already_published: true })];
		}
		if (before) {
			assertPublishable({ ...before, id, validationErrors: getValidationErrors(before) });
		}
		const { confirmedByStatus, alreadyPublished } = await client.publishFlow(id);
		return [
			createWriteOutput(outcome, {
				confirmed_by_status: confirmedByStatus,
				already_published: alreadyPublished,
			}),
		];
	},
};
