import type { INodeProperties } from 'n8n-workflow';
import type { Word } from '../../api/vocabulary';
import type { Parameter } from '../operations/operation';
import { readWords } from '../../engine/read';

/** A field picker. An expression may give an array or comma-separated text, with any field name in it. */
export function pickerField(words: Word[]): INodeProperties {
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
export const readFields = (parameter: Parameter) =>
	readWords(parameter('fields', []), 'Fields', 'id,name,status');
