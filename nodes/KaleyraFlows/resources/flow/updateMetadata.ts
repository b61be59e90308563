import type { INodeProperties, JsonObject } from 'n8n-workflow';
import { CATEGORIES } from '../../../kaleyra/constants';
import { isObject } from '../../../shared/http/json';
import { InvalidInputError } from '../../../shared/errors';
import { flowParameter, parseFlowId } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { parseStringList } from '../../../shared/node/parameters';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import type { FlowOperation, GetParameter } from '../operation';

const draftNotice: INodeProperties = {
	displayName:
		'Changing a published flow puts it back to draft: it must be published again before new messages can use the change.',
	name: 'draftNotice',
	type: 'notice',
	default: '',
};

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description: 'Only what you add is changed',
	options: [
		{
			displayName: 'Categories',
			name: 'categories',
			type: 'multiOptions',
			options: CATEGORIES,
			default: [],
			description: 'All categories of the flow, at least one: those not chosen are taken away',
		},
		{
			displayName: 'Endpoint URI',
			name: 'endpointUri',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/whatsapp-flow',
			description: 'Your https address to which WhatsApp sends what people enter',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			description: 'Seen by you only. No two flows of a WABA can have the same.',
		},
	],
};

/** Update Flow Metadata: POST /v2/<sid>/whatsapp/<flow_id>. Returns a published flow to DRAFT. */
export const updateMetadata: FlowOperation = {
	name: 'Update Metadata',
	value: 'updateMetadata',
	action: 'Update flow metadata',
	description: 'Change name, categories or endpoint URI. Puts a published flow back to draft.',
	writes: true,
	fields: [
		draftNotice,
		listWabaIdParameter,
		flowParameter,
		updateFields,
		optionsParameter({ writes: true }),
	],
	async execute({ client, parameter }) {
		const id = parseFlowId(parameter);
		await client.updateFlowMetadata(id, parseUpdateFields(parameter));
		return [{ id, success: true }];
	},
};

/** @throws {InvalidInput} where nothing is set, or something is set to what cannot be meant */
function parseUpdateFields(parameter: GetParameter): JsonObject {
	// What was added counts, also where its expression gives nothing: that must not pass for "unchanged".
	const added = parameter('updateFields', {});
	const fields = isObject(added) ? added : {};
	if (Object.keys(fields).length === 0) {
		throw new InvalidInputError(
			'There is nothing to update',
			'Add a name, categories or an endpoint URI under Update Fields.',
		);
	}
	return {
		...('name' in fields && { name: parseName(fields['name']) }),
		...('categories' in fields && { categories: parseCategories(fields['categories']) }),
		...('endpointUri' in fields && { endpoint_uri: parseEndpointUri(fields['endpointUri']) }),
	};
}

function parseName(value: unknown): string {
	const name = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (name === '') {
		throw new InvalidInputError(
			'Name is empty',
			'Enter a name, or remove Name from Update Fields to keep the one there is.',
		);
	}
	return name;
}

function parseCategories(value: unknown): string[] {
	const categories = parseStringList(value, 'Categories', 'SIGN_UP,OTHER');
	if (categories.length === 0) {
		throw new InvalidInputError(
			'Categories is empty',
			'Choose at least one, or remove Categories from Update Fields to keep those there are.',
		);
	}
	return categories;
}

function parseEndpointUri(value: unknown): string {
	const uri = typeof value === 'string' ? value.trim() : '';
	if (!/^https:\/\/[^\s/]+/.test(uri) || !URL.canParse(uri)) {
		throw new InvalidInputError(
			`Endpoint URI is no https address: ${JSON.stringify(value)}`,
			'Enter an address that starts with https://, such as https://example.com/whatsapp-flow.',
		);
	}
	return uri;
}
