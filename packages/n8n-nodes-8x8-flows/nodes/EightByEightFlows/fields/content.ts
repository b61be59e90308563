import type { INodeProperties, JsonObject } from 'n8n-workflow';
import { idOf, validationErrorsOf } from '../../api/flow';
import { readId } from '../../api/ids';
import { CATEGORIES } from '../../api/vocabulary';
import { isObject, parseJson } from '../../engine/json';
import { readWords } from '../../engine/read';
import { InvalidInput } from '../../engine/refusal';

/** What a flow is made of: fields of Create and Update, and how each is read. */

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	description: 'Seen by you only. No two flows of a channel can have the same.',
};

export const categoriesField: INodeProperties = {
	displayName: 'Categories',
	name: 'categories',
	type: 'multiOptions',
	options: CATEGORIES,
	default: [],
	description: 'What the flow is for, at least one. Those not chosen are taken away.',
};

export const cloneFlowIdField: INodeProperties = {
	displayName: 'Clone Flow ID',
	name: 'cloneFlowId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 822625023859371',
	description: 'The flow whose content is copied',
};

export const endpointUriField: INodeProperties = {
	displayName: 'Endpoint URI',
	name: 'endpointUri',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/whatsapp-flow',
	description: 'Your https address to which WhatsApp sends what people enter',
};

export const flowJsonField: INodeProperties = {
	displayName: 'Flow JSON',
	name: 'flowJson',
	type: 'json',
	default: '',
	description: 'The screens of the flow, as text or as an object',
};

export const publishField: INodeProperties = {
	displayName: 'Publish',
	name: 'publish',
	type: 'boolean',
	default: false,
	description: 'Whether to publish the flow at once, which cannot be undone',
};

export const applicationIdField: INodeProperties = {
	displayName: 'Application ID',
	name: 'applicationId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 123456789',
	description: 'The Meta app that the flow belongs to',
};

/** From the field's name to 8x8's key (mind the capital P) and the value that is sent. */
const READERS: Record<string, [key: string, read: (value: unknown) => unknown]> = {
	name: ['name', readName],
	categories: ['categories', readCategories],
	publish: ['publish', readPublish],
	flowJson: ['flowJson', readFlowJson],
	cloneFlowId: ['cloneFlowId', (value) => readId(value, 'Clone Flow ID')],
	endpointUri: ['endPointUri', readEndpointUri],
	applicationId: ['applicationId', (value) => readId(value, 'Application ID')],
};

/**
 * The content that people added, in 8x8's keys. What was added counts, also where its expression gives
 * nothing: that must not pass for "unchanged".
 *
 * @throws {InvalidInput} where something is set to what cannot be meant
 */
export function readContent(added: unknown): JsonObject {
	const fields = isObject(added) ? added : {};
	return Object.fromEntries(
		Object.entries(READERS)
			.filter(([field]) => field in fields)
			.map(([field, [key, read]]) => [key, read(fields[field])]),
	) as JsonObject;
}

/** What to remark where publishing was asked for and 8x8 gives validation errors, which rule it out. */
export function notPublished(asked: JsonObject, saved: JsonObject): string | undefined {
	const faulty = asked['publish'] === true && validationErrorsOf(saved).length > 0;
	return faulty
		? `Flow ${idOf(saved)} has validation errors, so most likely it was not published. Read it.`
		: undefined;
}

export function readName(value: unknown): string {
	const name = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (name !== '') return name;
	throw new InvalidInput('Name is empty', 'Enter a name.');
}

export function readCategories(value: unknown): string[] {
	const categories = readWords(value, 'Categories', 'SIGN_UP,OTHER');
	if (categories.length > 0) return categories;
	throw new InvalidInput('Categories is empty', 'Choose at least one category.');
}

function readPublish(value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	throw new InvalidInput(
		`Publish is neither true nor false: ${JSON.stringify(value)}`,
		'Switch it on or off, or let its expression give true or false, not text.',
	);
}

/** 8x8 takes it as text. An object is written as JSON; text goes out as it stands. */
function readFlowJson(value: unknown): string {
	if (isObject(value)) return JSON.stringify(value);
	if (typeof value === 'string' && isObject(parseJson(value))) return value;
	throw new InvalidInput(
		'Flow JSON is no JSON object',
		'Copy the whole JSON from the flow builder: it begins with { and has version and screens.',
	);
}

function readEndpointUri(value: unknown): string {
	const uri = typeof value === 'string' ? value.trim() : '';
	if (/^https:\/\/[^\s/]+/.test(uri) && URL.canParse(uri)) return uri;
	throw new InvalidInput(
		`Endpoint URI is no https address: ${JSON.stringify(value)}`,
		'Enter an address that starts with https://, such as https://example.com/whatsapp-flow.',
	);
}
