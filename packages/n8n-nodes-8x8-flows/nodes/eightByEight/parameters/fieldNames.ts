import type { INodeProperties } from 'n8n-workflow';
import type { Flow } from '../flow';
import type { GetParameter } from '../../shared/node/parameters';
import { InvalidInputError } from '../../shared/errors';

const FIELD_NAMES = {
	camelCase: {
		label: 'camelCase (8x8)',
		description: 'As 8x8 returns them, such as validationErrors',
	},
	snakeCase: {
		label: 'snake_case (Same as Kaleyra Flows)',
		description: 'Such as validation_errors, so that one workflow can handle both providers',
	},
};

export const fieldNamesOption: INodeProperties = {
	displayName: 'Field Names',
	name: 'fieldNames',
	type: 'options',
	options: Object.entries(FIELD_NAMES).map(([value, { label, description }]) => ({
		name: label,
		value,
		description,
	})),
	default: 'camelCase',
	description: 'How to name the fields of the output',
};

/**
 * Parses the Field Names option.
 *
 * @returns a function that renames the fields of a flow
 * @throws {InvalidInputError} if an expression returns another value
 */
export function parseFieldNames(
	getParameter: GetParameter,
	toSnakeCase: (flow: Flow) => Flow,
): (flow: Flow) => Flow {
	const fieldNames = getParameter('options.fieldNames', 'camelCase');
	if (fieldNames === 'camelCase') return (flow) => flow;
	if (fieldNames === 'snakeCase') return toSnakeCase;
	throw new InvalidInputError(
		`'Field Names' must be camelCase or snakeCase: ${JSON.stringify(fieldNames)}`,
		'Choose a value from the list, or make its expression return one of them.',
	);
}
