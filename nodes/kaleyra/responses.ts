import type { ParseResult, WriteResult } from '../shared/api/responses';
import { createGetFailureCause, parseResponseWith, parseWrite } from '../shared/api/responses';
import { isObject } from '../shared/http/json';
import type { HttpResult } from '../shared/http/httpResult';
import { ERROR_PARSER } from './errors';

/**
 * Decodes an outcome. Both success shapes are taken: the bare one (Get Flows, Get Flow Details, Publish
 * Flow) and the one wrapped in code, message, data and error (Update Flow Metadata). It is unwrapped only
 * where there is a `code`, because a list has a `data` of its own.
 *
 * @param shape what the data must be; it gives undefined where they are not
 */
export function parseResponse<Data>(
	outcome: HttpResult,
	shape: (data: unknown) => Data | undefined,
): ParseResult<Data> {
	return parseResponseWith(ERROR_PARSER, outcome, (body) => {
		const inner = isObject(body) && typeof body['code'] === 'string' ? body['data'] : body;
		// A list's paging stands beside its rows.
		return shape(Array.isArray(inner) ? body : inner);
	});
}

/** A write is done where Kaleyra says `success: true`. */
export function parseWriteResponse(outcome: HttpResult): WriteResult {
	const asSuccess = (data: unknown) =>
		isObject(data) && data['success'] === true ? true : undefined;
	return parseWrite(ERROR_PARSER, outcome, parseResponse(outcome, asSuccess));
}

/** Why Kaleyra or Meta refused, in n8n's terms, where the body says so. */
export const getFailureCause = createGetFailureCause(ERROR_PARSER);
