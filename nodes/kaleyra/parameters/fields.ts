import type { INodeProperties } from 'n8n-workflow';
import type { INodePropertyOptions } from '../constants';
import type { GetParameter } from '../../shared/node/parameters';
import { parseStringList } from '../../shared/node/parameters';

/** A field picker. An expression may give an array or comma-separated text, with any field name in it. */
export function fieldsParameter(words: INodePropertyOptions[]): INodeProperties {
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		options: words,
		default: [],
		description:
			'Which fields to read. None: the ones that Kaleyra gives by default (ID, name, status, categories, validation errors). An expression may name others, as an array or comma-separated.',
	};
}

/** @throws {InvalidInput} where it is no list of field names */
export const parseFields = (parameter: GetParameter) =>
	parseStringList(parameter('fields', []), 'Fields', 'id,name,status');
