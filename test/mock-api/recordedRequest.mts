import Fastify from 'fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A recorded request. */
export interface Recorded {
	/** Request line and headers exactly as sent. */
	head: string;
	method: string;
	/** Path and query, not decoded. */
	target: string;
	headers: Record<string, string>;
	/** The body as UTF-8. */
	body: string;
	rawBody: Buffer;
	/** The parts of a valid multipart/form-data body. */
	parts?: Part[];
	/** Status of the response; set when it is sent. */
	status?: number;
	/** Milliseconds since 1970. */
	at: number;
	/** Number of requests in flight, including this one. */
	inFlight: number;
}

/** A part of a multipart/form-data body. */
export interface Part {
	name: string;
	/** Set for files only, as is `contentType`. */
	filename?: string;
	contentType?: string;
	content: Buffer;
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Creates an HTTP server that doesn't parse request bodies. */
export function createServer(): FastifyInstance {
	const server = Fastify({ forceCloseConnections: true, bodyLimit: MAX_BODY_BYTES });
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
		done(null, body),
	);
	return server;
}

export async function recordRequest(request: FastifyRequest, inFlight: number): Promise<Recorded> {
	const at = Date.now();
	const { method = '', url = '', httpVersion, rawHeaders } = request.raw;
	const lines = [`${method} ${url} HTTP/${httpVersion}`];
	for (let index = 0; index < rawHeaders.length; index += 2)
		lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
	const headers = Object.fromEntries(
		Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
	);
	const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
	const parts = await parseParts(rawBody, headers['content-type'] ?? '');
	return {
		head: lines.join('\r\n'),
		method,
		target: url,
		headers,
		body: rawBody.toString(),
		rawBody,
		...(parts && { parts }),
		at,
		inFlight,
	};
}

async function parseParts(body: Buffer, contentType: string): Promise<Part[] | undefined> {
	if (!contentType.startsWith('multipart/form-data')) return undefined;
	const response = new Response(new Uint8Array(body), {
		headers: { 'content-type': contentType },
	});
	const form = await response.formData().catch(() => undefined);
	return form && (await Promise.all([...form].map(toPart)));
}

async function toPart([name, value]: [string, string | File]): Promise<Part> {
	if (typeof value === 'string') return { name, content: Buffer.from(value) };
	const content = Buffer.from(await value.arrayBuffer());
	return { name, filename: value.name, contentType: value.type, content };
}
