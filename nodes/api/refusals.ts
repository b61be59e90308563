import type { JsonObject } from 'n8n-workflow';
import type { Dialect } from '../engine/answers';
import { byStatus, NO_SUCCESS, refusalOf } from '../engine/answers';
import { isObject } from '../engine/json';
import type { Answer } from '../engine/outcome';
import type { Refusal } from '../engine/refusal';
import { CATALOGUE, KALEYRA_CODES, META_CODES } from './refusalCatalogue';

/** How Kaleyra refuses. */
export const DIALECT: Dialect = { catalogue: CATALOGUE, codedRefusal, sentence };

/**
 * A refusal in Kaleyra's envelope (`code`, `message`, `data`, `error`), in Meta's, or `success: false`,
 * whatever the HTTP status.
 */
function codedRefusal(answer: Answer): Refusal | undefined {
	const { status, body } = answer;
	if (!isObject(body)) return undefined;
	const { code, error, data } = body;
	const said = { sentence: sentence(body) };
	const unknown = status < 500 && status !== 429 ? CATALOGUE.other : byStatus(CATALOGUE, status);
	if (typeof code === 'string' && !SUCCESS.test(normalized(code))) {
		// `error` is an object with one telling key, a string in one documented case, and {} on success.
		const key = isObject(error) ? Object.keys(error)[0] : undefined;
		const plain = normalized(code);
		const entry = KALEYRA_CODES[`${plain} ${key}`] ?? KALEYRA_CODES[plain] ?? unknown;
		return refusalOf(answer, entry, { ...said, code: plain, named: `code ${code}` });
	}
	if (isObject(error) && typeof error['code'] === 'number') {
		const entry = META_CODES[error['code']] ?? unknown;
		return refusalOf(answer, entry, { ...said, code: `Meta ${error['code']}` });
	}
	const success = isObject(data) ? data['success'] : body['success'];
	if (success !== false) return undefined;
	return refusalOf(answer, CATALOGUE.other, { ...said, code: NO_SUCCESS });
}

/** Documented is WA200. */
const SUCCESS = /^WA2\d\d$/;

/** The pages write WA-400 and WA400 for the same thing. */
function normalized(code: string): string {
	return code.replaceAll('-', '').toUpperCase();
}

/** The first sentence that a person can read in a body of any documented shape. */
function sentence(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const { message, error } = body;
	const inner: JsonObject = isObject(error) ? error : { error: error ?? null };
	const candidates = [message, inner['error_user_msg'], inner['message'], ...Object.values(inner)];
	return candidates.find((text): text is string => typeof text === 'string' && text.trim() !== '');
}
