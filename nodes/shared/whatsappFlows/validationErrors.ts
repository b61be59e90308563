import type { JsonValue } from 'n8n-workflow';
import { isObject } from '../http/json';
import { InvalidInputError } from '../errors';

/** What is wrong with a flow's JSON, in Meta's own keys. Lines and columns count from 1. */
export interface ValidationError {
	error?: JsonValue;
	message?: JsonValue;
	line_start?: JsonValue;
	pointers?: JsonValue;
}

/** More would fill the screen; the flow itself lists them all. */
const ERRORS_SHOWN = 10;

/** @throws {InvalidInput} with every validation error, by line and path */
export function assertNoValidationErrors(id: string, errors: ValidationError[]): void {
	if (errors.length === 0) return;
	const lines = errors.slice(0, ERRORS_SHOWN).map(inOneLine);
	if (errors.length > ERRORS_SHOWN) lines.push(`and ${errors.length - ERRORS_SHOWN} more`);
	throw new InvalidInputError(
		`Flow ${id} has ${errors.length} validation error${errors.length > 1 ? 's' : ''} and was not published`,
		`${lines.join('; ')}. Correct the flow JSON in WhatsApp Manager, then publish again.`,
	);
}

function inOneLine({ error, message, line_start: line, pointers }: ValidationError): string {
	const first = Array.isArray(pointers) ? pointers[0] : undefined;
	const path = isObject(first) ? first['path'] : undefined;
	const place = [line !== undefined && `line ${String(line)}`, path].filter(Boolean).join(', ');
	const text = String(message ?? error ?? 'Not said what').replace(/\.$/, '');
	return place === '' ? text : `${text} (${place})`;
}
