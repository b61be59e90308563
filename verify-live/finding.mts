import type { HttpResult } from '../nodes/shared/http/httpResult.ts';
import type { Parsed } from './LiveApi.mts';

export type Verdict = 'confirmed' | 'contradicted' | 'not decidable';

/** What the live API shows about one assumption. */
export interface Finding {
	assumption: string;
	/** The file that relies on it. */
	usedIn: string;
	verdict: Verdict;
	/** What was seen, without IDs, names, or messages. */
	seen: string;
}

export const decide = (isTrue: boolean | undefined): Verdict =>
	isTrue === undefined ? 'not decidable' : isTrue ? 'confirmed' : 'contradicted';

/** The response if it says something about the assumption, which a server error or a rate limit doesn't. */
export function conclusive<TData>(parsed: Parsed<TData> | undefined): Parsed<TData> | undefined {
	if (!parsed || parsed.ok) return parsed;
	const { cause } = parsed.error.failure ?? {};
	return cause === 'temporarily-unavailable' || cause === 'rate-limited' ? undefined : parsed;
}

/** A response without anything that belongs to the account: its status, code, and the names of its keys. */
export function describeResult(result: HttpResult): string {
	if (result.kind === 'networkError') return `no response (${result.code})`;
	const { status, body } = result;
	if (Buffer.isBuffer(body)) return `HTTP ${status}, ${body.length} bytes`;
	if (typeof body !== 'object' || body === null) return `HTTP ${status}, not JSON`;
	const { code, error } = body as { code?: unknown; error?: unknown };
	const keys = (value: object) => Object.keys(value).join(', ');
	return [
		`HTTP ${status}`,
		typeof code === 'string' && `code ${code}`,
		typeof error === 'object' && error !== null && Object.keys(error).length > 0
			? `error with ${keys(error)}`
			: Array.isArray(body)
				? 'a list'
				: `body with ${keys(body)}`,
	]
		.filter(Boolean)
		.join(', ');
}

/** What was seen of a list, or the error. */
export function describeRows<TRow extends object>(parsed: Parsed<{ rows: TRow[] }>): string {
	if (!parsed.ok) return describeResult(parsed.result);
	const [first] = parsed.data.rows;
	const count = parsed.data.rows.length;
	return first ? `${count} flows with ${describeKeys(first)}` : '0 flows';
}

export const describeKeys = (row: object) => Object.keys(row).sort().join(', ');
