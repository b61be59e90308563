import type { JsonObject } from 'n8n-workflow';
import type { ParseResult, WriteResult } from '../shared/api/responses';
import { parseResult, toWriteResult } from '../shared/api/responses';
import { isObject } from '../shared/http/json';
import type { HttpResult } from '../shared/http/httpResult';
import type { Flow } from './flow';
import { parseFlow } from './flow';
import { ERROR_PARSER } from './errors';

/** @param parseBody returns undefined if the body of a 2xx response isn't as documented */
export const parseResponse = <Data>(
	result: HttpResult,
	parseBody: (body: unknown) => Data | undefined,
): ParseResult<Data> => parseResult(ERROR_PARSER, result, parseBody);

/**
 * Parses the response to Publish, Deprecate, and Delete, which has no body. In 8x8's guide, it is the flow
 * with its new status.
 *
 * @param newStatus undefined if the write deletes the flow
 */
export function parseStatusChange(
	result: HttpResult,
	flowId: string,
	newStatus: string | undefined,
): WriteResult<true> {
	const parseBody = (body: unknown) => {
		const isEmpty = body === null || (typeof body === 'string' && body.trim() === '');
		const flow = parseFlow(body);
		const hasNewStatus = flow?.id === flowId && newStatus && flow.status === newStatus;
		return isEmpty || isSuccess(body) || hasNewStatus ? (true as const) : undefined;
	};
	return toWriteResult(ERROR_PARSER, result, parseResponse(result, parseBody));
}

/**
 * Parses the response to Create and Update, which has the ID and `success: true`. In 8x8's guide, it is the
 * flow.
 *
 * @param flowId the ID of the updated flow, which the response may lack
 */
export function parseSavedFlow(result: HttpResult, flowId?: string): WriteResult<Flow> {
	const parseBody = (body: unknown) =>
		parseFlow(body) ??
		(flowId !== undefined && isSuccess(body) ? parseFlow({ ...body, id: flowId }) : undefined);
	return toWriteResult(ERROR_PARSER, result, parseResponse(result, parseBody));
}

function isSuccess(body: unknown): body is JsonObject {
	return isObject(body) && body['success'] === true;
}
