import { InvalidInputError } from '../errors';

/** Reads a node parameter for the current item, with its expressions resolved. */
export type GetParameter = (name: string, fallback?: unknown) => unknown;

/**
 * Parses a list from a multi-options parameter, or from an expression in its place: duplicates and empty
 * entries are dropped.
 *
 * @param example a comma-separated list, for the error
 * @throws {InvalidInputError} if it isn't a list of names
 */
export function parseStringList(value: unknown, name: string, example: string): string[] {
	const list: unknown[] = typeof value === 'string' ? value.split(',') : [value ?? []].flat();
	const entries = list.map((entry) => {
		if (typeof entry !== 'string' || /[\p{Cc}\s,]/u.test(entry.trim())) {
			throw new InvalidInputError(
				`'${name}' must contain only names without spaces: ${JSON.stringify(entry)}`,
				`Pass an array or a comma-separated list, such as ${example}.`,
			);
		}
		return entry.trim();
	});
	return [...new Set(entries.filter((entry) => entry !== ''))];
}

/** @throws {InvalidInputError} if it isn't an integer or is out of range */
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
		`'${name}' must be an integer, ${range}: ${JSON.stringify(value)}`,
		`Enter ${range}.`,
	);
}

/** @throws {InvalidInputError} if an expression returns something other than a boolean */
export function parseBoolean(value: unknown, name: string): boolean {
	if (typeof value === 'boolean') return value;
	throw new InvalidInputError(
		`'${name}' must be a boolean (true or false): ${JSON.stringify(value)}`,
		'Turn it on or off, or make its expression return true or false instead of text.',
	);
}

/**
 * Parses an ID as text with all its digits.
 *
 * @param label names the value in errors, such as "'Order ID'"
 * @param whereToFind a sentence that says where to find the ID
 * @throws {InvalidInputError} if it's empty, or a number that lost digits
 */
export function parseIdText(value: unknown, label: string, whereToFind: string): string {
	if (typeof value === 'number') {
		if (!Number.isSafeInteger(value) || value < 0) {
			throw new InvalidInputError(
				`${label} is the number ${value}, which exceeds JavaScript's safe integer range`,
				'Pass the ID as a string where it comes from, such as a text column in a spreadsheet or quotes in JSON.',
			);
		}
		return String(value);
	}
	if (typeof value !== 'string' && value !== undefined && value !== null) {
		throw new InvalidInputError(
			`${label} must be text or a number: ${truncateForMessage(String(JSON.stringify(value)))}`,
			whereToFind,
		);
	}
	const id = (value ?? '').trim();
	if (id === '') throw new InvalidInputError(`${label} is empty`, whereToFind);
	return id;
}

/** Quotes a value for an error message, at most 60 characters of it. */
export function truncateForMessage(text: string): string {
	return JSON.stringify(
		text.length > 60 ? `${text.slice(0, 60)}… (${text.length} characters)` : text,
	);
}
