import type { HttpClient, RequestOptions } from '../http/HttpClient';
import type { HttpResponse } from '../http/httpResult';
import { isLoopbackHttp, parseUrl } from '../http/url';
import type { ErrorCatalog, ErrorDefinition } from './errorCatalog';
import type { ErrorParser, ParseResult } from './responses';
import { createApiError, createGetFailureCause, parseResult } from './responses';

const MAX_REDIRECTS = 5;

export interface Download {
	url: string;
	maxBytes: number;
	/** Whether unencrypted URLs of this machine are allowed, too. */
	allowLoopback: boolean;
}

/**
 * Downloads a file from another host, without the API key. Redirects are followed one by one, so that each
 * URL is checked before anything is sent to it.
 */
export async function downloadFile(
	client: HttpClient,
	options: RequestOptions,
	{ url: firstUrl, maxBytes, allowLoopback }: Download,
	catalog: ErrorCatalog,
): Promise<ParseResult<Buffer>> {
	const parser = createParser(catalog);
	let url = parseUrl(firstUrl);
	for (let redirects = 0; ; redirects++) {
		if (!url || !(url.protocol === 'https:' || (allowLoopback && isLoopbackHttp(url)))) {
			const { message, description } = INVALID_URL_ERROR;
			const failure = { cause: 'configuration-invalid' } as const;
			return { ok: false, error: { message, description, failure } };
		}
		const result = await client.send(
			{
				method: 'GET',
				url: url.href,
				idempotent: true,
				credentials: 'omit',
				responseType: 'bytes',
				maxBytes,
			},
			options,
			createGetFailureCause(parser),
		);
		const location = result.kind === 'response' ? getRedirect(result) : undefined;
		if (location === undefined || redirects === MAX_REDIRECTS) {
			if (result.kind === 'response' && result.truncated) {
				return { ok: false, error: createApiError(result, createTooLargeError(maxBytes), {}) };
			}
			return parseResult(parser, result, (body) => (Buffer.isBuffer(body) ? body : undefined));
		}
		url = parseUrl(location, url.href);
	}
}

function getRedirect({ status, location }: HttpResponse): string | undefined {
	return [301, 302, 303, 307, 308].includes(status) ? location : undefined;
}

export const INVALID_URL_ERROR: ErrorDefinition = {
	message: "The file's download URL isn't an https URL",
	description:
		'The node downloads files over https only. No request was sent to this URL. Try again; if this keeps happening, contact the support of the service.',
	failure: 'configuration-invalid',
};

/** @param maxBytes whole megabytes */
export const createTooLargeError = (maxBytes: number): ErrorDefinition => ({
	message: `The file is larger than ${maxBytes / 1024 / 1024} MB`,
	description: 'The node stopped the download at this size.',
	failure: 'configuration-invalid',
});

/** The errors of a file host, which knows no API key. */
export function createDownloadCatalog({
	statuses,
	network,
	...catalog
}: ErrorCatalog): ErrorCatalog {
	const { '429': tooManyRequests, '5xx': serverError } = statuses;
	const addAdvice = (definition: ErrorDefinition) => ({ ...definition, description: UNREACHABLE });
	return {
		...catalog,
		network: Object.fromEntries(
			Object.entries(network).map(([code, definition]) => [code, addAdvice(definition)]),
		),
		otherNetwork: addAdvice(catalog.otherNetwork),
		statuses: {
			'3xx': { ...EXPIRED, message: 'The file host responded with too many redirects' },
			'4xx': EXPIRED,
			...(tooManyRequests && { '429': tooManyRequests }),
			...(serverError && {
				'5xx': { ...serverError, message: "Server error from the file's host" },
			}),
		},
	};
}

const EXPIRED: ErrorDefinition = {
	message: "The file's download URL was rejected",
	description: 'Download URLs expire. Execute the node again to get a new one.',
};

const UNREACHABLE =
	"Try again. If this keeps happening, check whether this n8n instance can reach the file's host.";

/** The error pages of a file host are not for people. */
const createParser = (catalog: ErrorCatalog): ErrorParser => ({
	catalog: createDownloadCatalog(catalog),
	parseErrorBody: () => undefined,
	extractMessage: () => undefined,
});
