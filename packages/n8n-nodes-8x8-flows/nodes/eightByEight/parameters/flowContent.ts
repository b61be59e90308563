import type { INodeProperties, JsonObject } from 'n8n-workflow';
import { getFlowId, getValidationErrors } from '../flow';
import { parseId } from '../ids';
import { CATEGORIES } from '../constants';
import { isObject, parseJson } from '../../shared/http/json';
import { parseStringList } from '../../shared/node/parameters';
import { InvalidInputError } from '../../shared/errors';

/** What a flow is made of: fields of Create and Update, and how each is read. */

export const nameParameter: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	description: 'Seen by you only. No two flows of a channel can have the same.',
};

export const categoriesParameter: INodeProperties = {
	displayName: 'Categories',
	name: 'categories',
	type: 'multiOptions',
	options: CATEGORIES,
	default: [],
	description: 'What the flow is for, at least one. Those not chosen are taken away.',
};

export const cloneFlowIdParameter: INodeProperties = {
	displayName: 'Clone Flow ID',
	name: 'cloneFlowId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 822625023859371',
	description: 'The flow whose content is copied',
};

export const endpointUriParameter: INodeProperties = {
	displayName: 'Endpoint URI',
	name: 'endpointUri',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/whatsapp-flow',
	description: 'Your https address to which WhatsApp sends what people enter',
};

export const flowJsonParameter: INodeProperties = {
	displayName: 'Flow JSON',
	name: 'flowJson',
	type: 'json',
	default: '',
	description: 'The screens of the flow, as text or as an object',
};

export const publishParameter: INodeProperties = {
	displayName: 'Publish',
	name: 'publish',
	type: 'boolean',
	default: false,
	description: 'Whether to publish the flow at once, which cannot be undone',
};

export const applicationIdParameter: INodeProperties = {
	displayName: 'Application ID',
	name: 'applicationId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 123456789',
	description: 'The Meta app that the flow belongs to',
};

/** From the field's name to 8x8's key (mind the capital P) and the value that is sent. */
const READERS: Record<string, [key: string, read: (value: unknown) => unknown]> = {
	name: ['name', parseName],
	categories: ['categories', parseCategories],
	publish: ['publish', parsePublish],
	flowJson: ['flowJson', parseFlowJson],
	cloneFlowId: ['cloneFlowId', (value) => parseId(value, 'Clone Flow ID')],
	endpointUri: ['endPointUri', parseEndpointUri],
	applicationId: ['applicationId', (value) => parseId(value, 'Application ID')],
};

/**
 * The content that people added, in 8x8's keys. What was added counts, also where its expression gives
 * nothing: that must not pass for "unchanged".
 *
 * @throws {InvalidInput} where something is set to what cannot be meant
 */
export function parseFlowContent(added: unknown): JsonObject {
	const fields = isObject(added) ? added : {};
	return Object.fromEntries(
		Object.entries(READERS)
			.filter(([field]) => field in fields)
			.map(([field, [key, read]]) => [key, read(fields[field])]),
	) as JsonObject;
}

/** What to remark where publishing was asked for and 8x8 gives validation errors, which rule it out. */
export function getPublishWarning(asked: JsonObject, saved: JsonObject): string | undefined {
	const faulty = asked['publish'] === true && getValidationErrors(saved).length > 0;
	return faulty
		? `Flow ${getFlowId(saved)} has validation errors, so most likely it was not published. Read it.`
		: undefined;
}

export function parseName(value: unknown): string {
	const name = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (name !== '') return name;
	throw new InvalidInputError('Name is empty', 'Enter a name.');
}

export function parseCategories(value: unknown): string[] {
	const categories = parseStringList(value, 'Categories', 'SIGN_UP,OTHER');
	if (categories.length > 0) return categories;
	throw new InvalidInputError('Categories is empty', 'Choose at least one category.');
}

function parsePublish(value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	throw new InvalidInputError(
		`Publish is neither true nor false: ${JSON.stringify(value)}`,
		'Switch it on or off, or let its expression give true or false, not text.',
	);
}

/** 8x8 takes it as text. An object is written as JSON; text goes out as it stands. */
function parseFlowJson(value: unknown): string {
	if (isObject(value)) return JSON.stringify(value);
	if (typeof value === 'string' && isObject(parseJson(value))) return value;
	throw new InvalidInputError(
		'Flow JSON is no JSON object',
		'Copy the whole JSON from the flow builder: it begins with { and has version and screens.',
	);
}

function parseEndpointUri(value: unknown): string {
	const uri = typeof value === 'string' ? value.trim() : '';
	if (/^https:\/\/[^\s/]+/.test(uri) && URL.canParse(uri)) return uri;
	throw new InvalidInputError(
		`Endpoint URI is no https address: ${JSON.stringify(value)}`,
		'Enter an address that starts with https://, such as https://example.com/whatsapp-flow.',
	);
}
