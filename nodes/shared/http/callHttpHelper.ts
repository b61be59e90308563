import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Context, HttpRequest } from './httpRequest';
import { readStreamBody } from './readStreamBody';

/**
 * Sends a request once, through n8n's HTTP helper, so that proxies, certificates, SSRF protection, and cancellation
 * work as configured in n8n. A redirect is returned, not followed, because the API key would go with it.
 *
 * @returns n8n's response; an HTTP error status isn't an error
 */
export async function callHttpHelper(
	context: Context,
	credentialType: string,
	request: HttpRequest,
	{ timeoutMs, abortSignal }: { timeoutMs: number; abortSignal: AbortSignal },
): Promise<unknown> {
	const { method, url, headers, body, credentials, responseType, maxBytes = Infinity } = request;
	const options: IHttpRequestOptions = {
		method,
		url,
		timeout: timeoutMs,
		// With a credential, execute contexts replace it with n8n's own signal. A file is read without one.
		abortSignal,
		// n8n's helper has no size limit, so a file is read as a stream.
		encoding: responseType === 'bytes' ? 'stream' : 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		...(headers && { headers: { ...headers } }),
		...(body && { body }),
	};
	const { httpRequest, httpRequestWithAuthentication } = context.helpers;
	const response: unknown =
		credentials === 'omit'
			? await httpRequest(options)
			: await httpRequestWithAuthentication.call(context, credentialType, options);
	return responseType === 'bytes' ? await readStreamBody(response, maxBytes) : response;
}
