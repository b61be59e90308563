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
			'Fields to return. Leave empty for the default fields (ID, name, status, categories, validation errors). An expression can name other fields, as an array or comma-separated. Fields of Meta that Kaleyra does not document, such as preview.invalidate(false), may be passed through (inferred).',
	};
}

/** @throws {InvalidInputError} if it isn't a list of field names */
export const parseFields = (getParameter: GetParameter) =>
	parseStringList(getParameter('fields', []), 'Fields', 'id,name,status');
