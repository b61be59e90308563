import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../errors';
import type { BinaryAccess } from '../node/binary';
import type { GetParameter } from '../node/parameters';
import type { FlowJson } from './flowJson';
import { assertSize, decodeUtf8, parseFlowJson } from './flowJson';

/** Parameters for flow JSON as input and output, each with its parser. */

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
