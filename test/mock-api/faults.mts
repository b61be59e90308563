import type { FastifyReply } from 'fastify';

/** Bad weather: answers that no page documents, and faults of the connection. */

/** An answer as a provider's pages have it. */
export interface Reply {
	status: number;
	body: unknown;
}

/** What to answer in place of the contract's answer. What is left out comes from the contract. */
export interface Scripted {
	status?: number;
	body?: unknown;
	headers?: Record<string, string>;
	/**
	 * `reset`: the connection breaks before the headers. `cut`: it breaks in mid-body. `end`: it ends in mid-body. `truncated`: the
	 * body ends early but properly. `drip`: a byte every 500 ms. `silence`: nothing comes.
	 */
	fault?: 'reset' | 'cut' | 'end' | 'truncated' | 'drip' | 'silence';
	/** Whether the request takes effect first. */
	applyFirst?: boolean;
}

/** A limit with a fixed window; the body is a gateway's. */
export interface RateLimit {
	requests: number;
	seconds: number;
}

export function tooManyRequests({ seconds }: RateLimit): Scripted {
	return {
		status: 429,
		body: { message: 'Too many requests' },
		headers: { 'retry-after': String(seconds) },
	};
}

const PAGE = '<!doctype html><html><body><h1>Welcome</h1></body></html>';

/**
 * Named, for tests and for people; `after it took effect` is what makes a write's outcome open.
 *
 * @param refusals a provider's own
 */
export const createFaults = (errors: Record<string, Scripted>): Record<string, Scripted> => ({
	'connection reset before the response': { fault: 'reset' },
	'connection reset after the write was applied': { fault: 'reset', applyFirst: true },
	'connection reset during the response body': { fault: 'cut', applyFirst: true },
	'connection closed during the response body': { fault: 'end', applyFirst: true },
	networkError: { fault: 'silence' },
	'no response after the write was applied': { fault: 'silence', applyFirst: true },
	'one byte every 500 ms': { fault: 'drip', applyFirst: true },
	'truncated JSON': { fault: 'truncated', applyFirst: true },
	'HTML with status 200': { status: 200, body: PAGE, headers: { 'content-type': 'text/html' } },
	'HTML with status 200 after the write was applied': { status: 200, body: PAGE, applyFirst: true },
	'empty 200': { status: 200, body: '' },
	'empty 200 after the write was applied': { status: 200, body: '', applyFirst: true },
	'wrong content type': { headers: { 'content-type': 'text/plain' }, applyFirst: true },
	'success: false with status 200': { status: 200, body: { success: false } },
	'redirect to another host': { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
	...errors,
	'429 with Retry-After 1 s': tooManyRequests({ requests: 0, seconds: 1 }),
	'429 with Retry-After 600 s': tooManyRequests({ requests: 0, seconds: 600 }),
	'502 from a gateway': { status: 502, body: '<html>Bad Gateway</html>' },
	'503 with Retry-After 1 s': { status: 503, body: '', headers: { 'retry-after': '1' } },
});

/** Weather by its name, or any status: `status 418`. */
export function findFault(name: string, faults: Record<string, Scripted>): Scripted | undefined {
	const status = /^status ([3-5]\d\d)$/.exec(name)?.[1];
	return status ? { status: Number(status), body: { message: `Status ${status}` } } : faults[name];
}

/** Sends an answer, well or badly. */
export function send(reply: FastifyReply, scripted: Scripted, contract?: Reply): void {
	const { fault, headers = {} } = scripted;
	const status = scripted.status ?? contract?.status ?? 200;
	const body = 'body' in scripted ? scripted.body : contract?.body;
	const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
	const half = text.slice(0, text.length / 2);
	if (fault === undefined || fault === 'truncated') {
		const type = 'application/json; charset=utf-8';
		void reply
			.status(status)
			.type(type)
			.headers(headers)
			.send(fault ? half : text);
		return;
	}
	reply.hijack();
	const { raw } = reply;
	if (fault === 'reset') raw.socket?.resetAndDestroy();
	if (fault === 'cut' || fault === 'end' || fault === 'drip')
		raw.writeHead(status, { 'content-length': text.length });
	if (fault === 'cut') raw.write(half, () => raw.socket?.resetAndDestroy());
	if (fault === 'end') raw.write(half, () => raw.socket?.end());
	if (fault === 'drip') {
		let at = 0;
		const drop = setInterval(() => raw.write(text.charAt(at++)), 500);
		raw.once('close', () => clearInterval(drop));
	}
}
