import { isObject } from './json';

/**
 * Reads the body of a full response from n8n's HTTP helper, which is a stream, into a Buffer.
 *
 * @param maxBytes where to stop reading and close the connection
 * @param ended closes the connection at once
 */
export async function readStreamBody(
	response: unknown,
	maxBytes: number,
	ended: AbortSignal,
): Promise<unknown> {
	if (!isObject(response)) return response;
	const body: unknown = response['body'];
	if (!isStream(body)) return response;
	ended.addEventListener('abort', () => void body.destroy(), { once: true });
	const chunks: Buffer[] = [];
	let size = 0;
	// Leaving the loop early destroys the stream.
	for await (const chunk of body) {
		const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
		size += bytes.length;
		if (size > maxBytes) return { ...response, body: Buffer.alloc(0), truncated: true };
		chunks.push(bytes);
	}
	return { ...response, body: Buffer.concat(chunks) };
}

interface Stream extends AsyncIterable<unknown> {
	destroy: () => unknown;
}

function isStream(value: unknown): value is Stream {
	const isObjectLike = typeof value === 'object' && value !== null;
	return isObjectLike && Symbol.asyncIterator in value && 'destroy' in value;
}
