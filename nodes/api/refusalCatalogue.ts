import type { Failure } from '../engine/refusal';

/** A reason for which a request is refused, and what the reader can do. */
export interface KnownRefusal {
	/** What happened, for where the answer has no sentence of its own, and for the README. */
	cause: string;
	nextStep: string;
	failure?: Failure['cause'];
}

/**
 * Kaleyra's codes, without hyphens: the pages write WA-400 and WA400 for the same thing. A code with two
 * meanings has an entry `CODE key` for the case in which `error` is an object with that key.
 */
export const KALEYRA_CODES: Record<string, KnownRefusal> = {
	RBC001: {
		cause: 'Incorrect SID or API key',
		nextStep:
			'Open the Kaleyra credential and check SID, API key and pod: they belong together. In the Kaleyra console, Edit API Key shows all three.',
		failure: 'credential-invalid',
	},
	WA400: {
		cause: 'Kaleyra could not accept the values',
		nextStep:
			'Check the ID and the values of this item. Only a draft can be published, and a name can be used once per WABA.',
		failure: 'configuration-invalid',
	},
	WA401: {
		cause: 'The API is not available for this customer',
		nextStep:
			'Ask Kaleyra support to enable WhatsApp API V2 for this account. SID and key were accepted, so there is nothing to change in n8n.',
		failure: 'credential-invalid',
	},
	'WA401 flow_id': {
		cause: 'The flow does not exist, or belongs to another account',
		nextStep:
			'Check the flow ID (for a list, the WABA ID), and that the credential is the one of the account that owns it.',
		failure: 'configuration-invalid',
	},
	WA500: {
		cause: 'Kaleyra had an internal fault',
		nextStep:
			'Run it again in a few minutes. If it stays, ask Kaleyra support and give the time of the run.',
		failure: 'temporarily-unavailable',
	},
};

/** Codes of Meta's Graph API, which Kaleyra may pass on (inferred: no page of Kaleyra's shows one). */
export const META_CODES: Record<number, KnownRefusal> = {
	4: rateLimit('Meta counts too many requests of this app'),
	80007: rateLimit('Meta counts too many requests for this WABA'),
	130429: rateLimit('Meta counts too many messages'),
	100: {
		cause: 'Meta could not accept a value',
		nextStep:
			'Check the values of this item: a name can be used once per WABA, an endpoint URI must be an https address, and the flow must exist.',
		failure: 'configuration-invalid',
	},
	139000: {
		cause: 'Meta blocks this flow for integrity reasons',
		nextStep: 'Open WhatsApp Manager: it says why the business or the flow is blocked.',
		failure: 'configuration-invalid',
	},
	139001: {
		cause: 'The flow cannot be updated',
		nextStep: 'Some older published flows cannot be edited. Clone the flow and change the clone.',
		failure: 'configuration-invalid',
	},
	139002: {
		cause: 'The flow cannot be published',
		nextStep:
			'Open the flow in WhatsApp Manager: its publishing checks say what is missing (validation errors, endpoint, connected app, phone number, verified business).',
		failure: 'configuration-invalid',
	},
	139003: {
		cause: 'The flow is not published, or deprecated already',
		nextStep: 'Read the status of the flow first.',
		failure: 'configuration-invalid',
	},
	139004: {
		cause: 'A published flow cannot be deleted',
		nextStep: 'Deprecate the flow instead.',
		failure: 'configuration-invalid',
	},
};

/** Answers that say nothing in Kaleyra's or Meta's words, by HTTP status. */
export const STATUSES: Record<string, KnownRefusal> = {
	'3xx': {
		cause: 'The address answered with a redirect',
		nextStep:
			'It was not followed, because the API key would have travelled with it. Check the pod or the API Domain of the credential.',
		failure: 'configuration-invalid',
	},
	'401': {
		cause: 'The key was not accepted',
		nextStep: 'Open the Kaleyra credential and check SID, API key and pod.',
		failure: 'credential-invalid',
	},
	'403': {
		cause: 'Access was refused',
		nextStep:
			'Check whether the API key is bound to certain IP addresses, or whether a firewall or proxy stands in between.',
		failure: 'credential-invalid',
	},
	'404': {
		cause: 'There is nothing at this address',
		nextStep: 'Check the pod or the API Domain of the credential, and the ID.',
		failure: 'configuration-invalid',
	},
	'429': rateLimit('Too many requests'),
	'4xx': {
		cause: 'The request was refused on its way',
		nextStep:
			'This is not how Kaleyra refuses: a proxy or gateway may have answered. The whole answer is under the details.',
	},
	'5xx': {
		cause: 'Kaleyra, or something on the way to it, had a fault',
		nextStep:
			'Run it again in a few minutes. If it stays, ask Kaleyra support and give the time of the run.',
		failure: 'temporarily-unavailable',
	},
};

/** A refusal that no table knows. */
export const OTHER_REFUSAL: KnownRefusal = {
	cause: 'The request was refused',
	nextStep: 'Check the values of this item. The whole answer is under the details.',
};

/** Something answered, but not as any page of Kaleyra's says. */
export const NOT_KALEYRA: KnownRefusal = {
	cause: 'This is no answer of Kaleyra’s',
	nextStep:
		'Check the pod or the API Domain of the credential, and whether a proxy stands in between. The whole answer is under the details.',
	failure: 'configuration-invalid',
};

/** No answer at all, by Node's error code. */
export const NETWORK_CODES: Record<string, KnownRefusal> = {
	ECONNREFUSED: unreachable('Nothing listens at the address of Kaleyra'),
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
};

export const OTHER_NETWORK: KnownRefusal = {
	cause: 'The request could not be carried out',
	nextStep:
		'Check the pod or the API Domain of the credential, its certificate, and the network settings of n8n.',
	failure: 'temporarily-unavailable',
};

function rateLimit(cause: string): KnownRefusal {
	return {
		cause,
		nextStep:
			'Wait, then run it again. Fewer items at once, or a longer interval of the schedule, avoid it.',
		failure: 'rate-limited',
	};
}

function unreachable(cause: string): KnownRefusal {
	return {
		cause,
		nextStep:
			'Check the pod or the API Domain of the credential, and whether this n8n can reach the internet.',
		failure: 'temporarily-unavailable',
	};
}

function broken(cause: string): KnownRefusal {
	return {
		cause,
		nextStep: 'Run it again. If it stays, raise the timeout under Options.',
		failure: 'temporarily-unavailable',
	};
}
