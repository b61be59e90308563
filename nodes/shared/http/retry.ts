import type { HttpResponse, HttpResult } from './httpResult';
import type { Failure } from '../errors';

/** Why a service refused, where its answer says so; the body counts before the status. */
export type GetFailureCause = (answer: HttpResponse) => Failure['cause'] | undefined;

/** Longer pauses are not sat out: the caller is told when to come back instead. In milliseconds. */
const MAX_RETRY_AFTER_MS = 60_000;
/** The first pause where the service named none; it doubles with every try. */
const INITIAL_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 8_000;

/** A refusal for one of these reasons stays what it is when it is asked again, even under 500. */
const NON_RETRYABLE_CAUSES = new Set<string | undefined>([
	'credential-invalid',
	'configuration-invalid',
	'rate-limited',
]);

/** Network codes that another try may cure. A wrong name or certificate is not among them. */
const TRANSIENT_ERROR_CODES =
	/^(ECONNREFUSED|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ECONNRESET|ECONNABORTED|ETIMEDOUT|EPIPE|ERR_BAD_RESPONSE|ERR_STREAM_PREMATURE_CLOSE)$/;

/**
 * Whether a request is sent again:
 *
 * | outcome                            | a repeat is harmless | it is not |
 * |------------------------------------|----------------------|-----------|
 * | too many requests                  | yes                  | yes       |
 * | it never left (no route, refused)  | yes                  | yes       |
 * | 5xx, and not the last word         | yes                  | no        |
 * | timeout, broken connection         | yes                  | no        |
 * | everything else                    | no                   | no        |
 */
export function shouldRetry(
	outcome: HttpResult,
	harmless: boolean,
	getFailureCause: GetFailureCause,
): boolean {
	if (outcome.kind === 'networkError') {
		return TRANSIENT_ERROR_CODES.test(outcome.code) && (harmless || !outcome.mayHaveBeenSent);
	}
	if (isRateLimited(outcome, getFailureCause)) return true;
	return harmless && isIndeterminate(outcome, getFailureCause);
}

/** 429, or the service says in its own words that it counts too many requests. */
export function isRateLimited(outcome: HttpResult, getFailureCause: GetFailureCause): boolean {
	if (outcome.kind === 'networkError') return false;
	return outcome.status === 429 || getFailureCause(outcome) === 'rate-limited';
}

/** Whether it is open what became of a request: it may have been carried out or not. */
export function isIndeterminate(outcome: HttpResult, getFailureCause: GetFailureCause): boolean {
	if (outcome.kind === 'networkError') return outcome.mayHaveBeenSent;
	return outcome.status >= 500 && !NON_RETRYABLE_CAUSES.has(getFailureCause(outcome));
}

/** @returns milliseconds until the next try, or undefined where the service asks for more than is sat out */
export function retryDelay(outcome: HttpResult, attempt: number): number | undefined {
	const asked = outcome.kind === 'response' ? outcome.retryAfter : undefined;
	if (asked === undefined) return backoff(attempt);
	return asked > MAX_RETRY_AFTER_MS ? undefined : asked;
}

/** Doubling, with jitter, so that runs that failed together do not come back together. */
export function backoff(attempt: number): number {
	return Math.min(INITIAL_BACKOFF_MS * 2 ** attempt, MAX_BACKOFF_MS) * (0.5 + Math.random() / 2);
}
