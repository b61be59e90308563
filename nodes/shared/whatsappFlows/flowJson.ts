import type { JsonObject } from 'n8n-workflow';
import { InvalidInputError } from '../errors';
import { isObject, parseJson } from '../http/json';

/** Flow JSON, the definition of a flow's screens. */

/** Source: Meta, Update Flow JSON. */
export const MAX_FLOW_JSON_BYTES = 10 * 1024 * 1024;

export const FLOW_JSON_FILE_NAME = 'flow.json';

export interface FlowJson {
	/** As it's sent. */
	text: string;
	value: JsonObject;
}

/** @throws {InvalidInputError} if it isn't flow JSON, or is larger than Meta accepts */
export function parseFlowJson(input: unknown, label: string): FlowJson {
	const text = typeof input === 'string' ? input : (JSON.stringify(input) ?? '');
	assertSize(Buffer.byteLength(text));
	const value = parseJson(text);
	const isJsonObject = isObject(value);
	if (isJsonObject && 'version' in value && 'screens' in value) return { text, value };
	if (isJsonObject && 'flow_json' in value) {
		throw new InvalidInputError(
			`${label} is an object whose field flow_json has the flow JSON`,
			'Pass that field, such as {{ $json.flow_json }}.',
		);
	}
	throw new InvalidInputError(
		isJsonObject ? `${label} must have "version" and "screens"` : `${label} must be a JSON object`,
		`${getSyntaxError(text)}Pass the complete flow JSON. It starts with { and has "version" and "screens".`,
	);
}

/** Whether two JSON values are equal. The order of keys and the formatting of the text don't matter. */
export function isSameJson(a: unknown, b: unknown): boolean {
	if (Array.isArray(a) && Array.isArray(b)) {
		return a.length === b.length && a.every((value, index) => isSameJson(value, b[index]));
	}
	if (!isObject(a) || !isObject(b)) return a === b;
	const keys = Object.keys(a);
	return (
		keys.length === Object.keys(b).length &&
		keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
	);
}

/** @returns the text without a byte order mark, or an empty text if it isn't UTF-8 */
export function decodeUtf8(content: Buffer): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(content);
	} catch {
		return '';
	}
}

/** @throws {InvalidInputError} if Meta doesn't accept as much */
export function assertSize(bytes: number): void {
	if (bytes <= MAX_FLOW_JSON_BYTES) return;
	throw new InvalidInputError(
		`The flow JSON has ${(bytes / 1024 / 1024).toFixed(1)} MB`,
		'Meta accepts at most 10 MB. Move images out of the flow JSON.',
	);
}

/** Where the text stops being JSON, in the words of JSON.parse. */
function getSyntaxError(text: string): string {
	try {
		JSON.parse(text);
		return '';
	} catch (thrown) {
		return thrown instanceof Error && text !== '' ? `${thrown.message}. ` : '';
	}
}
