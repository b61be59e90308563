import type { INodeProperties, JsonObject, JsonValue } from 'n8n-workflow';
import { InvalidInputError } from '../errors';
import { isObject } from '../http/json';

/** An error in a flow's JSON, with Meta's keys. Lines and columns count from 1. */
export interface ValidationError {
	error?: JsonValue;
	message?: JsonValue;
	line_start?: JsonValue;
	pointers?: JsonValue;
}

/** More would fill the screen; the flow itself lists them all. */
const MAX_ERRORS_SHOWN = 10;

const NOT_PUBLISHED = {
	ending: ' and was not published',
	remedy: 'Fix the flow JSON in WhatsApp Manager, then publish again.',
};

/** @throws {InvalidInputError} with each validation error's line and path */
export function assertNoValidationErrors(
	id: string,
	errors: ValidationError[],
	{ ending, remedy } = NOT_PUBLISHED,
): void {
	if (errors.length === 0) return;
	const lines = errors.slice(0, MAX_ERRORS_SHOWN).map(formatValidationError);
	if (errors.length > MAX_ERRORS_SHOWN) lines.push(`and ${errors.length - MAX_ERRORS_SHOWN} more`);
	throw new InvalidInputError(
		`Flow ${id} has ${errors.length} validation error${errors.length > 1 ? 's' : ''}${ending}`,
		`${lines.join('; ')}. ${remedy}`,
	);
}

function formatValidationError({ error, message, line_start, pointers }: ValidationError): string {
	const pointer = Array.isArray(pointers) ? pointers[0] : undefined;
	const path = isObject(pointer) ? pointer['path'] : undefined;
	const line = line_start !== undefined && `line ${String(line_start)}`;
	const place = [line, path].filter(Boolean).join(', ');
	const text = String(message ?? error ?? 'Unknown validation error').replace(/\.$/, '');
	return place === '' ? text : `${text} (${place})`;
}

export const splitValidationErrorsOption: INodeProperties = {
	displayName: 'One Item per Validation Error',
	name: 'splitValidationErrors',
	type: 'boolean',
	default: false,
	description:
		'Whether to return an item for each validation error, with its line, column, path, and message, instead of the flow. A flow without validation errors then returns no item.',
};

/** One item per validation error, for loops in a workflow. */
export function splitValidationErrors(
	flow: { id: string; name?: JsonValue },
	errors: JsonObject[],
): JsonObject[] {
	return errors.map((error) => {
		const { line_start: line, column_start: column, pointers } = error;
		const pointer = Array.isArray(pointers) ? pointers[0] : undefined;
		return {
			id: flow.id,
			...(flow.name !== undefined && { name: flow.name }),
			line: line ?? null,
			column: column ?? null,
			path: isObject(pointer) ? (pointer['path'] ?? null) : null,
			...error,
		};
	});
}
