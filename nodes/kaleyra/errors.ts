import type { JsonObject } from 'n8n-workflow';
import type { ErrorParser } from '../shared/api/responses';
import { errorForStatus, NO_SUCCESS, createApiError } from '../shared/api/responses';
import { isObject } from '../shared/http/json';
import type { HttpResponse } from '../shared/http/httpResult';
import type { ApiError } from '../shared/api/apiError';
import { ERROR_CATALOG, KALEYRA_CODES, META_CODES } from './errorCodes';

/** How Kaleyra refuses. */
export const ERROR_PARSER: ErrorParser = { catalog: ERROR_CATALOG, parseErrorBody, sentence };

/**
 * A refusal in Kaleyra's envelope (`code`, `message`, `data`, `error`), in Meta's, or `success: false`,
 * whatever the HTTP status.
 */
function parseErrorBody(answer: HttpResponse): ApiError | undefined {
	const { status, body } = answer;
	if (!isObject(body)) return undefined;
	const { code, error, data } = body;
	const said = { sentence: sentence(body) };
	const unknown =
		status < 500 && status !== 429 ? ERROR_CATALOG.other : errorForStatus(ERROR_CATALOG, status);
	if (typeof code === 'string' && !SUCCESS.test(normalized(code))) {
		// `error` is an object with one telling key, a string in one documented case, and {} on success.
		const key = isObject(error) ? Object.keys(error)[0] : undefined;
		const plain = normalized(code);
		const entry = KALEYRA_CODES[`${plain} ${key}`] ?? KALEYRA_CODES[plain] ?? unknown;
		return createApiError(answer, entry, { ...said, code: plain, named: `code ${code}` });
	}
	if (isObject(error) && typeof error['code'] === 'number') {
		const entry = META_CODES[error['code']] ?? unknown;
		return createApiError(answer, entry, { ...said, code: `Meta ${error['code']}` });
	}
	const success = isObject(data) ? data['success'] : body['success'];
	if (success !== false) return undefined;
	return createApiError(answer, ERROR_CATALOG.other, { ...said, code: NO_SUCCESS });
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
