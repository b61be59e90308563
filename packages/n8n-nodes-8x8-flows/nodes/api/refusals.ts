import type { Dialect } from '../engine/answers';
import { byStatus, NO_SUCCESS, refusalOf } from '../engine/answers';
import type { KnownRefusal } from '../engine/catalogue';
import { isObject } from '../engine/json';
import type { Answer, Outcome } from '../engine/outcome';
import type { Refusal } from '../engine/refusal';
import { CATALOGUE, CODES } from './refusalCatalogue';

/** How 8x8 refuses. */
export const DIALECT: Dialect = { catalogue: CATALOGUE, codedRefusal, sentence };

/** A refusal in 8x8's envelope (`code`, `message`, `errorId`, `timestamp`), or `success: false`. */
function codedRefusal(answer: Answer): Refusal | undefined {
	const { status, body } = answer;
	if (!isObject(body)) return undefined;
	const said = { sentence: sentence(body) };
	const code = codeOf(answer);
	if (code !== undefined) {
		const { errorId } = body;
		const support = typeof errorId === 'string' ? `, error ID ${errorId} for 8x8 support` : '';
		return refusalOf(answer, entryOf(status, code), {
			...said,
			code,
			named: `code ${code}${support}`,
		});
	}
	if (body['success'] !== false) return undefined;
	return refusalOf(answer, CATALOGUE.other, { ...said, code: NO_SUCCESS });
}

/** Whether 8x8 itself says that there is no such flow: a gateway's 404 has no error ID. */
export function isNotFound(outcome: Outcome): boolean {
	if (outcome.kind === 'no answer') return false;
	const { status, body } = outcome;
	const code = codeOf(outcome) ?? '';
	const own = isObject(body) && 'errorId' in body;
	const aboutAccess = ['1001', '1200', '1201'].includes(code);
	return code === '1300' || (status === 404 && code !== '' && own && !aboutAccess);
}

/** An integer by the description. Under a success, only with what else makes it 8x8's envelope. */
function codeOf({ status, body }: Answer): string | undefined {
	if (!isObject(body)) return undefined;
	const code = String(body['code']);
	if (!/^\d{1,9}$/.test(code)) return undefined;
	const success = status >= 200 && status <= 299;
	return success && !('errorId' in body) && !(code in CODES) ? undefined : code;
}

/** Statuses that say more than a code: the pages show code 1001 under 401 too. */
const DECISIVE = new Set([401, 403, 429]);

function entryOf(status: number, code: string): KnownRefusal {
	const exact = CODES[`${status} ${code}`];
	if (exact) return exact;
	const byCode = CODES[code];
	const decided = DECISIVE.has(status) && byCode?.failure !== 'credential-invalid';
	if (byCode && !decided) return byCode;
	const redirect = status >= 300 && status < 400;
	const known = decided || redirect || status >= 500 || status in CATALOGUE.statuses;
	return known ? byStatus(CATALOGUE, status) : CATALOGUE.other;
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
