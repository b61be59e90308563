import type { Reply } from '../faults.mts';
import { createFaults } from '../faults.mts';

const createError = (
	status: number,
	code: number,
	message: string,
	errorId: string,
	timestamp: string,
): Reply => ({ status, body: { code, message, errorId, timestamp } });

/** The samples of 8x8's Flow pages, verbatim. */
export const notYourAccount = createError(
	401,
	1001,
	"Provided subAccountId doesn't belongs to your account",
	'91b106f0-c0da-4aba-a43a-7af9c5893a80',
	'2017-04-19T02:31:19.4297387+00:00',
);
export const badForm = createError(
	400,
	1002,
	'Invalid MSISDN format (not E.164 international number)',
	'b4478860-b76c-e811-814e-022a35cc1c71',
	'2018-08-04T09:25:40.9235752+00:00',
);
export const notAuthenticated = createError(
	401,
	1200,
	'Request was not authenticated properly',
	'db9dced4-3534-4d86-9d18-6b448af0d621',
	'2018-08-02T09:42:38.8988997+00:00',
);
export const internalFault = createError(
	500,
	2000,
	'Internal server error',
	'db9dced4-3534-4d86-9d18-6b448af0d621',
	'2018-07-02T09:42:38.8988997+00:00',
);

const ERROR_ID = '5f0c6a3e-0000-4000-8000-000000000000';
const TIME = '2026-10-01T08:00:00.0000000+00:00';

/** Codes listed in "API Error Codes"; no Flow page has a sample of them. */
export const invalidParameter = createError(400, 1000, 'Invalid parameter', ERROR_ID, TIME);
export const notFound = createError(404, 1300, 'Not found', ERROR_ID, TIME);
export const forbidden = createError(403, 1201, 'Forbidden', ERROR_ID, TIME);

/** 8x8 documents 1001 with three different statuses. */
export const FAULTS = createFaults({
	'1200 not authenticated': notAuthenticated,
	'1001 wrong account with status 401': notYourAccount,
	'1001 wrong account with status 400': { ...notYourAccount, status: 400 },
	'1001 wrong account with status 500': { ...notYourAccount, status: 500 },
	'1002 invalid format': badForm,
	'1201 forbidden': forbidden,
	'1300 not found': notFound,
	'2000 internal error': internalFault,
	'2000 after the write was applied': { ...internalFault, applyFirst: true },
	'9999 unknown code': createError(409, 9999, 'Something new', ERROR_ID, TIME),
	'404 from a gateway': { status: 404, body: '<html>Not Found</html>' },
});
