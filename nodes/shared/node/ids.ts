import { InvalidInputError } from '../errors';

/**
 * An ID as text with all its digits.
 *
 * @param whereToFind a sentence for people whose ID is empty
 * @throws {InvalidInput} where it is empty, or a number that was rounded on its way here
 */
export function parseIdText(value: unknown, name: string, whereToFind: string): string {
	if (typeof value === 'number') {
		if (!Number.isSafeInteger(value) || value < 0) {
			throw new InvalidInputError(
				`${name} is the number ${value}, whose last digits are already lost`,
				'A number this long is rounded before it gets here. Make it text where it comes from, such as a text column in a spreadsheet or quotes in JSON.',
			);
		}
		return String(value);
	}
	const id = typeof value === 'string' ? value.trim() : '';
	if (id === '') {
		throw new InvalidInputError(`${name} is empty`, whereToFind);
	}
	return id;
}

/** An ID of any length as it may stand in a sentence. */
export function truncateForMessage(id: string): string {
	return JSON.stringify(id.length > 60 ? `${id.slice(0, 60)}… (${id.length} characters)` : id);
}
