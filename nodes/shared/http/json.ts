import type { JsonObject } from 'n8n-workflow';

/** An unquoted integer of 16 or more digits, which may exceed JavaScript's safe integer range. */
const LONG_INTEGER = /[:[,]\s*-?\d{16,}/;

/** The third argument of a JSON.parse reviver (Node.js 21 and later): the number as it was written. */
interface ReviverContext {
	source?: string;
}

function keepDigits(_key: string, value: unknown, context?: ReviverContext): unknown {
	if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
	const digits = context?.source ?? '';
	return /^-?\d+$/.test(digits) ? digits : value;
}

/**
 * Parses JSON without rounding IDs: an integer above 2^53 becomes a string with all its digits.
 *
 * @returns the value, or the text itself if it isn't JSON (a proxy's HTML page, a truncated body)
 */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text, LONG_INTEGER.test(text) ? keepDigits : undefined);
	} catch {
		return text;
	}
}

/** True for a JSON object; false for arrays, null, and everything else. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
