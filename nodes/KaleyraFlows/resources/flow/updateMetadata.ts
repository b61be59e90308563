import type { INodeProperties, JsonObject } from 'n8n-workflow';
import { CATEGORIES } from '../../../kaleyra/constants';
import { flowParameter, resolveFlowId } from '../../../kaleyra/parameters/flow';
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
import {
	createWriteOutput,
	parseReturnStatus,
	returnStatusOption,
} from '../../../shared/whatsappFlows/writeOutput';
import type { KaleyraOperation } from '../operation';

const draftNotice: INodeProperties = {
	displayName:
		'Updating a published flow returns it to draft. Publish it again before you send it to customers. Kaleyra\'s pages <a href="https://github.com/n8n-nodes-kaleyra-flows/n8n-nodes-kaleyra-flows/blob/main/docs/api-assumptions.md#kaleyra-conflicts-between-pages">differ on whether a published flow can be updated</a>.',
	name: 'draftNotice',
	type: 'notice',
	default: '',
};

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
export const updateMetadata: KaleyraOperation = {
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
	async execute({ client, getParameter, addHint }) {
		const changes = parseUpdateFields(getParameter);
		const returnStatus = parseReturnStatus(getParameter);
		const id = await resolveFlowId({ client, getParameter });
		const before = returnStatus ? await client.getFlowDetails(id, []) : undefined;
		await client.updateFlowMetadata(id, changes);
		const written = { id, before, name: changes['name'] ?? before?.name };
		// A draft stays a draft, so only other flows are read again.
		if (!before || before.status === 'DRAFT') {
			return [createWriteOutput({ ...written, status: before?.status })];
		}
		const after = await client.getFreshFlow(id);
		if (!after) addHint(`Flow ${id} was updated, but its new status couldn't be read.`);
		return [createWriteOutput({ ...written, status: after?.status })];
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
