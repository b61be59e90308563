import type {
	IExecuteFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IPollFunctions,
	JsonObject,
} from 'n8n-workflow';

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
