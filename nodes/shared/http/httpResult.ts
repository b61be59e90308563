import type { JsonObject } from 'n8n-workflow';
import { isObject, parseJson } from './json';
import { mayHaveBeenSent } from './networkErrors';

/** The result of one request, retries included. */
export type HttpResult = (HttpResponse | NetworkError) & {
	/** An earlier attempt may have been applied. */
	earlierAttemptIndeterminate?: boolean;
	/** How many times the request was sent again after a server or network error. */
	retries?: number;
};

export interface HttpResponse {
	kind: 'response';
	status: number;
	/** Milliseconds from `Retry-After`. */
	retryAfter: number | undefined;
	/** Parsed JSON, the text if it wasn't JSON, or a Buffer if bytes were requested. */
	body: unknown;
	/** Length of the body in characters or bytes. */
	size?: number;
	/** Whether reading stopped at the request's `maxBytes`. */
	truncated?: true;
	/** Where a redirect leads. */
	location?: string;
	/** False if the request wasn't sent, because an earlier one was rate-limited. This repeats its response. */
	sent?: false;
}

export interface NetworkError {
	kind: 'networkError';
	/** Node's error code, such as ECONNRESET. */
	code: string;
	/** n8n's error message. */
	reason: string;
	/** False if the request certainly wasn't sent. */
	mayHaveBeenSent: boolean;
}

/** Converts a full response from n8n's HTTP helper, or from its legacy request helper. */
export function toHttpResponse(response: unknown): HttpResponse {
	const {
		statusCode,
		headers,
		body: raw,
		truncated,
	}: JsonObject = isObject(response) ? response : {};
	const status = Number(statusCode);
	// An error is text, also where bytes were requested.
	const body: unknown = Buffer.isBuffer(raw) && status > 299 ? raw.toString() : raw;
	const size = typeof body === 'string' || Buffer.isBuffer(body) ? body.length : undefined;
	const { location, 'retry-after': retryAfter }: JsonObject = isObject(headers) ? headers : {};
	return {
		kind: 'response',
		status,
		retryAfter: parseRetryAfter(retryAfter, Date.now()),
		body: typeof body === 'string' ? parseJson(body) : body,
		...(size !== undefined && { size }),
		...(truncated === true && { truncated }),
		...(typeof location === 'string' && { location }),
	};
}

/** Keeps only what may be shown of an error from n8n's helper: the original holds the request with its API key. */
export function toNetworkError(thrown: unknown): NetworkError {
	const errors = collectCauses(thrown);
	const find = (key: 'code' | 'httpCode') =>
		errors.map((error) => getText(error, key)).find((text) => text !== '');
	// Before n8n 2.34, the error has no cause, only its code as `httpCode`.
	const code = find('code') ?? find('httpCode') ?? errors.map(({ name }) => name).find(isBlocked);
	const syscalls = errors.map((error) => getText(error, 'syscall')).filter((text) => text !== '');
	return {
		kind: 'networkError',
		code: code ?? 'no code',
		reason: thrown instanceof Error ? thrown.message : String(thrown),
		mayHaveBeenSent: code === undefined || mayHaveBeenSent(code, syscalls),
	};
}

/** n8n's SSRF protection names its errors only. */
const isBlocked = (name: string): boolean => name.startsWith('SsrfBlocked');

/** The response wasn't complete in time. */
export function createTimeoutError(): NetworkError {
	const reason = 'Request timed out';
	return { kind: 'networkError', code: 'ETIMEDOUT', reason, mayHaveBeenSent: true };
}

/**
 * Parses a Retry-After header: seconds, or an HTTP date (RFC 9110 §10.2.3).
 *
 * @returns milliseconds from `now`, or undefined if the header is missing or unreadable
 */
export function parseRetryAfter(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
	return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** An error, its causes, and the errors that an AggregateError (one per IP address) holds. */
function collectCauses(thrown: unknown): Error[] {
	const errors: Error[] = [];
	const pending: unknown[] = [thrown];
	while (pending.length > 0 && errors.length < 10) {
		const error = pending.shift();
		if (!(error instanceof Error) || errors.includes(error)) continue;
		errors.push(error);
		pending.push(error.cause);
		if (error instanceof AggregateError) pending.push(...error.errors);
	}
	return errors;
}

function getText(error: Error, key: 'code' | 'httpCode' | 'syscall'): string {
	const value: unknown = Reflect.get(error, key);
	return typeof value === 'string' ? value : '';
}
