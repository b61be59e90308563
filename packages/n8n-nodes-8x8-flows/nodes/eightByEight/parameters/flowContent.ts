import type { INodeProperties, JsonObject } from 'n8n-workflow';
import type { Flow } from '../flow';
import { getValidationErrors } from '../flow';
import { parseId } from '../ids';
import { CATEGORIES } from '../constants';
import { isObject } from '../../shared/http/json';
import { parseBoolean } from '../../shared/node/parameters';
import {
	createCategoriesParameter,
	createNameParameter,
	endpointUriParameter,
	parseCategories as parseCategoryList,
	parseEndpointUri,
	parseName,
} from '../../shared/whatsappFlows/flowContent';
import { parseFlowJson } from '../../shared/whatsappFlows/flowJson';

/** The content of a flow: the parameters of Create and Update, each with its parser. */

export const nameParameter = createNameParameter('a channel');

export const categoriesParameter = createCategoriesParameter(CATEGORIES);

export const cloneFlowIdParameter: INodeProperties = {
	displayName: 'Clone Flow ID',
	name: 'cloneFlowId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 822625023859371',
	description: 'The ID of the flow to copy the content from',
};

export { endpointUriParameter, parseName };

/** @throws {InvalidInputError} if it's empty or not a list of names */
export const parseCategories = (value: unknown) => parseCategoryList(value, CATEGORIES);

export const flowJsonParameter: INodeProperties = {
	displayName: 'Flow JSON',
	name: 'flowJson',
	type: 'json',
	default: '',
	description: "The definition of the flow's screens, as text or as an object",
};

export const publishParameter: INodeProperties = {
	displayName: 'Publish',
	name: 'publish',
	type: 'boolean',
	default: false,
	description: "Whether to publish the flow immediately, which can't be undone",
};

export const applicationIdParameter: INodeProperties = {
	displayName: 'Application ID',
	name: 'applicationId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 123456789',
	description: 'The ID of the Meta app that the flow belongs to',
};

type Parser = [requestField: string, parse: (value: unknown) => JsonObject[string]];

/** By parameter name, in the order of the request body. The P of `endPointUri` is 8x8's. */
const PARSERS: Record<string, Parser> = {
	name: ['name', parseName],
	categories: ['categories', parseCategories],
	publish: ['publish', (value) => parseBoolean(value, 'Publish')],
	// 8x8 expects JSON as text.
	flowJson: ['flowJson', (value) => parseFlowJson(value, "'Flow JSON'").text],
	cloneFlowId: ['cloneFlowId', (value) => parseId(value, 'Clone Flow ID')],
	endpointUri: ['endPointUri', parseEndpointUri],
	applicationId: ['applicationId', (value) => parseId(value, 'Application ID')],
};

/**
 * Parses the parameters in a collection into fields of the request. An added parameter with an empty value
 * is invalid and doesn't mean "unchanged".
 *
 * @throws {InvalidInputError} if a value is invalid
 */
export function parseFlowContent(collection: unknown): JsonObject {
	const parameters = isObject(collection) ? collection : {};
	const fields = Object.entries(PARSERS)
		.filter(([parameter]) => parameter in parameters)
		.map(([parameter, [field, parse]]) => [field, parse(parameters[parameter])] as const);
	return Object.fromEntries(fields);
}

/** @returns a warning if the request should publish the flow and validation errors prevent it */
export function getPublishWarning(content: JsonObject, saved: Flow): string | undefined {
	if (content['publish'] !== true || getValidationErrors(saved).length === 0) return undefined;
	return `Flow ${saved.id} has validation errors, so most likely it wasn't published. Check its status.`;
}
