import type { IWebhookFunctions } from 'n8n-workflow';

/**
 * The body of a request as it was sent. n8n itself reads only the content types that it parses.
 *
 * @returns undefined if n8n consumed the body as a form, or can't read it: it's too large, or its compression is broken
 */
export async function readRawBody(n8n: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = n8n.getRequestObject();
	if (!Buffer.isBuffer(request.rawBody) && request.readable) {
		// An error would become a failed execution, which anyone could cause.
		await request.readRawBody().catch(() => undefined);
	}
	const rawBody: unknown = request.rawBody;
	return Buffer.isBuffer(rawBody) ? rawBody : undefined;
}
