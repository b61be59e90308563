import type { INodeProperties } from 'n8n-workflow';
import type { Word } from '../../api/vocabulary';
import { InvalidInput } from '../../engine/refusal';
import type { Parameter } from '../operations/operation';

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

/**
 * A list from a multi-options field or from an expression in its place: each name once, blanks dropped.
 *
 * @throws {InvalidInput} where it is no list of words
 */
export function readWords(value: unknown, name: string): string[] {
	const list: unknown[] = typeof value === 'string' ? value.split(',') : [value ?? []].flat();
	const words = list.map((word) => {
		if (typeof word !== 'string' || /[\p{Cc}\s,]/u.test(word.trim())) {
			throw new InvalidInput(
				`${name} holds something that is no word: ${JSON.stringify(word)}`,
				`Give ${name} as an array of words or as comma-separated text, such as id,name,status.`,
			);
		}
		return word.trim();
	});
	return [...new Set(words.filter((word) => word !== ''))];
}

export const readFields = (parameter: Parameter) => readWords(parameter('fields', []), 'Fields');
