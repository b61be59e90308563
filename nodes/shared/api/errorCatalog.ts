import type { Failure } from '../errors';

/** A reason for which a request is refused, and what the reader can do. */
export interface ErrorDefinition {
	/** What happened, for where the answer has no sentence of its own, and for the documents. */
	cause: string;
	description: string;
	failure?: Failure['cause'];
}

/** How people know a service. */
export interface ServiceNames {
	/** Its name, such as Acme. */
	service: string;
	/** What decides where requests go, such as "the region of the credential". */
	place: string;
	/** What in its credential must belong together, such as "user name and key". */
	parts: string;
}

/** Refusals that are not in a service's own words: by HTTP status, and where no answer came. */
export interface ErrorCatalog {
	/** By status, or by its first digit and `xx`. */
	statuses: Record<string, ErrorDefinition>;
	/** A refusal that no table knows. */
	other: ErrorDefinition;
	/** Something answered, but not as any page of the service says. */
	unexpectedResponse: ErrorDefinition;
	/** No answer at all, by Node's error code. */
	network: Record<string, ErrorDefinition>;
	otherNetwork: ErrorDefinition;
}

export function createErrorCatalog({ service, place, parts }: ServiceNames): ErrorCatalog {
	const unreachable = (cause: string): ErrorDefinition => ({
		cause,
		description: `Check ${place}, and whether this n8n can reach the internet.`,
		failure: 'temporarily-unavailable',
	});
	const broken = (cause: string): ErrorDefinition => ({
		cause,
		description:
			'Run it again. If it stays, check the network, or raise the timeout where the node has Options.',
		failure: 'temporarily-unavailable',
	});
	return {
		statuses: {
			'3xx': {
				cause: 'The address answered with a redirect',
				description: `It was not followed, because the API key would have travelled with it. Check ${place}.`,
				failure: 'configuration-invalid',
			},
			'401': {
				cause: 'The key was not accepted',
				description: `Open the ${service} credential and check ${parts}.`,
				failure: 'credential-invalid',
			},
			'403': {
				cause: 'Access was refused',
				description:
					'Check whether the API key is bound to certain IP addresses, or whether a firewall or proxy stands in between.',
				failure: 'credential-invalid',
			},
			'404': {
				cause: 'There is nothing at this address',
				description: `Check ${place}, and the ID.`,
				failure: 'configuration-invalid',
			},
			'429': rateLimit('Too many requests'),
			'4xx': {
				cause: 'The request was refused on its way',
				description: `This is not how ${service} refuses: a proxy or gateway may have answered. The whole answer is under the details.`,
			},
			'5xx': {
				cause: `${service}, or something on the way to it, had a fault`,
				description: `Run it again in a few minutes. If it stays, ask ${service} support and give the time of the run.`,
				failure: 'temporarily-unavailable',
			},
		},
		other: {
			cause: 'The request was refused',
			description: 'Check the values of this item. The whole answer is under the details.',
		},
		unexpectedResponse: {
			cause: `This is no answer of ${service}’s`,
			description: `Check ${place}, and whether a proxy stands in between. The whole answer is under the details.`,
			failure: 'configuration-invalid',
		},
		network: {
			ECONNREFUSED: unreachable(`Nothing listens at the address of ${service}`),
			ENOTFOUND: unreachable('There is no host with this name'),
			EAI_AGAIN: unreachable('The name of the host could not be looked up'),
			EHOSTUNREACH: unreachable('There is no way to the host'),
			ENETUNREACH: unreachable('There is no way to the network'),
			ECONNRESET: broken('The connection broke'),
			EPIPE: broken('The connection broke'),
			ERR_BAD_RESPONSE: broken('The answer broke off'),
			ERR_STREAM_PREMATURE_CLOSE: broken('The answer broke off'),
			EPROTO: unreachable('The address does not speak https'),
			ECONNABORTED: broken('No answer came in time'),
			ETIMEDOUT: broken('No answer came in time'),
		},
		otherNetwork: {
			cause: 'The request could not be carried out',
			description: `Check ${place}, its certificate, and the network settings of n8n.`,
			failure: 'temporarily-unavailable',
		},
	};
}

export function rateLimit(cause: string): ErrorDefinition {
	return {
		cause,
		description:
			'Wait, then run it again. Fewer items at once, or a longer interval of the schedule, avoid it.',
		failure: 'rate-limited',
	};
}
