import type { JsonObject } from 'n8n-workflow';
import { isObject } from '../engine/json';
import type { Answer, NoAnswer } from '../engine/outcome';
import type { Failure, Refusal } from '../engine/refusal';
import type { KnownRefusal } from './refusalCatalogue';
import {
	KALEYRA_CODES,
	META_CODES,
	NETWORK_CODES,
	NOT_KALEYRA,
	OTHER_NETWORK,
	OTHER_REFUSAL,
	STATUSES,
} from './refusalCatalogue';

/**
 * A refusal in Kaleyra's envelope (`code`, `message`, `data`, `error`), in Meta's, or `success: false`,
 * whatever the HTTP status.
 */
export function codedRefusal(answer: Answer): Refusal | undefined {
	if (!isObject(answer.body)) return undefined;
	const { code, error, data } = answer.body;
	const unknown =
		answer.status < 500 && answer.status !== 429 ? OTHER_REFUSAL : byStatus(answer.status);
	if (typeof code === 'string' && !SUCCESS.test(normalized(code))) {
		// `error` is an object with one telling key, a string in one documented case, and {} on success.
		const key = isObject(error) ? Object.keys(error)[0] : undefined;
		const plain = normalized(code);
		const entry = KALEYRA_CODES[`${plain} ${key}`] ?? KALEYRA_CODES[plain] ?? unknown;
		return refusal(answer, entry, plain, code);
	}
	if (isObject(error) && typeof error['code'] === 'number') {
		return refusal(answer, META_CODES[error['code']] ?? unknown, `Meta ${error['code']}`);
	}
	const success = isObject(data) ? data['success'] : answer.body['success'];
	return success === false ? refusal(answer, OTHER_REFUSAL, 'success: false') : undefined;
}

/** A refusal that only the HTTP status tells. */
export const refusalByStatus = (answer: Answer) => refusal(answer, byStatus(answer.status));

/** Something answered with success, but not in a shape that any page shows. */
export const notKaleyra = (answer: Answer) => refusal(answer, NOT_KALEYRA);

/** Nothing answered. */
export function networkRefusal({ code, reason }: NoAnswer): Refusal {
	const entry = NETWORK_CODES[code] ?? { ...OTHER_NETWORK, cause: reason };
	return {
		message: entry.cause,
		nextStep: `${entry.nextStep} (${code})`,
		httpCode: code,
		failure: failureOf(entry),
	};
}

/** The same refusal with a sentence before its next step. */
export function withAdvice(refusal: Refusal, advice: string): Refusal {
	return { ...refusal, nextStep: `${advice} ${refusal.nextStep}` };
}

function refusal(answer: Answer, entry: KnownRefusal, code?: string, spelt = code): Refusal {
	const { status, retryAfter, body } = answer;
	const source = [spelt && `code ${spelt}`, `HTTP ${status}`].filter(Boolean).join(', ');
	const wait = retryAfter === undefined ? '' : ` Come back in ${duration(retryAfter)}.`;
	return {
		message: sentence(body) ?? entry.cause,
		nextStep: `${entry.nextStep}${wait} (${source})`,
		httpCode: String(status),
		code,
		body,
		failure: failureOf(entry, retryAfter),
	};
}

/** Documented is WA200. */
const SUCCESS = /^WA2\d\d$/;

/** The pages write WA-400 and WA400 for the same thing. */
function normalized(code: string): string {
	return code.replaceAll('-', '').toUpperCase();
}

function byStatus(status: number): KnownRefusal {
	return STATUSES[status] ?? STATUSES[`${String(status).charAt(0)}xx`] ?? OTHER_REFUSAL;
}

/** n8n's declaration; only the causes that time cures carry a time. */
function failureOf({ failure }: KnownRefusal, retryAfterMs?: number): Failure | undefined {
	if (failure === 'rate-limited' || failure === 'temporarily-unavailable') {
		return { cause: failure, ...(retryAfterMs !== undefined && { retryAfterMs }) };
	}
	return failure && { cause: failure };
}

/** The first sentence that a person can read in a body of any documented shape. */
function sentence(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const { message, error } = body;
	const inner: JsonObject = isObject(error) ? error : { error: error ?? null };
	const candidates = [message, inner['error_user_msg'], inner['message'], ...Object.values(inner)];
	return candidates.find((text): text is string => typeof text === 'string' && text.trim() !== '');
}

/** For people: 90 000 ms is "2 minutes". */
function duration(milliseconds: number): string {
	const seconds = Math.ceil(milliseconds / 1000);
	if (seconds >= 90) return `${Math.ceil(seconds / 60)} minutes`;
	return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
