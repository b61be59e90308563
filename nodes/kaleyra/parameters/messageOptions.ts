import type { INodeProperties, JsonObject } from 'n8n-workflow';
import { InvalidInputError } from '../../shared/errors';
import { isObject } from '../../shared/http/json';
import type { GetParameter } from '../../shared/node/parameters';
import { parseJsonObject } from '../../shared/node/parameters';
import { createFlowToken } from '../../shared/whatsappFlows/flowToken';
import { createLineOption, parseLine } from './line';

/** Options of several message operations, in the order of their names. */

/** By parameter name; Kaleyra uses the same names. */
const REFERENCES = { ref: 'Reference', ref1: 'Reference 1', ref2: 'Reference 2' };

export const flowTokenOption = createLineOption(
	'Flow Token',
	'flowToken',
	'Text that identifies this message in the reply. Leave empty to generate one. The output contains it. For a flow with an endpoint, use a token of Create Flow Token.',
);

export const replyToOption = createLineOption(
	'Reply To',
	'replyTo',
	'The ID of a message of the customer to quote, which starts with wamid',
);

/** @param except the references that the operation sets itself */
export const referenceOptions = (except: string[] = []): INodeProperties[] =>
	Object.entries(REFERENCES)
		.filter(([name]) => !except.includes(name))
		.map(([name, displayName]) =>
			createLineOption(
				displayName,
				name,
				`Text of your choice that Kaleyra returns as ${name} with the reply and the status updates`,
			),
		);

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

/** The references that are set. */
export function parseReferences(getParameter: GetParameter): Record<string, string> {
	const references: Record<string, string> = {};
	for (const [name, displayName] of Object.entries(REFERENCES)) {
		const value = parseLine(getParameter(`options.${name}`, ''), displayName);
		if (value !== undefined) references[name] = value;
	}
	return references;
}

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
