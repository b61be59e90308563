import type { JsonObject } from 'n8n-workflow';

/** A whole number of 16 digits or more, unquoted: it may not survive as a JavaScript number. */
const LONG_NUMBER = /[:[,]\s*-?\d{16,}/;

/** What JSON.parse tells a reviver about a number on Node 21 and newer: the digits as they came. */
interface Source {
	source?: string;
}

function keepDigits(_key: string, value: unknown, context?: Source): unknown {
	if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
	const digits = context?.source ?? '';
	return /^-?\d+$/.test(digits) ? digits : value;
}

/**
 * Reads JSON without rounding ids: a whole number above 2^53 becomes a string with all its digits.
 *
 * @returns the value, or the text itself where it is no JSON (a proxy's HTML page, a cut-off body)
 */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text, LONG_NUMBER.test(text) ? keepDigits : undefined);
	} catch {
		return text;
	}
}

/** True for a JSON object, false for arrays, null and everything else. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
