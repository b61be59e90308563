import type { INodeProperties, JsonObject, JsonValue } from 'n8n-workflow';
import { InvalidInputError } from '../../../shared/errors';
import { isObject, parseJson } from '../../../shared/http/json';
import type { GetParameter } from '../../../shared/node/parameters';
import { parseJsonObject } from '../../../shared/node/parameters';

/** A parameter for an object, as fields or as JSON. */
interface ObjectParameter {
	fieldsName: string;
	jsonName: string;
	label: string;
	description: string;
	show: Record<string, string[]>;
}

export const SCREEN_DATA = {
	fieldsName: 'screenFields',
	jsonName: 'screenData',
	label: 'Screen Data',
	description: "The values that the screen reads with ${data.name}, such as the dropdown's options",
	show: { responseType: ['nextScreen', 'error'] },
} satisfies ObjectParameter;

export const PARAMS = {
	fieldsName: 'paramFields',
	jsonName: 'params',
	label: 'Params',
	description: "What your business receives as the flow's reply, together with the flow token",
	show: { responseType: ['complete'] },
} satisfies ObjectParameter;

export const inputTypeParameter: INodeProperties = {
	displayName: 'Specify Data',
	name: 'inputType',
	type: 'options',
	options: [
		{ name: 'Using Fields', value: 'fields' },
		{ name: 'Using JSON', value: 'json' },
	],
	default: 'fields',
	displayOptions: { hide: { responseType: ['expireToken'] } },
};

export const createObjectParameters = (parameter: ObjectParameter): INodeProperties[] => [
	{
		displayName: parameter.label,
		name: parameter.fieldsName,
		type: 'assignmentCollection',
		default: {},
		description: parameter.description,
		displayOptions: { show: { ...parameter.show, inputType: ['fields'] } },
	},
	{
		displayName: `${parameter.label} (JSON)`,
		name: parameter.jsonName,
		type: 'json',
		default: '{}',
		description: parameter.description,
		displayOptions: { show: { ...parameter.show, inputType: ['json'] } },
	},
];

/** @throws {InvalidInputError} if it isn't an object, or a field has no name or the wrong type */
export function parseObjectParameter(
	getParameter: GetParameter,
	{ fieldsName, jsonName, label }: ObjectParameter,
): JsonObject {
	if (getParameter('inputType', 'fields') === 'json') {
		return parseJsonObject(getParameter(jsonName, '{}'), `${label} (JSON)`);
	}
	const fields = getParameter(fieldsName, {});
	const assignments = isObject(fields) ? fields['assignments'] : undefined;
	const entries = Array.isArray(assignments) ? assignments.filter(isObject) : [];
	return Object.fromEntries(entries.map((entry) => parseField(entry, label)));
}

function parseField({ name, value, type }: JsonObject, label: string): [string, JsonValue] {
	if (typeof name !== 'string' || name.trim() === '') {
		throw new InvalidInputError(`A field of '${label}' has no name`, 'Enter a name or remove it.');
	}
	const parsed = parseFieldValue(value ?? null, type);
	if (parsed === undefined) {
		throw new InvalidInputError(
			`The field '${name}' of '${label}' is not of the type ${String(type)}`,
			'Change its value, or its type in the menu before the value.',
		);
	}
	return [name.trim(), parsed];
}

/** The editor saves lists and objects as text, and so do expressions with text around them. */
function parseFieldValue(value: JsonValue, type: unknown): JsonValue | undefined {
	if (value === null) return null;
	if (type === 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value);
	const parsed: unknown = typeof value === 'string' ? parseJson(value.trim()) : value;
	if (type === 'number') return typeof parsed === 'number' ? parsed : undefined;
	if (type === 'boolean') return typeof parsed === 'boolean' ? parsed : undefined;
	if (type === 'array') return Array.isArray(parsed) ? parsed : undefined;
	if (type === 'object') return isObject(parsed) ? parsed : undefined;
	return value;
}
