import type { Reply } from './faults.mts';
import { createFaults } from './faults.mts';

export type { Reply } from './faults.mts';

/** Every documented error response, verbatim, with the HTTP status of its heading. */

export const incorrectKey: Reply = {
	status: 401,
	body: {
		code: 'RBC001',
		message: 'Incorrect SID or API key.',
		data: [],
		error: { error: 'Incorrect SID or API key.' },
	},
};

const NOT_AVAILABLE =
	'API is not available for given customer.Please contact support for more info';

export const wrongAccount: Reply = {
	status: 401,
	body: { code: 'WA-401', message: NOT_AVAILABLE, data: {}, error: NOT_AVAILABLE },
};

export const incorrectPayload: Reply = {
	status: 400,
	body: {
		code: 'WA-400',
		message: 'Refer to correct payload format',
		data: {},
		error: { payload: 'Incorrect payload format' },
	},
};

export const internalFault: Reply = {
	status: 500,
	body: {
		code: 'WA-500',
		message: 'Please try again later',
		data: {},
		error: { error: 'Internal server error' },
	},
};

const NOT_YOUR_FLOW = 'The flow_id either does not exist or does not belong to the account.';

/** Documented with status 500. */
export const noSuchFlow: Reply = {
	status: 500,
	body: { code: 'WA-401', message: NOT_YOUR_FLOW, data: {}, error: { flow_id: NOT_YOUR_FLOW } },
};

/** The pages document the code of this error, and the next two, but no body (inferred). */
export const notConfigured: Reply = {
	status: 401,
	body: {
		code: 'WA401',
		message: 'The number is not configured for this account.',
		data: {},
		error: {},
	},
};

const quota = (code: string, message: string): Reply => ({
	status: 400,
	body: { code, message, data: {}, error: {} },
});

const graph = (code: number, message: string) => ({
	error: { message, type: 'OAuthException', code, fbtrace_id: 'A0' },
});

/** Kaleyra documents no rate limit; the 429 responses in here are those of an API gateway. */
export const KALEYRA_FAULTS = createFaults({
	'RBC001 incorrect key': incorrectKey,
	'WA-401 wrong account': wrongAccount,
	'WA-401 unknown flow with status 500': noSuchFlow,
	'WA-400 incorrect payload': incorrectPayload,
	'WA-500 internal error': internalFault,
	'WA-500 after the write was applied': { ...internalFault, applyFirst: true },
	'WA-500 with status 200 after the write was applied': {
		...internalFault,
		status: 200,
		applyFirst: true,
	},
	'WA-500 with status 400 after the write was applied': {
		...internalFault,
		status: 400,
		applyFirst: true,
	},
	'WA-999 unknown code': {
		status: 409,
		body: { code: 'WA-999', message: 'Something new', error: {} },
	},
	'WA401 number not configured': notConfigured,
	'E110 balance': quota('E110', 'Insufficient balance'),
	'WAV2101 daily limit': quota('WAV2101', 'Daily limit reached'),
	'Meta 100': { status: 400, body: graph(100, 'Invalid parameter') },
	'Meta 139002': { status: 400, body: graph(139002, 'Publishing Flow in invalid state') },
	'Meta 4': { status: 400, body: graph(4, 'Application request limit reached') },
});
