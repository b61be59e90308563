import type { ErrorCatalog, ErrorDefinition } from './errorCatalog';
import type { HttpResponse, NetworkError, HttpResult } from '../http/httpResult';
import type { Failure } from '../errors';
import type { ApiError } from './apiError';
import { isIndeterminate } from '../http/retry';

/** What an outcome says: data, or why there is none. */
export type ParseResult<Data = unknown> =
	| { data: Data; refusal?: never }
	| { refusal: ApiError; data?: never };

/** What became of a write. `open`: it may have been carried out all the same. */
export type WriteResult<Data = true> =
	| { done: true; data: Data }
	| { done: false; open: boolean; refusal: ApiError };

/** How a service's answers are read. */
export interface ErrorParser {
	catalog: ErrorCatalog;
	/** A refusal in the service's own words, whatever the HTTP status. */
	parseErrorBody: (answer: HttpResponse) => ApiError | undefined;
	/** The first sentence in a body that a person can read. */
	sentence: (body: unknown) => string | undefined;
}

/**
 * Decodes an outcome, the body before the status: a refusal under 500 can be final, and a 200 can carry
 * one.
 *
 * @param shape what a successful body must be; it gives undefined where it is not
 */
export function parseResponseWith<Data>(
	dialect: ErrorParser,
	outcome: HttpResult,
	shape: (body: unknown) => Data | undefined,
): ParseResult<Data> {
	if (outcome.kind === 'networkError') return { refusal: networkRefusal(dialect, outcome) };
	const { status, body } = outcome;
	const coded = dialect.parseErrorBody(outcome);
	if (coded) return { refusal: coded };
	const { catalog } = dialect;
	const sentence = dialect.sentence(body);
	if (status < 200 || status > 299) {
		return { refusal: createApiError(outcome, errorForStatus(catalog, status), { sentence }) };
	}
	const data = shape(body);
	if (data !== undefined) return { data };
	return { refusal: createApiError(outcome, catalog.unexpectedResponse, { sentence }) };
}

/** A write is open where nothing is said of it that a page shows: that may well be a success. */
export function parseWrite<Data>(
	dialect: ErrorParser,
	outcome: HttpResult,
	{ data, refusal }: ParseResult<Data>,
): WriteResult<Data> {
	if (!refusal) return { done: true, data: data as Data };
	const known = refusal.code === NO_SUCCESS || (refusal.code && refusal.failure);
	const unreadable = refusal.httpCode?.startsWith('2') === true && !known;
	const getFailureCause = createGetFailureCause(dialect);
	const open =
		unreadable ||
		outcome.earlierAttemptIndeterminate === true ||
		isIndeterminate(outcome, getFailureCause);
	return { done: false, open, refusal };
}

/** Why a service refused, in n8n's terms, where the body says so. */
export const createGetFailureCause =
	({ parseErrorBody }: ErrorParser) =>
	(answer: HttpResponse): Failure['cause'] | undefined =>
		parseErrorBody(answer)?.failure?.cause;

/** The code of a refusal that is only the word `success: false`. */
export const NO_SUCCESS = 'success: false';

/** What is known of a refusal by its status alone. */
export function errorForStatus({ statuses, other }: ErrorCatalog, status: number): ErrorDefinition {
	return statuses[status] ?? statuses[`${String(status).charAt(0)}xx`] ?? other;
}

/** What an answer itself says of its refusal. */
export interface ErrorSource {
	/** A sentence for people. */
	sentence?: string | undefined;
	/** The service's own code, as its table has it. */
	code?: string;
	/** How the answer spells that code, and what else it can be named by. */
	named?: string | undefined;
}

export function createApiError(
	{ status, retryAfter, body }: HttpResponse,
	entry: ErrorDefinition,
	{ sentence, code, named = code && `code ${code}` }: ErrorSource,
): ApiError {
	const source = [named, `HTTP ${status}`].filter(Boolean).join(', ');
	const wait = retryAfter === undefined ? '' : ` Come back in ${duration(retryAfter)}.`;
	const suffix = `${wait} (${source})`;
	return {
		message: sentence ?? entry.cause,
		description: `${entry.description}${suffix}`,
		suffix,
		httpCode: String(status),
		code,
		body,
		failure: failureOf(entry, retryAfter),
	};
}

/** The same refusal with another next step: "run it again" is wrong advice after a doubt. */
export function withDescription(refusal: ApiError, advice: string): ApiError {
	return { ...refusal, description: `${advice}${refusal.suffix ?? ''}` };
}

function networkRefusal({ catalog }: ErrorParser, { code, reason }: NetworkError): ApiError {
	const entry = catalog.network[code] ?? { ...catalog.otherNetwork, cause: reason };
	const suffix = ` (${code})`;
	return {
		message: entry.cause,
		description: `${entry.description}${suffix}`,
		suffix,
		httpCode: code,
		failure: failureOf(entry),
	};
}

/** n8n's declaration; only the causes that time cures carry a time. */
function failureOf({ failure }: ErrorDefinition, retryAfterMs?: number): Failure | undefined {
	if (failure === 'rate-limited' || failure === 'temporarily-unavailable') {
		return { cause: failure, ...(retryAfterMs !== undefined && { retryAfterMs }) };
	}
	return failure && { cause: failure };
}

/** For people: 90 000 ms is "2 minutes". */
function duration(milliseconds: number): string {
	const seconds = Math.ceil(milliseconds / 1000);
	if (seconds >= 90) return `${Math.ceil(seconds / 60)} minutes`;
	return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
