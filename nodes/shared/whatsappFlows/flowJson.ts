import type { INodeProperties, JsonObject } from 'n8n-workflow';
import { InvalidInputError } from '../errors';
import { isObject, parseJson } from '../http/json';
import type { BinaryAccess } from '../node/binary';
import type { GetParameter } from '../node/parameters';

/** Flow JSON, the definition of a flow's screens: its parameters, each with its parser. */

/** Source: Meta, Update Flow JSON. */
export const MAX_FLOW_JSON_BYTES = 10 * 1024 * 1024;

export const FLOW_JSON_FILE_NAME = 'flow.json';

export interface FlowJson {
	/** As it's sent. */
	text: string;
	value: JsonObject;
}

const FORMATS = [
	{ name: 'JSON', value: 'json' },
	{ name: 'Binary File', value: 'file' },
];

const createBinaryField = (when: Record<string, string[]>): INodeProperties => ({
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	displayOptions: { show: when },
	description: 'The name of the input field with the flow JSON as a file, such as data',
	hint: 'The name of the input binary field containing the file to be uploaded',
});

/** Where the flow JSON comes from. */
export const flowJsonInputParameters: INodeProperties[] = [
	{
		displayName: 'Input Type',
		name: 'inputType',
		type: 'options',
		options: FORMATS,
		default: 'json',
		description: 'Whether the flow JSON is a value or a file of the input item',
	},
	{
		displayName: 'Flow JSON',
		name: 'flowJson',
		type: 'json',
		default: '',
		required: true,
		displayOptions: { show: { inputType: ['json'] } },
		description:
			'The complete definition of the flow\'s screens, as text or as an object. It starts with {"version": "7.1", "screens": […].',
	},
	createBinaryField({ inputType: ['file'] }),
];

/** In which form a download is returned. */
export const flowJsonOutputParameters: INodeProperties[] = [
	{
		displayName: 'Output Type',
		name: 'outputType',
		type: 'options',
		options: FORMATS,
		default: 'json',
		description: 'Whether to return the flow JSON as a value or as a file',
	},
	{
		...createBinaryField({ outputType: ['file'] }),
		displayName: 'Put Output File in Field',
		description: 'The name of the output field for the file, such as data',
		hint: 'The name of the output binary field to put the file in',
	},
];

/** @throws {InvalidInputError} if it isn't a JSON object, or is larger than Meta accepts */
export async function parseFlowJsonInput(
	getParameter: GetParameter,
	binary: BinaryAccess,
): Promise<FlowJson> {
	if (parseFormat(getParameter('inputType', 'json'), 'Input Type') === 'json') {
		return parseFlowJson(getParameter('flowJson', ''), "'Flow JSON'");
	}
	const field = parseBinaryField(getParameter);
	const { content } = await binary.read(field);
	assertSize(content.length);
	return parseFlowJson(decodeUtf8(content), `The file in '${field}'`);
}

/** @throws {InvalidInputError} if an expression returns another value */
export function parseFormat(value: unknown, name: string): 'json' | 'file' {
	if (value === 'json' || value === 'file') return value;
	throw new InvalidInputError(
		`'${name}' must be json or file: ${JSON.stringify(value)}`,
		'Choose a value from the list, or make its expression return one of them.',
	);
}

/** @throws {InvalidInputError} if it's empty */
export function parseBinaryField(getParameter: GetParameter): string {
	const field = getParameter('binaryPropertyName', 'data');
	if (typeof field === 'string' && field.trim() !== '') return field.trim();
	throw new InvalidInputError(
		'The name of the binary field is empty',
		'Enter the name of the field, such as data.',
	);
}

/** @throws {InvalidInputError} if it isn't a JSON object, or is larger than Meta accepts */
export function parseFlowJson(input: unknown, label: string): FlowJson {
	const text = typeof input === 'string' ? input : (JSON.stringify(input) ?? '');
	assertSize(Buffer.byteLength(text));
	const value = parseJson(text);
	if (isObject(value)) return { text, value };
	throw new InvalidInputError(
		`${label} must be a JSON object`,
		`${getSyntaxError(text)}Pass the complete flow JSON. It starts with { and has "version" and "screens".`,
	);
}

/** Whether two JSON values are equal. The order of keys and the formatting of the text don't matter. */
export function isSameJson(a: unknown, b: unknown): boolean {
	if (Array.isArray(a) && Array.isArray(b)) {
		return a.length === b.length && a.every((value, index) => isSameJson(value, b[index]));
	}
	if (!isObject(a) || !isObject(b)) return a === b;
	const keys = Object.keys(a);
	return (
		keys.length === Object.keys(b).length &&
		keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
	);
}

/** @returns the text without a byte order mark, or an empty text if it isn't UTF-8 */
export function decodeUtf8(content: Buffer): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(content);
	} catch {
		return '';
	}
}

function assertSize(bytes: number): void {
	if (bytes <= MAX_FLOW_JSON_BYTES) return;
	throw new InvalidInputError(
		`The flow JSON has ${(bytes / 1024 / 1024).toFixed(1)} MB`,
		'Meta accepts at most 10 MB. Move images out of the flow JSON.',
	);
}

/** Where the text stops being JSON, in the words of JSON.parse. */
function getSyntaxError(text: string): string {
	try {
		JSON.parse(text);
		return '';
	} catch (thrown) {
		return thrown instanceof Error && text !== '' ? `${thrown.message}. ` : '';
	}
}
