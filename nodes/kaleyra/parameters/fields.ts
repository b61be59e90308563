import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { GetParameter } from '../../shared/node/parameters';
import { parseStringList } from '../../shared/node/parameters';

/** Which fields to return. An expression may give an array or a comma-separated list, with any field name. */
export function fieldsParameter(options: INodePropertyOptions[]): INodeProperties {
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		options,
		default: [],
		description:
			'Fields to return, in place of the default fields (ID, name, status, categories, validation errors). The ID is always returned. Leave empty for the default fields. An expression can return an array or comma-separated text, such as name,status, also with other fields. Fields that only Meta documents, such as preview.invalidate(false), may work too (inferred).',
	};
}

/** Shows a hint for requested fields that weren't returned. */
export function hintMissingFields(
	requested: string[],
	returned: Iterable<string>,
	addHint: (message: string) => void,
): void {
	const known = new Set(returned);
	const missing = requested.filter((field) => !known.has(field));
	if (missing.length === 0) return;
	addHint(`Kaleyra didn't return ${missing.join(', ')}. Check the spelling in 'Fields'.`);
}

/**
 * @param options the fields that the user can select; others pass through
 * @throws {InvalidInputError} if it isn't a list of field names
 */
export const parseFields = (getParameter: GetParameter, options: INodePropertyOptions[]) =>
	parseStringList(getParameter('fields', []), 'Fields', 'id,name,status', options);
