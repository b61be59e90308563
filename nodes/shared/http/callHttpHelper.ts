import type {
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	JsonObject,
} from 'n8n-workflow';
import { readStreamBody } from './readStreamBody';

/** The n8n contexts that can send an authenticated request. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

export interface HttpRequest {
	method: IHttpRequestMethods;
	/** Complete and encoded; it's sent as it is. */
	url: string;
	headers?: Record<string, string>;
	/** A form sets its own content type and can be sent again, unlike a stream. */
	body?: JsonObject | FormData | URLSearchParams;
	/** Whether sending it twice has the same effect as sending it once (RFC 9110 §9.2.2). */
	idempotent: boolean;
	/** `omit` sends no API key, for another host. */
	credentials?: 'include' | 'omit';
	/** `bytes` returns the body of a success as a Buffer. */
	responseType?: 'json' | 'bytes';
	/** Where to stop reading a body of bytes. */
	maxBytes?: number;
}

/**
 * Sends a request once, through n8n's HTTP helper, so that proxies, certificates, SSRF protection and cancellation
 * work as configured in n8n. A redirect is returned, not followed, because the API key would go with it.
 *
 * @param timeout in milliseconds
 * @returns n8n's response; an HTTP error status isn't an error
 */
export async function callHttpHelper(
	context: Context,
	credentialType: string,
	request: HttpRequest,
	timeout: number,
	abortSignal: AbortSignal,
): Promise<unknown> {
	const { method, url, headers, body, credentials, responseType, maxBytes = Infinity } = request;
	const options: IHttpRequestOptions = {
		method,
		url,
		timeout,
		// Execute contexts replace it with n8n's own signal.
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
	return responseType === 'bytes'
		? await readStreamBody(response, maxBytes, abortSignal)
		: response;
}
