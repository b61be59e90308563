import type { ErrorCatalog, ErrorDefinition } from '../shared/api/errorCatalog';
import { createErrorCatalog } from '../shared/api/errorCatalog';

const SERVICE_NAMES = {
	service: '8x8',
	hostSetting: "'Region' or 'API Domain' in the credential",
	credentialParts: 'the API key, account ID, and region',
};

const STATUS_RULES =
	'Only a draft can be updated, published, or deleted, only a published flow can be deprecated, and a flow name must be unique.';

const defaultCatalog = createErrorCatalog(SERVICE_NAMES);

/** Errors without an 8x8 code, or with one that isn't in the table below. */
export const ERROR_CATALOG: ErrorCatalog = {
	...defaultCatalog,
	statuses: {
		...defaultCatalog.statuses,
		'404': {
			message: 'The URL was not found',
			description: `Check the channel ID and the flow ID. Then check ${SERVICE_NAMES.hostSetting}.`,
			failure: 'configuration-invalid',
		},
		'409': {
			message: "The flow's status doesn't allow this operation",
			description: `Check the flow's status and name. ${STATUS_RULES}`,
			failure: 'configuration-invalid',
		},
		'422': {
			message: '8x8 rejected the values',
			description: 'Check the parameters of this item. The full response is in the error details.',
			failure: 'configuration-invalid',
		},
		'426': {
			message: '8x8 requires a newer TLS version',
			description: 'Enable TLS 1.3 in n8n and in any proxy between n8n and 8x8.',
			failure: 'configuration-invalid',
		},
	},
};

/**
 * Errors by 8x8's code. Source: the samples of every flow page (1001, 1002, 1200, 2000), and API Error
 * Codes of 8x8 Connect (the others). `<status> <code>` takes precedence over `<code>`.
 */
export const CODES: Record<string, ErrorDefinition> = {
	'1000': invalidValue('A parameter is invalid'),
	'1001': {
		message: "The resource doesn't belong to this account",
		description:
			'Check the channel ID. Then check that the API key, account ID, and region of the credential belong together.',
		failure: 'configuration-invalid',
	},
	'401 1001': {
		message: "The account doesn't belong to this API key",
		description:
			'Open the 8x8 credential and check that the account ID, API key, and region belong together. Then check the channel ID.',
		failure: 'credential-invalid',
	},
	'1002': invalidValue('A value has an invalid format'),
	'1008': {
		message: 'An ID is invalid',
		description: 'Check the channel ID and the flow ID.',
		failure: 'configuration-invalid',
	},
	'1010': invalidValue('A value is out of range'),
	'1200': {
		message: '8x8 rejected the API key',
		description:
			'Open the 8x8 credential and check the API key, account ID, and region. The API keys page in 8x8 Connect shows API keys and the account ID.',
		failure: 'credential-invalid',
	},
	'1201': {
		message: 'The API key lacks permission for this operation',
		description:
			'Check the permissions and allowed IP addresses of the API key in 8x8 Connect, or use another API key.',
		failure: 'credential-invalid',
	},
	'1300': {
		message: 'The flow or the channel was not found',
		description: 'Check the flow ID and the channel ID. A flow belongs to one channel.',
		failure: 'configuration-invalid',
	},
	'2000': {
		message: '8x8 had an internal error',
		description:
			'Try again in a few minutes. If this keeps happening, contact 8x8 support and provide the error ID.',
		failure: 'temporarily-unavailable',
	},
	'2001': {
		message: "8x8 doesn't support this operation",
		description:
			'Ask 8x8 support whether WhatsApp Flows are available for this account and region.',
		failure: 'configuration-invalid',
	},
};

const CHECK_IDS =
	"Check 'Subaccount ID' in the node or in the credential, the flow, and 'Reply To', which must be the ID of a message.";

/** Errors of messages without an 8x8 code, where they differ from those of flows. */
export const MESSAGE_STATUSES: Record<string, ErrorDefinition> = {
	'404': {
		message: 'The URL was not found',
		description: `${CHECK_IDS} Then check ${SERVICE_NAMES.hostSetting}. The message was not sent.`,
		failure: 'configuration-invalid',
	},
	'409': {
		message: '8x8 reported a conflict',
		description:
			"8x8 doesn't document this response for messages. Check the flow, which must be published unless 'Mode' is Draft, and 'Client Message ID'. The full response is in the error details.",
		failure: 'configuration-invalid',
	},
};

/** Errors of messages without an 8x8 code, or with one that isn't in a table. */
export const MESSAGE_CATALOG: ErrorCatalog = {
	...ERROR_CATALOG,
	statuses: { ...ERROR_CATALOG.statuses, ...MESSAGE_STATUSES },
};

/**
 * Errors of messages. Source: the code list in API Error Codes; the texts of these codes that concern one value.
 * The others have the message of the response.
 */
export const MESSAGE_CODES: Record<string, ErrorDefinition> = {
	'1000': invalidMessage('A parameter is invalid'),
	'1001': invalidSubaccount('configuration-invalid'),
	'401 1001': invalidSubaccount('credential-invalid'),
	'1002': {
		message: 'The phone number is invalid',
		description: "Enter 'To' with its country code, such as +6591234567. The message was not sent.",
		failure: 'configuration-invalid',
	},
	'1008': {
		message: 'An ID is invalid',
		description: `${CHECK_IDS} The message was not sent.`,
		failure: 'configuration-invalid',
	},
	'1010': invalidMessage('A value is out of range'),
	'1300': {
		message: 'The subaccount, flow, or message was not found',
		description: `${CHECK_IDS} The message was not sent.`,
		failure: 'configuration-invalid',
	},
	'3034': invalidTemplate('The components do not fit the template'),
	'3035': {
		message: 'The subaccount has no channel that supports templates',
		description:
			'Connect the WhatsApp channel to the subaccount in 8x8 Connect, or send with another subaccount. The message was not sent.',
		failure: 'configuration-invalid',
	},
	'3037': invalidTemplate('The template language is invalid'),
	'3038': invalidTemplate('The template was not found'),
	'3049': invalidTemplate('The button parameter is invalid'),
	'3053': invalidTemplate('The position of the button is invalid'),
};

function invalidMessage(message: string): ErrorDefinition {
	return {
		message,
		description:
			"Check the recipient, the texts, and the flow: only a published flow can be sent, unless 'Mode' is Draft. The message was not sent.",
		failure: 'configuration-invalid',
	};
}

function invalidTemplate(message: string): ErrorDefinition {
	return {
		message,
		description:
			'Check the name and the language of the template, its variables, and the position of its flow button. The message was not sent.',
		failure: 'configuration-invalid',
	};
}

function invalidSubaccount(
	failure: 'configuration-invalid' | 'credential-invalid',
): ErrorDefinition {
	return {
		message: "The subaccount doesn't belong to this account",
		description:
			'Check the subaccount ID. Then check that the API key and region of the credential belong to the same account. The message was not sent.',
		failure,
	};
}

function invalidValue(message: string): ErrorDefinition {
	return {
		message,
		description: `Check the parameters of this item. ${STATUS_RULES}`,
		failure: 'configuration-invalid',
	};
}
