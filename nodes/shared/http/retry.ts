import type { Failure } from '../errors';
import type { HttpResponse, HttpResult } from './httpResult';
import { NETWORK_ERRORS } from './networkErrors';

/** Why the API rejected a request, if the body says so. The body decides before the status. */
export type GetFailureCause = (response: HttpResponse) => Failure['cause'] | undefined;

/** Delay before the first retry, in milliseconds. It doubles with each attempt. */
const INITIAL_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 8_000;

/** A longer `Retry-After` isn't waited for; the error says when to try again. */
export const MAX_RETRY_AFTER_MS = 60_000;

/** An API error with one of these causes is final, even with HTTP 500. */
const NON_RETRYABLE_CAUSES = new Set<string | undefined>([
	'credential-invalid',
	'configuration-invalid',
	'quota-exhausted',
	'rate-limited',
]);

/** An API error with this cause is a server error, even with HTTP 200 or 400. */
const SERVER_ERROR_CAUSE = 'temporarily-unavailable';

/**
 * Whether to send a request again. The rate limiter decides about rate limits.
 *
 * | result                                  | idempotent | not idempotent |
 * |-----------------------------------------|------------|----------------|
 * | not sent (connection refused, DNS)      | yes        | yes            |
 * | 5xx or 408, unless the body says final  | yes        | no             |
 * | a server error in the body              | yes        | no             |
 * | timeout, connection reset               | yes        | no             |
 * | everything else                         | no         | no             |
 */
export function shouldRetry(
	result: HttpResult,
	idempotent: boolean,
	getFailureCause: GetFailureCause,
): boolean {
	if (result.kind === 'networkError') {
		const transient = NETWORK_ERRORS[result.code]?.transient === true;
		return transient && (idempotent || !result.mayHaveBeenSent);
	}
	return idempotent && isIndeterminate(result, getFailureCause);
}

/** HTTP 429, or a rate-limit error in the body with any status. */
export function isRateLimited(result: HttpResult, getFailureCause: GetFailureCause): boolean {
	if (result.kind === 'networkError') return false;
	return result.status === 429 || getFailureCause(result) === 'rate-limited';
}

/** Whether it's unknown if the server applied the request. */
export function isIndeterminate(result: HttpResult, getFailureCause: GetFailureCause): boolean {
	if (result.kind === 'networkError') return result.mayHaveBeenSent;
	if (isRateLimited(result, getFailureCause)) return false;
	const cause = getFailureCause(result);
	const serverError = result.status >= 500 || result.status === 408;
	return cause === SERVER_ERROR_CAUSE || (serverError && !NON_RETRYABLE_CAUSES.has(cause));
}

/** Milliseconds before the next attempt, or undefined if the server asks for more than the maximum. */
export function getRetryDelay(result: HttpResult, attempt: number): number | undefined {
	const retryAfter = result.kind === 'response' ? result.retryAfter : undefined;
	if (retryAfter === undefined) return getBackoff(attempt);
	return retryAfter > MAX_RETRY_AFTER_MS ? undefined : retryAfter;
}

/** Milliseconds before a retry: doubling, with jitter so that parallel executions spread out. */
export function getBackoff(attempt: number): number {
	return Math.min(INITIAL_BACKOFF_MS * 2 ** attempt, MAX_BACKOFF_MS) * (0.5 + Math.random() / 2);
}
