import type { FastifyReply } from 'fastify';

/** Fault injection: undocumented responses, and faults of the connection. */

/** A response as a provider documents it. */
export interface Reply {
	status: number;
	/** A Buffer or a string is sent as is, anything else as JSON. */
	body: unknown;
}

/** Replaces the documented response, or the given parts of it. */
export interface Scripted {
	status?: number;
	/** As in `Reply`. */
	body?: unknown;
	headers?: Record<string, string>;
	/**
	 * `reset`: resets the connection before the headers. `cut`: resets it in the middle of the body. `end`: closes it
	 * there. `truncated`: sends half of the body with a matching length. `drip`: sends one byte every 500 ms.
	 * `silence`: sends no response.
	 */
	fault?: 'reset' | 'cut' | 'end' | 'truncated' | 'drip' | 'silence';
	/** Whether to carry out the request first. */
	applyFirst?: boolean;
}

/** A rate limit with a fixed window, as an API gateway has it. */
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

const HTML = '<!doctype html><html><body><h1>Welcome</h1></body></html>';

/**
 * Faults by name, for tests and for `PUT /__faults`. A write that fails after it was applied is indeterminate.
 *
 * @param errors the provider's own error responses
 */
export const createFaults = (errors: Record<string, Scripted>): Record<string, Scripted> => ({
	'connection reset before the response': { fault: 'reset' },
	'connection reset after the write was applied': { fault: 'reset', applyFirst: true },
	'connection reset during the response body': { fault: 'cut', applyFirst: true },
	'connection closed during the response body': { fault: 'end', applyFirst: true },
	'no response': { fault: 'silence' },
	'no response after the write was applied': { fault: 'silence', applyFirst: true },
	'one byte every 500 ms': { fault: 'drip', applyFirst: true },
	'truncated JSON': { fault: 'truncated', applyFirst: true },
	'HTML with status 200': { status: 200, body: HTML, headers: { 'content-type': 'text/html' } },
	'HTML with status 200 after the write was applied': { status: 200, body: HTML, applyFirst: true },
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

/** Finds a fault by its name, or by any status from 300 to 599, such as `status 418`. */
export function findFault(name: string, faults: Record<string, Scripted>): Scripted | undefined {
	const status = /^status ([3-5]\d\d)$/.exec(name)?.[1];
	return status ? { status: Number(status), body: { message: `Status ${status}` } } : faults[name];
}

/** Sends the response, with the fault if there is one. */
export function send(reply: FastifyReply, scripted: Scripted, documented?: Reply): void {
	const { fault, headers = {} } = scripted;
	const status = scripted.status ?? documented?.status ?? 200;
	const body = toBytes('body' in scripted ? scripted.body : documented?.body);
	const half = body.subarray(0, body.length / 2);
	if (fault === undefined || fault === 'truncated') {
		const type = 'application/json; charset=utf-8';
		void reply
			.status(status)
			.type(type)
			.headers(headers)
			.send(fault ? half : body);
		return;
	}
	reply.hijack();
	const { raw } = reply;
	if (fault === 'reset') raw.socket?.resetAndDestroy();
	if (fault === 'cut' || fault === 'end' || fault === 'drip')
		raw.writeHead(status, { 'content-length': body.length });
	if (fault === 'cut') raw.write(half, () => raw.socket?.resetAndDestroy());
	if (fault === 'end') raw.write(half, () => raw.socket?.end());
	if (fault === 'drip') {
		let at = 0;
		const timer = setInterval(() => raw.write(body.subarray(at, ++at)), 500);
		raw.once('close', () => clearInterval(timer));
	}
}

function toBytes(body: unknown): Buffer {
	if (Buffer.isBuffer(body)) return body;
	return Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));
}
