import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { InvalidInputError } from '../errors';
import { parseUrl } from '../http/url';
import { parseStringList, trimText } from '../node/parameters';

/** Parameters for a flow's metadata, each with its parser. */

/** Parameters that an update leaves unchanged if they are blank. */
export const OPTIONAL_FIELDS = ['name', 'categories', 'endpointUri'];

/** The same parameter for an update. */
export const optional = (parameter: INodeProperties): INodeProperties => ({
	...parameter,
	description: `${parameter.description?.replace(/\.$/, '')}. Leave empty to keep the current value.`,
});

/** @param scope what the name must be unique in, such as "a WABA" */
export const createNameParameter = (scope: string): INodeProperties => ({
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Book an appointment',
	description: `The flow's name, which customers don't see. Meta requires it to be unique within ${scope}.`,
});

/** @throws {InvalidInputError} if it's empty */
export function parseName(value: unknown): string {
	const name = trimText(value);
	if (name !== '') return name;
	throw new InvalidInputError("'Name' is empty", 'Enter a name.');
}

export const createCategoriesParameter = (options: INodePropertyOptions[]): INodeProperties => ({
	displayName: 'Categories',
	name: 'categories',
	type: 'multiOptions',
	options,
	default: [],
	description:
		'What the flow is for. Replaces the existing categories. An expression can return an array or comma-separated text, such as SIGN_UP,OTHER.',
});

/** @throws {InvalidInputError} if it's empty or not a list of names */
export function parseCategories(value: unknown, options: INodePropertyOptions[]): string[] {
	const categories = parseStringList(value, 'Categories', 'SIGN_UP,OTHER', options);
	if (categories.length > 0) return categories;
	throw new InvalidInputError("'Categories' is empty", 'Choose at least one category.');
}

export const endpointUriParameter: INodeProperties = {
	displayName: 'Endpoint URI',
	name: 'endpointUri',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/whatsapp-flow',
	description:
		'The URL of your server that WhatsApp sends requests to on events in the flow. Needed for real-time data and dynamic navigation. Meta requires https.',
};

/** @throws {InvalidInputError} if it isn't an https URL */
export function parseEndpointUri(value: unknown): string {
	const uri = typeof value === 'string' ? value.trim() : '';
	if (/^https:\/\/[^\s/]/.test(uri) && parseUrl(uri)) return uri;
	throw new InvalidInputError(
		`'Endpoint URI' isn't an https URL: ${JSON.stringify(value)}`,
		'Enter a URL that starts with https://, such as https://example.com/whatsapp-flow.',
	);
}
