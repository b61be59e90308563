import type { ErrorDefinition } from '../shared/api/errorCatalog';
import { createErrorCatalog, createRateLimitDefinition } from '../shared/api/errorCatalog';

/**
 * Kaleyra's codes, without hyphens: the pages write WA-400 and WA400 for the same error. A code with two
 * meanings has an entry `CODE key` for the case in which `error` is an object with that key.
 */
export const KALEYRA_CODES: Record<string, ErrorDefinition> = {
	RBC001: {
		message: 'Incorrect SID or API key',
		description:
			'Open the Kaleyra credential and check the SID, API key, and pod. Edit API Key in the Kaleyra console shows all three.',
		failure: 'credential-invalid',
	},
	WA400: {
		message: 'Kaleyra rejected the values',
		description:
			"Check the ID and the values of this item. Kaleyra doesn't say which one is wrong.",
		failure: 'configuration-invalid',
	},
	WA401: {
		message: 'Wrong account',
		description:
			'Wrong account: check that the right credential is selected. If it is, ask Kaleyra support to make the API available for this account.',
		failure: 'credential-invalid',
	},
	'WA401 flow_id': {
		message: "The flow doesn't exist or belongs to another account",
		description:
			'Check the flow ID (for a list, the WABA ID) and that the credential is for the account that owns it.',
		failure: 'configuration-invalid',
	},
	WA500: {
		message: 'Internal error at Kaleyra',
		description:
			'Try again in a few minutes. If this keeps happening, contact Kaleyra support with the time of the execution.',
		failure: 'temporarily-unavailable',
	},
};

/**
 * Codes of messages only, and what the others mean for a message. Source: Error Codes for Send Message, which
 * writes them without hyphens.
 */
export const MESSAGE_CODES: Record<string, ErrorDefinition> = {
	E110: {
		message: 'The account balance is too low',
		description: 'Top up the account at Kaleyra, then send the message again. It was not sent.',
		failure: 'quota-exhausted',
	},
	WA400: {
		message: 'Kaleyra rejected the message',
		description:
			"Check the phone numbers, the flow or template, and its variables. Kaleyra doesn't say what is wrong. The message was not sent.",
		failure: 'configuration-invalid',
	},
	WA401: {
		message: 'The number, template, or account is not approved or configured',
		description:
			"Check in the Kaleyra console that 'From' is a number of this account, and that the number and the template are approved. The message was not sent.",
		failure: 'configuration-invalid',
	},
	WA500: {
		message: 'Internal error at Kaleyra',
		description:
			'Kaleyra recommends to send the message again up to 3 times, after 5, 10, and 15 minutes, and to contact its support if that fails too.',
		failure: 'temporarily-unavailable',
	},
	WAV2101: {
		message: 'The daily limit of the account is reached',
		description: 'Send the message tomorrow, or ask Kaleyra to raise the limit. It was not sent.',
		failure: 'quota-exhausted',
	},
};

/** The operations, as the node and the trigger call them. */
export type OperationName = keyof typeof WA400_DESCRIPTIONS;

/** The description of WA400 for each operation (inferred: the pages give no reason for it). */
export const WA400_DESCRIPTIONS = {
	getMany: "Check the WABA ID and the names in 'Fields'. Kaleyra doesn't say what is wrong.",
	get: "Check the flow ID and the names in 'Fields'. Kaleyra doesn't say what is wrong.",
	create:
		"Check the name and the categories: a name must be unique within a WABA, and a flow to clone must exist. Kaleyra doesn't say what is wrong.",
	updateJson:
		"Check the flow ID and the flow's status: a deprecated flow can't be updated. Kaleyra doesn't say what is wrong.",
	getJson: "Check the flow ID. Kaleyra doesn't say what is wrong.",
	deprecate:
		"Only published, throttled, and blocked flows can be deprecated. Check the status with Get. Kaleyra doesn't say what is wrong.",
	delete:
		"Only drafts can be deleted. Check the status with Get. Kaleyra doesn't say what is wrong.",
	migrate:
		"Check both WABA IDs: the WABAs must belong to the same Meta business. Kaleyra doesn't say what is wrong.",
	publish:
		"Only drafts can be published, and only without validation errors. Check both with Get. Kaleyra doesn't say what is wrong.",
	updateMetadata:
		"Check the added fields: a name must be unique within a WABA, and a deprecated flow can't be updated. Kaleyra doesn't say what is wrong.",
};

/** Codes of Meta's Graph API that Kaleyra may pass on (inferred: no page of Kaleyra's shows one). */
export const META_CODES: Record<number, ErrorDefinition> = {
	4: createRateLimitDefinition('Meta rate limit for this app'),
	80007: createRateLimitDefinition('Meta rate limit for this WABA'),
	130429: createRateLimitDefinition('Meta rate limit for messages'),
	100: {
		message: 'Meta rejected a value',
		description:
			'Check the values of this item: a name must be unique within a WABA, an endpoint URI must be an https URL, and the flow must exist.',
		failure: 'configuration-invalid',
	},
	131009: {
		message: 'Meta rejected a parameter of the message',
		description: "Check the template's variables and the position of its flow button.",
		failure: 'configuration-invalid',
	},
	131026: {
		message: "The message can't be delivered",
		description: "Check that 'To' is a WhatsApp number that accepts messages from businesses.",
		failure: 'configuration-invalid',
	},
	131047: {
		message: "More than 24 hours have passed since the customer's last message",
		description: 'Send a template in its place.',
		failure: 'configuration-invalid',
	},
	132068: {
		message: 'The flow is blocked',
		description: "Fix the flow's endpoint; Meta then restores the flow.",
		failure: 'configuration-invalid',
	},
	132069: {
		message: 'The flow is throttled',
		description:
			"At most 10 messages with this flow can be sent per hour until its endpoint is healthy again. Fix the flow's endpoint.",
		failure: 'quota-exhausted',
	},
	139000: {
		message: 'Meta blocked this flow for integrity reasons',
		description: 'Open WhatsApp Manager to see why the business or the flow is blocked.',
		failure: 'configuration-invalid',
	},
	139001: {
		message: "The flow can't be updated",
		description: "Some older published flows can't be edited. Clone the flow and change the clone.",
		failure: 'configuration-invalid',
	},
	139002: {
		message: "The flow can't be published",
		description:
			'Open the flow in WhatsApp Manager. Its publishing checks show what is missing (validation errors, endpoint, connected app, phone number, verified business).',
		failure: 'configuration-invalid',
	},
	139003: {
		message: "The flow isn't published or is already deprecated",
		description: "Check the flow's status first.",
		failure: 'configuration-invalid',
	},
	139004: {
		message: "A published flow can't be deleted",
		description: 'Deprecate the flow instead.',
		failure: 'configuration-invalid',
	},
};

/** Errors without a code of Kaleyra's or Meta's. */
export const ERROR_CATALOG = createErrorCatalog({
	service: 'Kaleyra',
	hostSetting: 'the pod or API Domain in the credential',
	credentialParts: 'the SID, API key, and pod',
});
