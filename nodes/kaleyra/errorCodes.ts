import type { ErrorDefinition } from '../shared/api/errorCatalog';
import { createErrorCatalog, rateLimit } from '../shared/api/errorCatalog';

/**
 * Kaleyra's codes, without hyphens: the pages write WA-400 and WA400 for the same thing. A code with two
 * meanings has an entry `CODE key` for the case in which `error` is an object with that key.
 */
export const KALEYRA_CODES: Record<string, ErrorDefinition> = {
	RBC001: {
		cause: 'Incorrect SID or API key',
		description:
			'Open the Kaleyra credential and check SID, API key and pod: they belong together. In the Kaleyra console, Edit API Key shows all three.',
		failure: 'credential-invalid',
	},
	WA400: {
		cause: 'Kaleyra could not accept the values',
		description:
			'Check the ID and the values of this item. Only a draft can be published, and a name can be used once per WABA.',
		failure: 'configuration-invalid',
	},
	WA401: {
		cause: 'The API is not available for this customer',
		description:
			'Ask Kaleyra support to enable WhatsApp API V2 for this account. SID and key were accepted, so there is nothing to change in n8n.',
		failure: 'credential-invalid',
	},
	'WA401 flow_id': {
		cause: 'The flow does not exist, or belongs to another account',
		description:
			'Check the flow ID (for a list, the WABA ID), and that the credential is the one of the account that owns it.',
		failure: 'configuration-invalid',
	},
	WA500: {
		cause: 'Kaleyra had an internal fault',
		description:
			'Run it again in a few minutes. If it stays, ask Kaleyra support and give the time of the run.',
		failure: 'temporarily-unavailable',
	},
};

/** Codes of Meta's Graph API, which Kaleyra may pass on (inferred: no page of Kaleyra's shows one). */
export const META_CODES: Record<number, ErrorDefinition> = {
	4: rateLimit('Meta counts too many requests of this app'),
	80007: rateLimit('Meta counts too many requests for this WABA'),
	130429: rateLimit('Meta counts too many messages'),
	100: {
		cause: 'Meta could not accept a value',
		description:
			'Check the values of this item: a name can be used once per WABA, an endpoint URI must be an https address, and the flow must exist.',
		failure: 'configuration-invalid',
	},
	139000: {
		cause: 'Meta blocks this flow for integrity reasons',
		description: 'Open WhatsApp Manager: it says why the business or the flow is blocked.',
		failure: 'configuration-invalid',
	},
	139001: {
		cause: 'The flow cannot be updated',
		description:
			'Some older published flows cannot be edited. Clone the flow and change the clone.',
		failure: 'configuration-invalid',
	},
	139002: {
		cause: 'The flow cannot be published',
		description:
			'Open the flow in WhatsApp Manager: its publishing checks say what is missing (validation errors, endpoint, connected app, phone number, verified business).',
		failure: 'configuration-invalid',
	},
	139003: {
		cause: 'The flow is not published, or deprecated already',
		description: 'Read the status of the flow first.',
		failure: 'configuration-invalid',
	},
	139004: {
		cause: 'A published flow cannot be deleted',
		description: 'Deprecate the flow instead.',
		failure: 'configuration-invalid',
	},
};

/** Everything that is refused in nobody's own words. */
export const ERROR_CATALOG = createErrorCatalog({
	service: 'Kaleyra',
	place: 'the pod or the API Domain of the credential',
	parts: 'SID, API key and pod',
});
