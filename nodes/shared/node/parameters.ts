import { InvalidInputError } from '../errors';

/** Reads a parameter for the item at hand, expressions resolved. */
export type GetParameter = (name: string, fallback?: unknown) => unknown;

/**
 * A list from a multi-options field or from an expression in its place: each name once, blanks dropped.
 *
 * @param example such a text, as people may write it
 * @throws {InvalidInput} where it is no list of words
 */
export function parseStringList(value: unknown, name: string, example: string): string[] {
	const list: unknown[] = typeof value === 'string' ? value.split(',') : [value ?? []].flat();
	const words = list.map((word) => {
		if (typeof word !== 'string' || /[\p{Cc}\s,]/u.test(word.trim())) {
			throw new InvalidInputError(
				`${name} holds something that is no word: ${JSON.stringify(word)}`,
				`Give ${name} as an array of words or as comma-separated text, such as ${example}.`,
			);
		}
		return word.trim();
	});
	return [...new Set(words.filter((word) => word !== ''))];
}

/** @throws {InvalidInput} where it is no whole number, or out of range */
export function parseInteger(
	value: unknown,
	{ name, min, max = Infinity }: { name: string; min: number; max?: number },
): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max) {
		return number;
	}
	const range = max === Infinity ? `${min} or more` : `${min} to ${max}`;
	throw new InvalidInputError(
		`${name} must be a whole number, ${range}: ${JSON.stringify(value)}`,
		`Enter ${range}.`,
	);
}
