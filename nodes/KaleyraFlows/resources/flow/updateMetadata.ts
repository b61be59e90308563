import type { INodeProperties, JsonObject } from 'n8n-workflow';
import { CATEGORIES } from '../../../kaleyra/constants';
import { flowParameter, parseFlowId } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { InvalidInputError } from '../../../shared/errors';
import { isObject } from '../../../shared/http/json';
import type { GetParameter } from '../../../shared/node/parameters';
import {
	createCategoriesParameter,
	createNameParameter,
	endpointUriParameter,
	parseCategories,
	parseEndpointUri,
	parseName,
} from '../../../shared/whatsappFlows/flowContent';
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
	description: 'Only the fields that you add are changed',
	options: [
		createCategoriesParameter(CATEGORIES),
		endpointUriParameter,
		createNameParameter('a WABA'),
	],
};

/** Update Flow Metadata: POST /v2/<sid>/whatsapp/<flow_id>. Returns a published flow to DRAFT. */
export const updateMetadata: KaleyraOperation = {
	name: 'Update Metadata',
	value: 'updateMetadata',
	action: 'Update flow metadata',
	description: 'Update name, categories, or endpoint URI. Returns a published flow to draft.',
	writes: true,
	parameters: [
		draftNotice,
		listWabaIdParameter,
		flowParameter,
		updateFieldsParameter,
		optionsParameter({ writes: true }),
	],
	async execute({ client, getParameter }) {
		const id = parseFlowId(getParameter);
		await client.updateFlowMetadata(id, parseUpdateFields(getParameter));
		return [{ id, success: true }];
	},
};

/** @throws {InvalidInputError} if no field was added, or one has an invalid value */
function parseUpdateFields(getParameter: GetParameter): JsonObject {
	// An added field counts even if its expression is empty: that must not mean "unchanged".
	const added = getParameter('updateFields', {});
	const fields = isObject(added) ? added : {};
	if (Object.keys(fields).length === 0) {
		throw new InvalidInputError(
			"'Update Fields' is empty",
			'Add a name, categories, or an endpoint URI.',
		);
	}
	return {
		...('name' in fields && { name: parseName(fields['name']) }),
		...('categories' in fields && { categories: parseCategories(fields['categories']) }),
		...('endpointUri' in fields && { endpoint_uri: parseEndpointUri(fields['endpointUri']) }),
	};
}
