import type { JsonObject } from 'n8n-workflow';
import type { ApiError } from '../shared/api/apiError';
import type { ErrorDefinition } from '../shared/api/errorCatalog';
import { getStatusError } from '../shared/api/errorCatalog';
import type { ErrorParser } from '../shared/api/responses';
import { createApiError, withDescription } from '../shared/api/responses';
import type { HttpResponse } from '../shared/http/httpResult';
import { isObject } from '../shared/http/json';
import { ERROR_CATALOG, KALEYRA_CODES, META_CODES } from './errorCodes';

/**
 * How Kaleyra reports errors.
 *
 * @param codes entries that differ from `KALEYRA_CODES` or are missing there
 */
export const createErrorParser = (codes: Record<string, ErrorDefinition> = {}): ErrorParser => ({
	catalog: ERROR_CATALOG,
	parseErrorBody: (response) => parseErrorBody(response, { ...KALEYRA_CODES, ...codes }),
	extractMessage,
});

export const ERROR_PARSER = createErrorParser();

/**
 * Parses an error in Kaleyra's envelope (`code`, `message`, `data`, `error`), in Meta's, or
 * `success: false`, whatever the HTTP status.
 */
function parseErrorBody(
	response: HttpResponse,
	codes: Record<string, ErrorDefinition>,
): ApiError | undefined {
	const { status, body } = response;
	if (!isObject(body)) return undefined;
	const { code, error, data } = body;
	const message = extractMessage(body);
	const unknownCode =
		status < 500 && status !== 429 ? ERROR_CATALOG.other : getStatusError(ERROR_CATALOG, status);
	if (typeof code === 'string' && !SUCCESS_CODE.test(normalizeCode(code))) {
		// `error` is an object with one telling key, a string in one documented case, and {} on success.
		const key = isObject(error) ? Object.keys(error)[0] : undefined;
		const normalized = normalizeCode(code);
		const known = codes[`${normalized} ${key}`] ?? codes[normalized];
		return createApiError(response, known ?? unknownCode, {
			message,
			code: normalized,
			label: `code ${code}`,
			recognized: known !== undefined,
		});
	}
	if (isObject(error) && typeof error['code'] === 'number') {
		const known = META_CODES[error['code']];
		return createApiError(response, known ?? unknownCode, {
			message,
			code: `Meta ${error['code']}`,
			recognized: known !== undefined,
		});
	}
	const success = isObject(data) ? data['success'] : body['success'];
	if (success !== false) return undefined;
	return createApiError(response, ERROR_CATALOG.other, {
		message,
		label: 'success: false',
		recognized: true,
	});
}

/** Kaleyra calls a wrong WABA ID a wrong flow_id. */
export function nameWaba(error: ApiError, wabaId: string): ApiError {
	if (error.code !== 'WA401' || error.failure?.cause !== 'configuration-invalid') return error;
	const description = `Check the WABA ID, and that the credential is for the account that owns it. Kaleyra calls it a flow_id: "${error.message}"`;
	return withDescription(
		{ ...error, message: `Kaleyra found no WABA ${wabaId} in this account` },
		description,
	);
}

/** WA200 is documented. */
const SUCCESS_CODE = /^WA2\d\d$/;

/** The pages write WA-400 and WA400 for the same error. */
function normalizeCode(code: string): string {
	return code.replaceAll('-', '').toUpperCase();
}

/** The first message that a person can read in a body of any documented shape. */
function extractMessage(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const { message, error } = body;
	const inner: JsonObject = isObject(error) ? error : { error: error ?? null };
	const candidates = [message, inner['error_user_msg'], inner['message'], ...Object.values(inner)];
	return candidates.find((text): text is string => typeof text === 'string' && text.trim() !== '');
}
