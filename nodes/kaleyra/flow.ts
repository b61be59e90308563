import type { JsonObject, JsonValue } from 'n8n-workflow';
import { isObject } from '../shared/http/json';
import type { Page } from '../shared/http/pagination';

/**
 * A flow as Kaleyra returns it. Only the ID is always there: `fields` replaces the default fields, and a
 * status or category may be one that no page names yet.
 */
export interface Flow {
	id: string;
	name?: JsonValue;
	status?: JsonValue;
	categories?: JsonValue;
	[field: string]: JsonValue | undefined;
}

/** @returns undefined if it isn't a flow */
export function parseFlow(data: unknown): Flow | undefined {
	if (!isObject(data)) return undefined;
	const { id } = data;
	if (typeof id === 'string') return { ...data, id };
	// IDs are strings throughout: one page types them as integers, and long integers lose digits.
	return Number.isSafeInteger(id) ? { ...data, id: String(id) } : undefined;
}

/** Parses a flow that came without its ID: it's recognized by a requested or default field. */
export function parseFlowWithId(id: string, data: unknown, fields: string[]): Flow | undefined {
	const expected =
		fields.length > 0 ? fields : ['name', 'status', 'categories', 'validation_errors'];
	if (!isObject(data) || 'id' in data) return undefined;
	return expected.some((field) => getField(data, field) !== undefined)
		? { ...data, id }
		: undefined;
}

/**
 * Parses one page of a list: `{ data: [flow], paging: { cursors: { after } } }`, or a bare array. `paging`
 * may be missing. `next` is never used, because it can point to another host and carry a token.
 *
 * @returns undefined if it isn't a list of flows
 */
export function parseFlowPage(data: unknown): Page<Flow> | undefined {
	const list = isObject(data) ? data['data'] : data;
	if (!Array.isArray(list)) return undefined;
	const rows = list.map(parseFlow).filter((flow) => flow !== undefined);
	if (rows.length !== list.length) return undefined;
	const paging = isObject(data) ? data['paging'] : undefined;
	const cursors = isObject(paging) ? paging['cursors'] : undefined;
	const after = isObject(cursors) ? cursors['after'] : undefined;
	return { rows, after: typeof after === 'string' && after !== '' ? after : undefined };
}

/** A field of a flow, in either of its documented spellings. */
export function getField(
	flow: Record<string, JsonValue | undefined>,
	field: string,
): JsonValue | undefined {
	// Get Flow Details: the text and a table have validation_error, the samples validation_errors.
	return field === 'validation_errors' ? (flow[field] ?? flow['validation_error']) : flow[field];
}

export const hasValidationErrors = (flow: JsonObject): boolean =>
	getField(flow, 'validation_errors') !== undefined;

/** Source: Get Flow Details. Its table calls the type JSON Object; its samples have arrays. */
export function getValidationErrors(flow: Record<string, JsonValue | undefined>): JsonObject[] {
	const errors = getField(flow, 'validation_errors');
	if (Array.isArray(errors)) return errors.filter(isObject);
	return isObject(errors) && Object.keys(errors).length > 0 ? [errors] : [];
}
