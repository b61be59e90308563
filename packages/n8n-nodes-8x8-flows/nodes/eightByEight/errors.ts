import type { ErrorParser } from '../shared/api/responses';
import { errorForStatus, NO_SUCCESS, createApiError } from '../shared/api/responses';
import type { ErrorDefinition } from '../shared/api/errorCatalog';
import { isObject } from '../shared/http/json';
import type { HttpResponse, HttpResult } from '../shared/http/httpResult';
import type { ApiError } from '../shared/api/apiError';
import { ERROR_CATALOG, CODES } from './errorCodes';

/** How 8x8 refuses. */
export const ERROR_PARSER: ErrorParser = { catalog: ERROR_CATALOG, parseErrorBody, sentence };

/** A refusal in 8x8's envelope (`code`, `message`, `errorId`, `timestamp`), or `success: false`. */
function parseErrorBody(answer: HttpResponse): ApiError | undefined {
	const { status, body } = answer;
	if (!isObject(body)) return undefined;
	const said = { sentence: sentence(body) };
	const code = codeOf(answer);
	if (code !== undefined) {
		const { errorId } = body;
		const support = typeof errorId === 'string' ? `, error ID ${errorId} for 8x8 support` : '';
		return createApiError(answer, entryOf(status, code), {
			...said,
			code,
			named: `code ${code}${support}`,
		});
	}
	if (body['success'] !== false) return undefined;
	return createApiError(answer, ERROR_CATALOG.other, { ...said, code: NO_SUCCESS });
}

/** Whether 8x8 itself says that there is no such flow: a gateway's 404 has no error ID. */
export function isNotFound(outcome: HttpResult): boolean {
	if (outcome.kind === 'networkError') return false;
	const { status, body } = outcome;
	const code = codeOf(outcome) ?? '';
	const operationOptions = isObject(body) && 'errorId' in body;
	const aboutAccess = ['1001', '1200', '1201'].includes(code);
	return code === '1300' || (status === 404 && code !== '' && operationOptions && !aboutAccess);
}

/** An integer by the description. Under a success, only with what else makes it 8x8's envelope. */
function codeOf({ status, body }: HttpResponse): string | undefined {
	if (!isObject(body)) return undefined;
	const code = String(body['code']);
	if (!/^\d{1,9}$/.test(code)) return undefined;
	const success = status >= 200 && status <= 299;
	return success && !('errorId' in body) && !(code in CODES) ? undefined : code;
}

/** Statuses that say more than a code: the pages show code 1001 under 401 too. */
const DECISIVE = new Set([401, 403, 429]);

function entryOf(status: number, code: string): ErrorDefinition {
	const exact = CODES[`${status} ${code}`];
	if (exact) return exact;
	const byCode = CODES[code];
	const decided = DECISIVE.has(status) && byCode?.failure !== 'credential-invalid';
	if (byCode && !decided) return byCode;
	const redirect = status >= 300 && status < 400;
	const known = decided || redirect || status >= 500 || status in ERROR_CATALOG.statuses;
	return known ? errorForStatus(ERROR_CATALOG, status) : ERROR_CATALOG.other;
}

/** The first sentence that a person can read, in 8x8's envelope or a gateway's. */
function sentence(body: unknown): string | undefined {
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
