import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import type { HttpResult } from '../http/httpResult';
import { toHttpResponse, toNetworkError } from '../http/httpResult';
import type { ApiError } from './apiError';

/** In milliseconds. Somebody is watching the dialog. */
const TIMEOUT = 15_000;

/** Asks once, with the one HTTP helper that n8n gives to a credential test. */
export async function ask(
	{ helpers }: ICredentialTestFunctions,
	uri: string,
	headers: Record<string, string>,
): Promise<HttpResult> {
	const options = {
		method: 'GET',
		uri,
		headers,
		timeout: TIMEOUT,
		resolveWithFullResponse: true,
		simple: false,
		followRedirect: false,
	};
	return await helpers.request(options).then(toHttpResponse, toNetworkError);
}

/** What the dialog shows of a refusal, or of a value that cannot be right. */
export function failed({
	message,
	description,
}: Pick<ApiError, 'message' | 'description'>): INodeCredentialTestResult {
	const sentence = /[.!?]$/.test(message) ? message : `${message}.`;
	return { status: 'Error', message: `${sentence} ${description}` };
}
