import type { Failure } from '../errors';
import type { HttpResponse, HttpResult, NetworkError } from '../http/httpResult';
import type { GetFailureCause } from '../http/retry';
import { isIndeterminate } from '../http/retry';
import type { ApiError } from './apiError';
import type { ErrorCatalog, ErrorDefinition } from './errorCatalog';
import { getStatusError } from './errorCatalog';

/** The data of a response, or why there is none. */
export type ParseResult<TData> = { ok: true; data: TData } | { ok: false; error: ApiError };

/** What a write's response says. `indeterminate`: the write may have been applied despite the error. */
export type WriteResult<TData> =
	| { applied: true; data: TData }
	| { applied: false; indeterminate: boolean; error: ApiError };

/** How a service reports errors. */
export interface ErrorParser {
	catalog: ErrorCatalog;
	/** Parses an error in the service's own format, whatever the HTTP status. */
	parseErrorBody: (response: HttpResponse) => ApiError | undefined;
	/** The first message in a body that a person can read. */
	extractMessage: (body: unknown) => string | undefined;
}

/**
 * Parses a result. The body decides before the status: an error under 500 can be final, and a 200 can
 * carry one.
 *
 * @param parseBody returns the data of a success body, or undefined if it has another shape
 */
export function parseResult<TData>(
	parser: ErrorParser,
	result: HttpResult,
	parseBody: (body: unknown) => TData | undefined,
): ParseResult<TData> {
	const { catalog } = parser;
	if (result.kind === 'networkError') {
		return { ok: false, error: createNetworkError(catalog, result) };
	}
	const { status, body } = result;
	const error = parser.parseErrorBody(result);
	if (error) return { ok: false, error };
	const message = parser.extractMessage(body);
	if (status < 200 || status > 299) {
		const definition = getStatusError(catalog, status);
		return { ok: false, error: createApiError(result, definition, { message }) };
	}
	const data = parseBody(body);
	if (data !== undefined) return { ok: true, data };
	return { ok: false, error: createApiError(result, catalog.unexpectedResponse, { message }) };
}

/** An unreadable success leaves it open whether the write was applied. */
export function toWriteResult<TData>(
	parser: ErrorParser,
	result: HttpResult,
	parsed: ParseResult<TData>,
): WriteResult<TData> {
	if (parsed.ok) return { applied: true, data: parsed.data };
	const { error } = parsed;
	const unreadableSuccess = error.httpCode?.startsWith('2') === true && !error.recognized;
	const indeterminate =
		unreadableSuccess ||
		result.earlierAttemptIndeterminate === true ||
		isIndeterminate(result, createGetFailureCause(parser));
	return { applied: false, indeterminate, error };
}

/** Reads n8n's failure cause from an error body. */
export const createGetFailureCause =
	({ parseErrorBody }: ErrorParser): GetFailureCause =>
	(response) =>
		parseErrorBody(response)?.failure?.cause;

/** What a response itself says about its error. */
export interface ErrorSource {
	message?: string | undefined;
	/** The service's code, as its table spells it. */
	code?: string | undefined;
	/** The code as the response spells it, with anything else that identifies the error. */
	label?: string | undefined;
	recognized?: boolean;
}

export function createApiError(
	response: HttpResponse,
	definition: ErrorDefinition,
	{ message, code, label = code && `code ${code}`, recognized = false }: ErrorSource,
): ApiError {
	const { status, retryAfter, body, sent } = response;
	const source = [label, `HTTP ${status}`].filter(Boolean).join(', ');
	const wait = retryAfter === undefined ? '' : ` Try again in ${formatDuration(retryAfter)}.`;
	const notSent = sent === false ? ' Not sent, because an earlier request was rate-limited.' : '';
	const suffix = `${notSent}${wait} (${source})`;
	return {
		message: message ?? definition.message,
		description: `${definition.description}${suffix}`,
		suffix,
		httpCode: String(status),
		code,
		recognized,
		body,
		failure: createFailure(definition, retryAfter),
	};
}

/** The same error with another description: "try again" is wrong after an indeterminate write. */
export function withDescription(error: ApiError, description: string): ApiError {
	return { ...error, description: `${description}${error.suffix ?? ''}` };
}

function createNetworkError(catalog: ErrorCatalog, { code, reason }: NetworkError): ApiError {
	const definition = catalog.network[code] ?? { ...catalog.otherNetwork, message: reason };
	const suffix = ` (${code})`;
	return {
		message: definition.message,
		description: `${definition.description}${suffix}`,
		suffix,
		httpCode: code,
		failure: createFailure(definition),
	};
}

/** n8n's failure declaration. Only causes that pass with time carry a time. */
function createFailure({ failure }: ErrorDefinition, retryAfterMs?: number): Failure | undefined {
	if (failure === 'rate-limited' || failure === 'temporarily-unavailable') {
		return { cause: failure, ...(retryAfterMs !== undefined && { retryAfterMs }) };
	}
	return failure && { cause: failure };
}

/** For example, 90,000 ms is "2 minutes". */
function formatDuration(milliseconds: number): string {
	const seconds = Math.ceil(milliseconds / 1000);
	if (seconds >= 90) return `${Math.ceil(seconds / 60)} minutes`;
	return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
