import type { Catalogue, KnownRefusal } from './catalogue';
import type { Answer, NoAnswer, Outcome } from './outcome';
import type { Failure, Refusal } from './refusal';
import { isUnknown } from './retries';

/** What an outcome says: data, or why there is none. */
export type Decoded<Data = unknown> =
	| { data: Data; refusal?: never }
	| { refusal: Refusal; data?: never };

/** What became of a write. `open`: it may have been carried out all the same. */
export type Written<Data = true> =
	| { done: true; data: Data }
	| { done: false; open: boolean; refusal: Refusal };

/** How a service's answers are read. */
export interface Dialect {
	catalogue: Catalogue;
	/** A refusal in the service's own words, whatever the HTTP status. */
	codedRefusal: (answer: Answer) => Refusal | undefined;
	/** The first sentence in a body that a person can read. */
	sentence: (body: unknown) => string | undefined;
}

/**
 * Decodes an outcome, the body before the status: a refusal under 500 can be final, and a 200 can carry
 * one.
 *
 * @param shape what a successful body must be; it gives undefined where it is not
 */
export function decodeAs<Data>(
	dialect: Dialect,
	outcome: Outcome,
	shape: (body: unknown) => Data | undefined,
): Decoded<Data> {
	if (outcome.kind === 'no answer') return { refusal: networkRefusal(dialect, outcome) };
	const { status, body } = outcome;
	const coded = dialect.codedRefusal(outcome);
	if (coded) return { refusal: coded };
	const { catalogue } = dialect;
	const sentence = dialect.sentence(body);
	if (status < 200 || status > 299) {
		return { refusal: refusalOf(outcome, byStatus(catalogue, status), { sentence }) };
	}
	const data = shape(body);
	if (data !== undefined) return { data };
	return { refusal: refusalOf(outcome, catalogue.foreign, { sentence }) };
}

/** A write is open where nothing is said of it that a page shows: that may well be a success. */
export function writtenAs<Data>(
	dialect: Dialect,
	outcome: Outcome,
	{ data, refusal }: Decoded<Data>,
): Written<Data> {
	if (!refusal) return { done: true, data: data as Data };
	const known = refusal.code === NO_SUCCESS || (refusal.code && refusal.failure);
	const unreadable = refusal.httpCode?.startsWith('2') === true && !known;
	const causeOf = causeIn(dialect);
	const open = unreadable || outcome.openBefore === true || isUnknown(outcome, causeOf);
	return { done: false, open, refusal };
}

/** Why a service refused, in n8n's terms, where the body says so. */
export const causeIn =
	({ codedRefusal }: Dialect) =>
	(answer: Answer): Failure['cause'] | undefined =>
		codedRefusal(answer)?.failure?.cause;

/** The code of a refusal that is only the word `success: false`. */
export const NO_SUCCESS = 'success: false';

/** What is known of a refusal by its status alone. */
export function byStatus({ statuses, other }: Catalogue, status: number): KnownRefusal {
	return statuses[status] ?? statuses[`${String(status).charAt(0)}xx`] ?? other;
}

/** What an answer itself says of its refusal. */
export interface Said {
	/** A sentence for people. */
	sentence?: string | undefined;
	/** The service's own code, as its table has it. */
	code?: string;
	/** How the answer spells that code, and what else it can be named by. */
	named?: string | undefined;
}

export function refusalOf(
	{ status, retryAfter, body }: Answer,
	entry: KnownRefusal,
	{ sentence, code, named = code && `code ${code}` }: Said,
): Refusal {
	const source = [named, `HTTP ${status}`].filter(Boolean).join(', ');
	const wait = retryAfter === undefined ? '' : ` Come back in ${duration(retryAfter)}.`;
	const aside = `${wait} (${source})`;
	return {
		message: sentence ?? entry.cause,
		nextStep: `${entry.nextStep}${aside}`,
		aside,
		httpCode: String(status),
		code,
		body,
		failure: failureOf(entry, retryAfter),
	};
}

/** The same refusal with another next step: "run it again" is wrong advice after a doubt. */
export function withAdvice(refusal: Refusal, advice: string): Refusal {
	return { ...refusal, nextStep: `${advice}${refusal.aside ?? ''}` };
}

function networkRefusal({ catalogue }: Dialect, { code, reason }: NoAnswer): Refusal {
	const entry = catalogue.network[code] ?? { ...catalogue.otherNetwork, cause: reason };
	const aside = ` (${code})`;
	return {
		message: entry.cause,
		nextStep: `${entry.nextStep}${aside}`,
		aside,
		httpCode: code,
		failure: failureOf(entry),
	};
}

/** n8n's declaration; only the causes that time cures carry a time. */
function failureOf({ failure }: KnownRefusal, retryAfterMs?: number): Failure | undefined {
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
