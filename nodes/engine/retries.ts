import type { Answer, Outcome } from './outcome';
import type { Failure } from './refusal';

/** Why a service refused, where its answer says so; the body counts before the status. */
export type CauseOf = (answer: Answer) => Failure['cause'] | undefined;

/** Longer pauses are not sat out: the caller is told when to come back instead. In milliseconds. */
const LONGEST_PAUSE = 60_000;
/** The first pause where the service named none; it doubles with every try. */
const FIRST_PAUSE = 500;
const LONGEST_BACKOFF = 8_000;

/** A refusal for one of these reasons stays what it is when it is asked again, even under 500. */
const LAST_WORDS = new Set<string | undefined>([
	'credential-invalid',
	'configuration-invalid',
	'rate-limited',
]);

/** Network codes that another try may cure. A wrong name or certificate is not among them. */
const TRANSIENT =
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
export function mayRepeat(outcome: Outcome, harmless: boolean, causeOf: CauseOf): boolean {
	if (outcome.kind === 'no answer') {
		return TRANSIENT.test(outcome.code) && (harmless || !outcome.mayHaveArrived);
	}
	if (isTooMany(outcome, causeOf)) return true;
	return harmless && isUnknown(outcome, causeOf);
}

/** 429, or the service says in its own words that it counts too many requests. */
export function isTooMany(outcome: Outcome, causeOf: CauseOf): boolean {
	if (outcome.kind === 'no answer') return false;
	return outcome.status === 429 || causeOf(outcome) === 'rate-limited';
}

/** Whether it is open what became of a request: it may have been carried out or not. */
export function isUnknown(outcome: Outcome, causeOf: CauseOf): boolean {
	if (outcome.kind === 'no answer') return outcome.mayHaveArrived;
	return outcome.status >= 500 && !LAST_WORDS.has(causeOf(outcome));
}

/** @returns milliseconds until the next try, or undefined where the service asks for more than is sat out */
export function pauseAfter(outcome: Outcome, attempt: number): number | undefined {
	const asked = outcome.kind === 'answer' ? outcome.retryAfter : undefined;
	if (asked === undefined) return backoff(attempt);
	return asked > LONGEST_PAUSE ? undefined : asked;
}

/** Doubling, with jitter, so that runs that failed together do not come back together. */
export function backoff(attempt: number): number {
	return Math.min(FIRST_PAUSE * 2 ** attempt, LONGEST_BACKOFF) * (0.5 + Math.random() / 2);
}
