import type { Failure } from '../errors';
import { NETWORK_ERRORS } from '../http/networkErrors';

/** A known error of a service, and how to fix it. */
export interface ErrorDefinition {
	/** What happened, if the response has no message of its own. Also for the documentation. */
	message: string;
	description: string;
	failure?: Failure['cause'];
}

/** What the user calls a service. */
export interface ServiceNames {
	/** Its name, such as Acme. */
	service: string;
	/** What determines the host, such as "the region in the credential". */
	hostSetting: string;
	/** Which values of its credential belong together, such as "the user name and API key". */
	credentialParts: string;
}

/** Errors that are not in a service's own words: by HTTP status, and without a response. */
export interface ErrorCatalog {
	/** By status, or by its first digit and `xx`. */
	statuses: Record<string, ErrorDefinition>;
	/** An error that no table lists. */
	other: ErrorDefinition;
	/** A response that no page of the service documents. */
	unexpectedResponse: ErrorDefinition;
	/** By Node's error code. */
	network: Record<string, ErrorDefinition>;
	otherNetwork: ErrorDefinition;
}

export function createErrorCatalog({
	service,
	hostSetting,
	credentialParts,
}: ServiceNames): ErrorCatalog {
	const network = {
		unreachable: `Check ${hostSetting} and whether this n8n instance can reach the internet.`,
		interrupted:
			"Try again. If this keeps happening, check the network connection or, if the node has the option, increase 'Timeout (Seconds)'.",
	};
	return {
		statuses: {
			'3xx': {
				message: 'The server responded with a redirect',
				description: `The node doesn't follow redirects, because the API key would be sent to another URL. Check ${hostSetting}.`,
				failure: 'configuration-invalid',
			},
			'401': {
				message: 'The API key was rejected',
				description: `Open the ${service} credential and check ${credentialParts}.`,
				failure: 'credential-invalid',
			},
			'403': {
				message: 'Access denied',
				description:
					'Check whether the API key is restricted to certain IP addresses, or whether a firewall or proxy blocks the request.',
				failure: 'credential-invalid',
			},
			'404': {
				message: 'Not found',
				description: `Check ${hostSetting} and the ID.`,
				failure: 'configuration-invalid',
			},
			'408': {
				message: 'The server timed out waiting for the request',
				description: 'Try again. If this keeps happening, check the network connection.',
				failure: 'temporarily-unavailable',
			},
			'429': createRateLimitDefinition('Too many requests'),
			'4xx': {
				message: 'The request was rejected',
				description: `${service} doesn't document this response, so a proxy or gateway may have sent it. The full response is in the error details.`,
			},
			'5xx': {
				message: `Server error from ${service} or a server in between`,
				description: `Try again in a few minutes. If this keeps happening, contact ${service} support with the time of the execution.`,
				failure: 'temporarily-unavailable',
			},
		},
		other: {
			message: 'The request was rejected',
			description: 'Check the values of this item. The full response is in the error details.',
		},
		unexpectedResponse: {
			message: `Unexpected response from ${service}`,
			description: `Check ${hostSetting} and whether a proxy returned the response. The full response is in the error details.`,
			failure: 'configuration-invalid',
		},
		network: Object.fromEntries(
			Object.entries(NETWORK_ERRORS).map(([code, { message, kind }]) => [
				code,
				{ message, description: network[kind], failure: 'temporarily-unavailable' },
			]),
		),
		otherNetwork: {
			message: "The request couldn't be sent",
			description: `Check ${hostSetting}, its certificate, and n8n's network settings.`,
			failure: 'temporarily-unavailable',
		},
	};
}

export function createRateLimitDefinition(message: string): ErrorDefinition {
	return {
		message,
		description:
			"Wait, then try again. To stay within the limit, lower 'Max Concurrent Items' or run the workflow less often.",
		failure: 'rate-limited',
	};
}

/** The error for a status without a code of the service's own. */
export function getStatusError({ statuses, other }: ErrorCatalog, status: number): ErrorDefinition {
	return statuses[status] ?? statuses[`${String(status).charAt(0)}xx`] ?? other;
}
