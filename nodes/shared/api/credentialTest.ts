import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { formatError } from '../errors';
import type { HttpResult } from '../http/httpResult';
import { toHttpResponse, toNetworkError } from '../http/httpResult';
import type { ApiError } from './apiError';

/** The user is waiting in a dialog. */
const TIMEOUT_MS = 15_000;

/** Sends one request with the only HTTP helper that n8n gives a credential test. */
export async function sendTestRequest(
	{ helpers }: ICredentialTestFunctions,
	uri: string,
	headers: Record<string, string>,
): Promise<HttpResult> {
	const options = {
		method: 'GET',
		uri,
		headers,
		timeout: TIMEOUT_MS,
		resolveWithFullResponse: true,
		simple: false,
		followRedirect: false,
	};
	return await helpers.request(options).then(toHttpResponse, toNetworkError);
}

/** What the dialog shows for an API error or an invalid value. It is the credential's and has no details. */
export function toTestError({
	message,
	description,
}: Pick<ApiError, 'message' | 'description'>): INodeCredentialTestResult {
	const dialogDescription = description
		.replace(/Open the (\S+ )?credential and (\w)/, (_, __, verb: string) => verb.toUpperCase())
		.replace(' The full response is in the error details.', '');
	return { status: 'Error', message: formatError({ message, description: dialogDescription }) };
}
