import { isObject } from '../engine/json';
import type { Answer, Outcome } from '../engine/outcome';
import type { Failure, Refusal } from '../engine/refusal';
import { isUnknown } from '../engine/retries';
import { codedRefusal, networkRefusal, notKaleyra, refusalByStatus } from './refusals';

/** What an outcome says: data, or why there is none. */
export type Decoded<Data = unknown> =
	| { data: Data; refusal?: never }
	| { refusal: Refusal; data?: never };

/**
 * Decodes an outcome, the body before the status: a refusal documented under 500 is final, and a 200 can
 * carry one. Both success shapes are taken: the bare one (Get Flows, Get Flow Details, Publish Flow) and
 * the one wrapped in code, message, data and error (Update Flow Metadata). It is unwrapped only where
 * there is a `code`, because a list has a `data` of its own.
 *
 * @param shape what the data must be; it gives undefined where they are not
 */
export function decode<Data>(
	outcome: Outcome,
	shape: (data: unknown) => Data | undefined,
): Decoded<Data> {
	if (outcome.kind === 'no answer') return { refusal: networkRefusal(outcome) };
	const { status, body } = outcome;
	const coded = codedRefusal(outcome);
	if (coded) return { refusal: coded };
	if (status < 200 || status > 299) return { refusal: refusalByStatus(outcome) };
	const inner = isObject(body) && typeof body['code'] === 'string' ? body['data'] : body;
	// A list's paging stands beside its rows.
	const data = shape(Array.isArray(inner) ? body : inner);
	return data === undefined ? { refusal: notKaleyra(outcome) } : { data };
}

/** What became of a write. `open`: it may have been carried out all the same. */
export type Written = { done: true } | { done: false; open: boolean; refusal: Refusal };

/** A write is done where Kaleyra says `success: true`, and open where it says nothing that a page shows. */
export function decodeWrite(outcome: Outcome): Written {
	const asSuccess = (data: unknown) =>
		isObject(data) && data['success'] === true ? true : undefined;
	const { data, refusal } = decode(outcome, asSuccess);
	if (data) return { done: true };
	// A success whose words no page shows may well be one.
	const known = refusal.code === 'success: false' || (refusal.code && refusal.failure);
	const unreadable = refusal.httpCode?.startsWith('2') === true && !known;
	const open = unreadable || outcome.openBefore === true || isUnknown(outcome, causeOf);
	return { done: false, open, refusal };
}

/** Why Kaleyra or Meta refused, in n8n's terms, where the body says so. */
export function causeOf(answer: Answer): Failure['cause'] | undefined {
	return codedRefusal(answer)?.failure?.cause;
}
