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
	carryOut?: boolean;
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
export const weatherWith = (refusals: Record<string, Scripted>): Record<string, Scripted> => ({
	'reset before the headers': { fault: 'reset' },
	'reset after it took effect': { fault: 'reset', carryOut: true },
	'reset in mid-body': { fault: 'cut', carryOut: true },
	'end in mid-body': { fault: 'end', carryOut: true },
	'no answer': { fault: 'silence' },
	'no answer after it took effect': { fault: 'silence', carryOut: true },
	'slow drip': { fault: 'drip', carryOut: true },
	'truncated JSON': { fault: 'truncated', carryOut: true },
	'HTML with 200': { status: 200, body: PAGE, headers: { 'content-type': 'text/html' } },
	'HTML with 200 after it took effect': { status: 200, body: PAGE, carryOut: true },
	'empty 200': { status: 200, body: '' },
	'empty 200 after it took effect': { status: 200, body: '', carryOut: true },
	'wrong content type': { headers: { 'content-type': 'text/plain' }, carryOut: true },
	'success false with 200': { status: 200, body: { success: false } },
	'redirect elsewhere': { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
	...refusals,
	'429 for a second': tooManyRequests({ requests: 0, seconds: 1 }),
	'429 for ten minutes': tooManyRequests({ requests: 0, seconds: 600 }),
	'502 of a gateway': { status: 502, body: '<html>Bad Gateway</html>' },
	'503 for a second': { status: 503, body: '', headers: { 'retry-after': '1' } },
});

/** Weather by its name, or any status: `status 418`. */
export function weatherNamed(
	name: string,
	weather: Record<string, Scripted>,
): Scripted | undefined {
	const status = /^status ([3-5]\d\d)$/.exec(name)?.[1];
	return status ? { status: Number(status), body: { message: `Status ${status}` } } : weather[name];
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
