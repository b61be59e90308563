import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../../errors';
import { isObject } from '../../http/json';
import type { GetParameter } from '../../node/parameters';
import { isBlank, parseInteger, truncateForMessage } from '../../node/parameters';

/** Which template to send, and the values of its variables. */

export const templateParameters: INodeProperties[] = [
	{
		displayName: 'Template Name',
		name: 'templateName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. appointment_reminder',
		description: 'An approved template of the WABA with a button that opens a flow',
	},
	{
		displayName: 'Template Language',
		name: 'language',
		type: 'string',
		default: 'en_US',
		required: true,
		placeholder: 'e.g. en_US',
		description: "The code of the template's language",
	},
	createVariablesParameter('Body Variables', 'bodyVariables', 'body'),
];

export const buttonIndexOption: INodeProperties = {
	displayName: 'Button Index',
	name: 'buttonIndex',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 9 },
	default: 0,
	description: "The position of the flow's button among the template's buttons, from 0",
};

export const headerVariablesOption = createVariablesParameter(
	'Header Variables',
	'headerVariables',
	'header text',
);

/** @throws {InvalidInputError} if a value is missing or has the wrong form */
export function parseTemplate(getParameter: GetParameter) {
	return {
		templateName: parseName(getParameter('templateName'), 'Template Name', /^[a-z0-9_]{1,512}$/),
		language: parseName(getParameter('language'), 'Template Language', /^[A-Za-z_]{2,10}$/),
		bodyVariables: parseVariables(getParameter('bodyVariables.values', [])),
		headerVariables: parseVariables(getParameter('options.headerVariables.values', [])),
		buttonIndex: parseInteger(getParameter('options.buttonIndex', 0), {
			name: 'Button Index',
			min: 0,
			max: 9,
		}),
	};
}

function createVariablesParameter(
	displayName: string,
	name: string,
	component: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add variable',
		default: {},
		description: `The values of the variables in the template's ${component}, in their order`,
		options: [
			{
				displayName: 'Variable',
				name: 'values',
				values: [{ displayName: 'Value', name: 'value', type: 'string', default: '' }],
			},
		],
	};
}

function parseName(value: unknown, label: string, pattern: RegExp): string {
	const name = isBlank(value) ? '' : String(value).trim();
	if (name === '')
		throw new InvalidInputError(`'${label}' is empty`, 'Enter it as WhatsApp Manager shows it.');
	if (pattern.test(name)) return name;
	throw new InvalidInputError(
		`'${label}' has an unexpected form: ${truncateForMessage(name)}`,
		'Enter it as WhatsApp Manager shows it, such as appointment_reminder and en_US.',
	);
}

/** Meta rejects an empty variable. */
function parseVariables(rows: unknown): string[] {
	return (Array.isArray(rows) ? rows : []).filter(isObject).map((row, index) => {
		if (!isBlank(row['value'])) return String(row['value']);
		throw new InvalidInputError(
			`Variable ${index + 1} of the template is empty`,
			'Enter a value, or remove the variable.',
		);
	});
}
