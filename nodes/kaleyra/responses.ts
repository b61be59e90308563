import type { JsonObject } from 'n8n-workflow';
import type { ParseResult, WriteResult } from '../shared/api/responses';
import { parseResult, toWriteResult, withDescription } from '../shared/api/responses';
import type { HttpResult } from '../shared/http/httpResult';
import { isObject } from '../shared/http/json';
import type { OperationName } from './errorCodes';
import { WA400_DESCRIPTIONS } from './errorCodes';
import { ERROR_PARSER } from './errors';

/**
 * Parses a result. Accepts both success shapes: bare (Get Flows, Get Flow Details, Publish Flow), and
 * wrapped in code, message, data and error (Update Flow Metadata). It's unwrapped only if there is a
 * `code`, because a list has a `data` of its own.
 *
 * @param parseData returns undefined if the data has another shape
 * @param operation determines the description of WA-400
 */
export function parseResponse<TData>(
	result: HttpResult,
	parseData: (data: unknown) => TData | undefined,
	operation?: OperationName,
): ParseResult<TData> {
	const parsed = parseResult(ERROR_PARSER, result, (body) => {
		const data = isObject(body) && typeof body['code'] === 'string' ? body['data'] : body;
		// A list's paging is beside its rows.
		return parseData(Array.isArray(data) ? body : data);
	});
	if (parsed.ok || parsed.error.code !== 'WA400' || operation === undefined) return parsed;
	return { ok: false, error: withDescription(parsed.error, WA400_DESCRIPTIONS[operation]) };
}

/**
 * Parses the response to a write whose page has no sample response. Besides `success: true`, code WA200,
 * `{}`, and status 204 mean success. An empty 200 doesn't, because a proxy may have sent it.
 *
 * @param parseData returns undefined if the data has another shape
 * @param operation determines the description of WA-400
 */
export function parseDataResponse<TData>(
	result: HttpResult,
	parseData: (data: JsonObject, isSuccess: boolean) => TData | undefined,
	operation: OperationName,
): WriteResult<TData> {
	const parse = (value: unknown) => {
		const isEmpty = value === undefined || value === null || value === '';
		const data = isEmpty && hasSuccessCode(result) ? {} : value;
		if (!isObject(data)) return undefined;
		const isBare = Object.keys(data).length === 0;
		const isSuccess =
			'success' in data ? data['success'] === true : isBare || hasSuccessCode(result);
		return parseData(data, isSuccess);
	};
	return toWriteResult(ERROR_PARSER, result, parseResponse(result, parse, operation));
}

/** Of a response without an error: code WA200, or status 204. */
function hasSuccessCode(result: HttpResult): boolean {
	if (result.kind === 'networkError') return false;
	const { status, body } = result;
	return status === 204 || (isObject(body) && typeof body['code'] === 'string');
}

/** A write is applied if Kaleyra returns `success: true`. */
export function parseWriteResponse(
	result: HttpResult,
	operation?: OperationName,
): WriteResult<true> {
	const parseSuccess = (data: unknown) =>
		isObject(data) && data['success'] === true ? (true as const) : undefined;
	return toWriteResult(ERROR_PARSER, result, parseResponse(result, parseSuccess, operation));
}

/** A write whose page shows no response is applied if Kaleyra returns any JSON without an error (inferred). */
export function parseAcceptedResponse(result: HttpResult): WriteResult<true> {
	const parseObject = (data: unknown) => (isObject(data) ? (true as const) : undefined);
	return toWriteResult(ERROR_PARSER, result, parseResponse(result, parseObject));
}
