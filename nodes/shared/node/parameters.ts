import type { INodePropertyOptions, JsonObject } from 'n8n-workflow';
import { InvalidInputError } from '../errors';
import { isObject, parseJson } from '../http/json';

/** Reads a node parameter for the current item, with its expressions resolved. */
export type GetParameter = (name: string, fallback?: unknown) => unknown;

/**
 * Parses a list from a multi-options parameter, or from an expression in its place. Duplicates and empty
 * entries are dropped. An option's label ("Updated At") counts as its value; other names pass through.
 *
 * @param example a comma-separated list, for the error
 * @throws {InvalidInputError} if it isn't a list of names
 */
export function parseStringList(
	value: unknown,
	name: string,
	example: string,
	options: INodePropertyOptions[] = [],
): string[] {
	const entries = splitList(value, name, example).map((entry) => {
		const known = options.find((option) => [option.value, option.name].some(isSameName(entry)));
		if (known) return String(known.value);
		// A quote or a bracket is the rest of some other notation for lists.
		if (typeof entry !== 'string' || /[\p{Cc}\s,"'`[\]]/u.test(entry.trim())) {
			throw new InvalidInputError(
				`'${name}' must contain only names without spaces: ${JSON.stringify(entry)}`,
				describeList(example),
			);
		}
		return entry.trim();
	});
	return [...new Set(entries.filter((entry) => entry !== ''))];
}

/**
 * Splits a list: an array, comma-separated text, or a JSON array as text, which AI agents send.
 *
 * @throws {InvalidInputError} if text starts like a JSON array but isn't one
 */
export function splitList(value: unknown, name: string, example: string): unknown[] {
	if (typeof value !== 'string') return [value ?? []].flat();
	if (!value.trim().startsWith('[')) return value.split(',');
	const list = parseJson(value);
	if (Array.isArray(list)) return list;
	throw new InvalidInputError(
		`'${name}' starts with [ but isn't a JSON array: ${truncateForMessage(value.trim())}`,
		describeList(example),
	);
}

const describeList = (example: string) =>
	`Pass an array or a comma-separated list, such as ${example}.`;

/** Whether two names differ only in case and in how their words are joined. */
function isSameName(entry: unknown): (name: unknown) => boolean {
	const normalize = (text: unknown) =>
		String(text)
			.trim()
			.toLowerCase()
			.replace(/[\s_-]+/g, '_');
	return (name) => typeof entry === 'string' && normalize(entry) === normalize(name);
}

/** Whether an optional value counts as not set: AI agents must fill each parameter that they are given. */
export function isBlank(value: unknown): boolean {
	if (Array.isArray(value)) return value.every(isBlank);
	return value === undefined || value === null || ['', '[]'].includes(String(value).trim());
}

/** Trims a text or a finite number. @returns '' for anything else */
export const trimText = (value: unknown) =>
	typeof value === 'string' || Number.isFinite(value) ? String(value).trim() : '';

/** The parameters of a collection without those of the given ones that are blank. */
export function omitBlank(collection: unknown, names: string[]): JsonObject {
	const entries = Object.entries(isObject(collection) ? collection : {});
	return Object.fromEntries(
		entries.filter(([name, value]) => !names.includes(name) || !isBlank(value)),
	);
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
 * Parses a JSON object, as text or as an expression's result, without rounding long numbers.
 *
 * @throws {InvalidInputError} if it isn't one
 */
export function parseJsonObject(value: unknown, name: string): JsonObject {
	if (isBlank(value)) return {};
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	if (isObject(parsed)) return parsed;
	throw new InvalidInputError(
		`'${name}' isn't a JSON object: ${truncateForMessage(String(typeof value === 'string' ? value : JSON.stringify(value)))}`,
		'Enter an object such as { "name": "Asha" }.',
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
