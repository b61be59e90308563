import type { ErrorCatalog, ErrorDefinition } from '../shared/api/errorCatalog';
import { createErrorCatalog } from '../shared/api/errorCatalog';

const NAMES = {
	service: '8x8',
	place: 'the region or the API Domain of the credential',
	parts: 'API key, account ID and region',
};

const general = createErrorCatalog(NAMES);

/** Refusals without a code of 8x8's, or with one that is not in the table. */
export const ERROR_CATALOG: ErrorCatalog = {
	...general,
	statuses: {
		...general.statuses,
		'404': {
			cause: 'There is nothing at this address',
			description: `Check the channel ID and the flow ID, then ${NAMES.place}.`,
			failure: 'configuration-invalid',
		},
		'409': {
			cause: 'The flow is not in a state for this',
			description:
				'Read its status: only a draft can be changed, published or deleted, and only a published flow can be deprecated. A name can be used once.',
			failure: 'configuration-invalid',
		},
		'422': {
			cause: '8x8 could not accept the values',
			description: 'Check the values of this item. The whole answer is under the details.',
			failure: 'configuration-invalid',
		},
		'426': {
			cause: '8x8 asks for a newer TLS',
			description: 'This n8n, or a proxy on the way, speaks an old TLS. 8x8 asks for TLS 1.3.',
			failure: 'configuration-invalid',
		},
	},
};

/**
 * 8x8's codes. Source: the samples of every Flow page (1001, 1002, 1200, 2000), and "API Error Codes" of
 * 8x8 Connect (the rest). A code with two meanings has an entry `STATUS CODE` for one of them.
 */
export const CODES: Record<string, ErrorDefinition> = {
	'1000': values('A parameter is not valid'),
	'1001': {
		cause: 'What was asked for does not belong to this account',
		description:
			'Check the channel ID, and that API key, account ID and region of the credential belong together.',
		failure: 'configuration-invalid',
	},
	'401 1001': {
		cause: 'The account does not belong to this API key',
		description:
			'Open the 8x8 credential and check account ID, API key and region: they belong together. Then check the channel ID.',
		failure: 'credential-invalid',
	},
	'1002': values('A value does not have the form that is asked for'),
	'1008': {
		cause: 'An ID is not valid',
		description: 'Check the channel ID and the flow ID.',
		failure: 'configuration-invalid',
	},
	'1010': values('A value is out of its range'),
	'1200': {
		cause: 'The API key was not accepted',
		description:
			'Open the 8x8 credential and check API key, account ID and region. In 8x8 Connect, the page API keys shows keys and account ID together.',
		failure: 'credential-invalid',
	},
	'1201': {
		cause: 'The API key may not do this',
		description:
			'In 8x8 Connect, check what this API key may do and from which IP addresses, or use another one.',
		failure: 'credential-invalid',
	},
	'1300': {
		cause: 'The flow or the channel was not found',
		description: 'Check the flow ID and the channel ID: a flow belongs to one channel.',
		failure: 'configuration-invalid',
	},
	'2000': {
		cause: '8x8 had an internal fault',
		description:
			'Run it again in a few minutes. If it stays, ask 8x8 support and give the error ID.',
		failure: 'temporarily-unavailable',
	},
	'2001': {
		cause: '8x8 does not offer this',
		description:
			'Ask 8x8 support whether WhatsApp Flows are available for this account and region.',
		failure: 'configuration-invalid',
	},
};

function values(cause: string): ErrorDefinition {
	return {
		cause,
		description:
			'Check the values of this item and its IDs. Only a draft can be changed, published or deleted, only a published flow can be deprecated, and a name can be used once.',
		failure: 'configuration-invalid',
	};
}
