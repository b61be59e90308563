import type { INodeProperties, JsonObject } from 'n8n-workflow';
import { InvalidInputError } from '../../errors';
import { isObject } from '../../http/json';
import { parseLine } from '../../node/line';
import type { GetParameter } from '../../node/parameters';
import { parseJsonObject } from '../../node/parameters';
import { createFlowToken } from '../flowToken';

/** Options of several message operations. */

export const screenDataOptions: INodeProperties[] = [
	{
		displayName: 'Screen Data',
		name: 'screenDataFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add field',
		default: {},
		description: 'Values for the data of the first screen, as text',
		options: [
			{
				displayName: 'Field',
				name: 'values',
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	},
	{
		displayName: 'Screen Data (JSON)',
		name: 'screenData',
		type: 'json',
		default: '{}',
		description:
			'The data of the first screen as a JSON object, also for numbers, lists, and objects',
	},
];

/** @param generated the token if none is set */
export const parseFlowToken = (getParameter: GetParameter, generated = createFlowToken()) =>
	parseLine(getParameter('options.flowToken', ''), 'Flow Token') ?? generated;

export const parseReplyTo = (getParameter: GetParameter) =>
	parseLine(getParameter('options.replyTo', ''), 'Reply To');

/** @returns undefined without any data, because Meta rejects an empty object */
export function parseScreenData(getParameter: GetParameter): JsonObject | undefined {
	const fromJson = parseJsonObject(getParameter('options.screenData', {}), 'Screen Data (JSON)');
	const rows = getParameter('options.screenDataFields.values', []);
	const fields = (Array.isArray(rows) ? rows : []).filter(isObject).map((row) => {
		const name = String(row['name'] ?? '').trim();
		if (name !== '') return [name, row['value'] ?? ''];
		throw new InvalidInputError(
			"A field in 'Screen Data' has no name",
			"Enter the name of a property of the screen's data.",
		);
	});
	const data: JsonObject = { ...fromJson, ...Object.fromEntries(fields) };
	return Object.keys(data).length > 0 ? data : undefined;
}
