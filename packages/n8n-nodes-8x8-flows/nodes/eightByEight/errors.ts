import type { ErrorParser } from '../shared/api/responses';
import { createApiError } from '../shared/api/responses';
import type { ErrorCatalog, ErrorDefinition } from '../shared/api/errorCatalog';
import { getStatusError } from '../shared/api/errorCatalog';
import { isObject } from '../shared/http/json';
import type { HttpResponse, HttpResult } from '../shared/http/httpResult';
import type { ApiError } from '../shared/api/apiError';
import { ERROR_CATALOG, CODES } from './errorCodes';

const SUCCESS_FALSE = 'success: false';

type Codes = Record<string, ErrorDefinition>;

/** @param codes definitions that take precedence over those of the flow pages */
export function createErrorParser(codes: Codes = {}, catalog = ERROR_CATALOG): ErrorParser {
	const all = { ...CODES, ...codes };
	return {
		catalog,
		parseErrorBody: (response) => parseErrorBody(response, all, catalog),
		extractMessage,
	};
}
export const ERROR_PARSER = createErrorParser();

/** Parses 8x8's error body (`code`, `message`, `errorId`, `timestamp`) or `success: false`. */
function parseErrorBody(
	response: HttpResponse,
	codes: Codes,
	catalog: ErrorCatalog,
): ApiError | undefined {
	const { status, body } = response;
	if (!isObject(body)) return undefined;
	const message = extractMessage(body);
	const code = parseCode(response, codes);
	if (code !== undefined) {
		const { errorId } = body;
		const reference = typeof errorId === 'string' ? `, error ID ${errorId} for 8x8 support` : '';
		return createApiError(response, findDefinition(codes, catalog, status, code), {
			message,
			code,
			label: `code ${code}${reference}`,
			recognized: code in codes || `${status} ${code}` in codes,
		});
	}
	if (body['success'] !== false) return undefined;
	return createApiError(response, catalog.other, {
		message,
		label: SUCCESS_FALSE,
		recognized: true,
	});
}

/** Codes that concern access to a flow and don't show whether it exists. */
const ACCESS_CODES = new Set(['1001', '1200', '1201']);

/** Whether 8x8 itself reports that the flow doesn't exist. A gateway's 404 has no error ID. */
export function isNotFound(result: HttpResult): boolean {
	if (result.kind === 'networkError') return false;
	const { status, body } = result;
	const code = parseCode(result);
	if (code === undefined || ACCESS_CODES.has(code)) return false;
	return code === '1300' || (status === 404 && isObject(body) && 'errorId' in body);
}

/** 8x8 documents an integer. In a 2xx response, `code` counts only if it is clearly an error code. */
function parseCode({ status, body }: HttpResponse, codes = CODES): string | undefined {
	if (!isObject(body)) return undefined;
	const code = String(body['code']);
	if (!/^\d{1,9}$/.test(code)) return undefined;
	const isSuccess = status >= 200 && status <= 299;
	return isSuccess && !('errorId' in body) && !(code in codes) ? undefined : code;
}

/** Status codes that say more than the error code: 8x8 documents code 1001 with 401 too. */
const DECISIVE_STATUSES = new Set([401, 403, 429]);

function findDefinition(
	codes: Codes,
	catalog: ErrorCatalog,
	status: number,
	code: string,
): ErrorDefinition {
	const exact = codes[`${status} ${code}`];
	if (exact) return exact;
	const byCode = codes[code];
	const isDecisive = DECISIVE_STATUSES.has(status) && byCode?.failure !== 'credential-invalid';
	if (byCode && !isDecisive) return byCode;
	const isRedirect = status >= 300 && status < 400;
	const isKnown = isDecisive || isRedirect || status >= 500 || status in catalog.statuses;
	return isKnown ? getStatusError(catalog, status) : catalog.other;
}

/** The first readable message in the body of 8x8 or of a gateway. */
function extractMessage(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const { message, error, title, validationErrors } = body;
	const first = Array.isArray(validationErrors) ? validationErrors[0] : undefined;
	const candidates = [
		message,
		error,
		isObject(error) ? error['message'] : undefined,
		isObject(first) ? first['message'] : undefined,
		title,
	];
	return candidates.find((text): text is string => typeof text === 'string' && text.trim() !== '');
}
