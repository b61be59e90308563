import { isObject } from './json';

/**
 * Reads the body of a full response from n8n's HTTP helper, which is a stream, into a Buffer.
 *
 * @param maxBytes where to stop reading and close the connection
 */
export async function readStreamBody(response: unknown, maxBytes: number): Promise<unknown> {
	if (!isObject(response)) return response;
	const body: unknown = response['body'];
	// n8n's evaluations replace responses with JSON.
	if (!isStream(body)) return response;
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

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
	isObject(value) && Symbol.asyncIterator in value;
