import type { JsonObject } from 'n8n-workflow';
import { isObject } from '../shared/http/json';
import type { Page } from '../shared/http/pagination';
import type { ValidationError } from '../shared/whatsappFlows/validationErrors';

/**
 * A flow as Kaleyra gives it. Only the id is always there: `fields` replaces the default ones, and a
 * status or category may be one that no page names yet.
 */
export type Flow = JsonObject;

/** @returns undefined where this is no flow */
export function parseFlow(data: unknown): Flow | undefined {
	if (!isObject(data)) return undefined;
	const { id } = data;
	if (typeof id === 'string') return data;
	// An id is text from end to end: one page types it as an integer, and long integers lose digits.
	return Number.isSafeInteger(id) ? { ...data, id: String(id) } : undefined;
}

/** A flow that came without its id, recognised by a field that was asked for or is given by default. */
export function parseFlowWithId(id: string, data: unknown, fields: string[]): Flow | undefined {
	const expected =
		fields.length > 0 ? fields : ['name', 'status', 'categories', 'validation_errors'];
	const named = isObject(data) && !('id' in data) && expected.some((field) => field in data);
	return named ? { id, ...data } : undefined;
}

/**
 * One page of a list: `{ data: [flow], paging: { cursors: { after } } }`, or the bare array. `paging` may
 * be missing, and `next` is never used: it can point at another host and carry a token.
 *
 * @returns undefined where this is no list of flows
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

/** Source: Get Flow Details, table of 'validation_error'. */
export function getValidationErrors(flow: Flow): ValidationError[] {
	// The page's prose and a table call the field validation_error, its samples validation_errors.
	const errors = flow['validation_errors'] ?? flow['validation_error'];
	return Array.isArray(errors) ? errors.filter(isObject) : [];
}
