/** Every refusal, word for word as Kaleyra's pages print it, with the HTTP status of its heading. */
export interface Reply {
	status: number;
	body: unknown;
}

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

/** Documented under the heading 500. */
export const noSuchFlow: Reply = {
	status: 500,
	body: { code: 'WA-401', message: NOT_YOUR_FLOW, data: {}, error: { flow_id: NOT_YOUR_FLOW } },
};
