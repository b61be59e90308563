import type { INodeProperties, JsonObject } from 'n8n-workflow';
import { CATEGORIES } from '../../../kaleyra/constants';
import { draftNotice } from '../../../kaleyra/parameters/draftNotice';
import { flowParameter, resolveFlowIdForWrite } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { InvalidInputError } from '../../../shared/errors';
import type { GetParameter } from '../../../shared/node/parameters';
import { omitBlank } from '../../../shared/node/parameters';
import {
	createCategoriesParameter,
	createNameParameter,
	endpointUriParameter,
	optional,
	OPTIONAL_FIELDS,
	parseCategories,
	parseEndpointUri,
	parseName,
} from '../../../shared/whatsappFlows/flowContent';
import { parseReturnStatus, returnStatusOption } from '../../../shared/whatsappFlows/writeOutput';
import type { FlowOperation } from '../operation';
import { createUpdateOutput } from '../updateOutput';

const updateFieldsParameter: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description: 'The fields to change. All others, and those that are blank, are left unchanged.',
	options: [
		optional(createCategoriesParameter(CATEGORIES)),
		optional(endpointUriParameter),
		optional(createNameParameter('a WABA')),
	],
};

/** Update Flow Metadata: POST /v2/<sid>/whatsapp/<flow_id>. Returns a published flow to DRAFT. */
export const updateMetadata: FlowOperation = {
	name: 'Update Metadata',
	value: 'updateMetadata',
	action: 'Update flow metadata (returns a published flow to draft)',
	description: 'Update name, categories, or endpoint URI. Returns a published flow to draft.',
	writes: true,
	parameters: [
		draftNotice,
		flowParameter,
		listWabaIdParameter,
		updateFieldsParameter,
		optionsParameter({ writes: true, operationOptions: [returnStatusOption] }),
	],
	async execute({ client, getParameter, isExpression, addHint }) {
		const changes = parseUpdateFields(getParameter);
		const returnStatus = parseReturnStatus(getParameter);
		const id = await resolveFlowIdForWrite({ client, getParameter, isExpression });
		const before = returnStatus ? await client.getFlowDetails(id, []) : undefined;
		await client.updateFlowMetadata(id, changes);
		return [await createUpdateOutput({ client, addHint }, id, before, changes['name'])];
	},
};

/** @throws {InvalidInputError} if all fields are blank, or one has an invalid value */
function parseUpdateFields(getParameter: GetParameter): JsonObject {
	const fields = omitBlank(getParameter('updateFields', {}), OPTIONAL_FIELDS);
	if (Object.keys(fields).length === 0) {
		throw new InvalidInputError(
			"'Update Fields' is empty, so there is nothing to change",
			'Enter a name, categories, or an endpoint URI. A blank field is left unchanged.',
		);
	}
	return {
		...('name' in fields && { name: parseName(fields['name']) }),
		...('categories' in fields && {
			categories: parseCategories(fields['categories'], CATEGORIES),
		}),
		...('endpointUri' in fields && { endpoint_uri: parseEndpointUri(fields['endpointUri']) }),
	};
}
