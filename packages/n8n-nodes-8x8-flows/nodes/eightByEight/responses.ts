import type { JsonObject } from 'n8n-workflow';
import type { ParseResult, WriteResult } from '../shared/api/responses';
import { createGetFailureCause, parseResponseWith, parseWrite } from '../shared/api/responses';
import { isObject } from '../shared/http/json';
import type { HttpResult } from '../shared/http/httpResult';
import { parseFlow, getFlowId } from './flow';
import { ERROR_PARSER } from './errors';

/** @param shape what a successful body must be; it gives undefined where it is not */
export const parseResponse = <Data>(
	outcome: HttpResult,
	shape: (body: unknown) => Data | undefined,
): ParseResult<Data> => parseResponseWith(ERROR_PARSER, outcome, shape);

/**
 * Publish, Deprecate, Delete: done where the answer has no body, or (in 8x8's guide) is the flow with its
 * new status.
 *
 * @param status the new one; none where the flow is gone then
 */
export function parseEmptyResponse(
	outcome: HttpResult,
	id: string,
	status: string | undefined,
): WriteResult {
	const asDone = (body: unknown) => {
		const empty = body === null || (typeof body === 'string' && body.trim() === '');
		const flow = parseFlow(body);
		const changed = flow && getFlowId(flow) === id && status && flow['status'] === status;
		return empty || saysSuccess(body) || changed ? true : undefined;
	};
	return parseWrite(ERROR_PARSER, outcome, parseResponse(outcome, asDone));
}

/** Create and Update: the ID with `success: true`, or (in the guide) the flow. `id` is the one asked for. */
export function parseSavedResponse(outcome: HttpResult, id?: string): WriteResult<JsonObject> {
	const parseSavedFlow = (body: unknown) => {
		const flow = parseFlow(body);
		if (flow) return flow;
		return id !== undefined && isObject(body) && saysSuccess(body) ? { id, ...body } : undefined;
	};
	return parseWrite(ERROR_PARSER, outcome, parseResponse(outcome, parseSavedFlow));
}

/** Why 8x8 refused, in n8n's terms, where the body says so. */
export const getFailureCause = createGetFailureCause(ERROR_PARSER);

function saysSuccess(body: unknown): boolean {
	return isObject(body) && body['success'] === true;
}
