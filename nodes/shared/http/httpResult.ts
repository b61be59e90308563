import type { JsonObject } from 'n8n-workflow';
import { isObject, parseJson } from './json';

/**
 * What became of one request. `openBefore`: an earlier try of it may have been carried out. `retries`: how
 * often it was sent again.
 */
export type HttpResult = (HttpResponse | NetworkError) & {
	earlierAttemptIndeterminate?: boolean;
	retries?: number;
};

export interface HttpResponse {
	kind: 'response';
	status: number;
	/** Milliseconds that the service asked to be left alone for. */
	retryAfter: number | undefined;
	/** Parsed JSON, or the text where it was none. */
	body: unknown;
}

export interface NetworkError {
	kind: 'networkError';
	/** Node's error code, such as ECONNRESET. */
	code: string;
	/** What n8n said of it. */
	reason: string;
	/** False where the request certainly never left. */
	mayHaveBeenSent: boolean;
}

/**
 * Codes with which no request was sent, so nothing can have been done: no way to the host, a certificate
 * that was refused, a header that cannot be sent. Faults of TLS itself can come after it was sent.
 */
const NOT_SENT_ERROR_CODES =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$|CERT|UNABLE_TO_|ERR_INVALID/;

/** A full response of n8n's HTTP helper, or of its request helper, as an answer. */
export function toHttpResponse(response: unknown): HttpResponse {
	const { statusCode, headers, body }: JsonObject = isObject(response) ? response : {};
	return {
		kind: 'response',
		status: Number(statusCode),
		retryAfter: isObject(headers) ? retryAfter(headers['retry-after'], Date.now()) : undefined,
		body: typeof body === 'string' ? parseJson(body) : body,
	};
}

/** What n8n's helper threw, cut down to what may be shown: the original carries the whole request with its key. */
export function toNetworkError(thrown: unknown): NetworkError {
	const causes: unknown[] = [];
	for (let at = thrown; at instanceof Error && causes.length < 5; at = at.cause) causes.push(at);
	const code = causes.filter(hasCode).find((cause) => cause.code !== '')?.code;
	return {
		kind: 'networkError',
		code: code ?? 'no code',
		reason: thrown instanceof Error ? thrown.message : String(thrown),
		mayHaveBeenSent: code === undefined || !NOT_SENT_ERROR_CODES.test(code),
	};
}

/** An answer that is still not complete when its time is up. */
export function createTimeoutError(): NetworkError {
	return { kind: 'networkError', code: 'ETIMEDOUT', reason: 'Time is up', mayHaveBeenSent: true };
}

function hasCode(error: unknown): error is { code: string } {
	return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

/**
 * Reads a Retry-After header: seconds, or an HTTP date.
 *
 * @returns milliseconds from `now` on, or undefined where there is none that can be read
 */
export function retryAfter(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
	return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
