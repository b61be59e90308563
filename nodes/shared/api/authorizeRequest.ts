import type { IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../errors';

export interface Authorization {
	/** A URL of the API that the credential is for. */
	apiUrl: string;
	/** With the credential's secrets in them. */
	headers: Record<string, string>;
	/** Such as "the Acme credential". */
	credential: string;
}

/** For both of n8n's HTTP helpers, which name these options differently. */
const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	maxRedirects: 0,
};

/**
 * Adds a credential's headers to a request to the credential's own API. Nodes such as HTTP Request combine a
 * credential with any URL, and n8n would send a custom header to the target of a redirect too.
 *
 * @throws {InvalidInputError} if the request goes to another origin
 */
export function authorizeRequest(
	options: IHttpRequestOptions,
	{ apiUrl, headers, credential }: Authorization,
): IHttpRequestOptions {
	const allowed = getOrigin(apiUrl);
	const other = findOrigins(options).find((origin) => origin !== allowed);
	if (other !== undefined) {
		throw new InvalidInputError(
			`You can’t use ${credential} for ${other}: its API key is sent to ${allowed} only`,
			'Change the URL of the request, the API domain of the credential, or the credential. No request was sent.',
		);
	}
	return { ...options, ...NO_REDIRECTS, headers: { ...options.headers, ...headers } };
}

/** The origins of every URL in the options, whichever of them n8n prefers. */
function findOrigins(options: IHttpRequestOptions): string[] {
	const { url } = options;
	const baseURL = options.baseURL === '' ? undefined : options.baseURL;
	const uri: unknown = 'uri' in options ? options.uri : undefined;
	const targets = [url, uri].filter((target) => target !== undefined && target !== null);
	const origins = targets.map((target) => getOrigin(target, baseURL));
	if (baseURL !== undefined) origins.push(getOrigin(baseURL));
	return origins.length > 0 ? origins : [NO_ORIGIN];
}

const NO_ORIGIN = 'a URL that is not valid';

/** Scheme, host and port. Unlike `URL.origin`, it differs between `https:` and `blob:https:`. */
function getOrigin(url: unknown, base?: string): string {
	try {
		const { protocol, host } = new URL(String(url), base);
		return `${protocol}//${host}`;
	} catch {
		return NO_ORIGIN;
	}
}

/**
 * Presets n8n's "Allowed HTTP Request Domains", which would offer "All". n8n checks them before it asks the
 * credential, but without the port, and cannot take them from another field.
 *
 * @param hosts of the API
 * @param hide when users enter another host; n8n then checks none
 */
export function presetAllowedDomains(
	hosts: string[],
	hide: Record<string, string[]>,
): INodeProperties[] {
	return [
		{
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'hidden',
			displayOptions: { hide },
			default: 'domains',
		},
		{
			displayName: 'Allowed Domains',
			name: 'allowedDomains',
			type: 'hidden',
			displayOptions: { hide },
			default: hosts.join(', '),
		},
	];
}
