import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { expectedCause, withFailure } from '../failure.mts';
import * as errors from '../../mock-api/eightByEight/errors.mts';
import * as samples from '../../mock-api/eightByEight/samples.mts';
import { OPERATIONS, runOperation } from './operations.mts';
import { ACCOUNT, DRAFT, getRequests, harness, mockApi, runOnFlow, setUp } from './setup.mts';

setUp();

const NO_RETRIES = { options: { maxRetries: 0, rateLimitTimeout: 0 } };

test.each<[number, number, string, string, RegExp, string]>([
	[
		400,
		1001,
		samples.BAD_REQUEST_1001,
		"Provided subAccountId doesn't belongs to your account",
		/^Check the channel ID\. Then check .* \(code 1001, error ID 91b106f0-c0da-4aba-a43a-7af9c5893a80 for 8x8 support, HTTP 400\)$/,
		'configuration-invalid',
	],
	[
		400,
		1002,
		samples.BAD_REQUEST_1002,
		'Invalid MSISDN format (not E.164 international number)',
		/^Check the parameters of this item.* \(code 1002, error ID b4478860-.* HTTP 400\)$/,
		'configuration-invalid',
	],
	[
		401,
		1001,
		samples.UNAUTHORIZED_1001,
		"Provided subAccountId doesn't belongs to your account",
		/^Open the 8x8 credential and check that the account ID, .* \(code 1001, .* HTTP 401\)$/,
		'credential-invalid',
	],
	[
		401,
		1200,
		samples.UNAUTHORIZED_1200,
		'Request was not authenticated properly',
		/^Open the 8x8 credential and check the API key, .* \(code 1200, .* HTTP 401\)$/,
		'credential-invalid',
	],
	[
		500,
		1001,
		samples.FAULT_1001,
		"Provided subAccountId doesn't belongs to your account",
		/^Check the channel ID\..* \(code 1001, .* HTTP 500\)$/,
		'configuration-invalid',
	],
	[
		500,
		2000,
		samples.FAULT_2000,
		'Internal server error',
		/^Try again in a few minutes.*provide the error ID\. \(code 2000, error ID db9dced4-3534-4d86-9d18-6b448af0d621 for 8x8 support, HTTP 500\)$/,
		'temporarily-unavailable',
	],
])(
	"the error for 8x8's sample of status %i with code %i has 8x8's message and how to fix it",
	async (status, _, body, message, description, cause) => {
		mockApi.settings.always = () => ({ status, body });
		const { error } = await runOnFlow('get', DRAFT, NO_RETRIES);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message,
			httpCode: String(status),
			...withFailure(cause),
			context: { itemIndex: 0, data: { response: JSON.parse(body) } },
		});
		expect(error?.description).toMatch(description);
	},
);

const unknownCode = { code: 7, errorId: 'x' };
const withCode = (code: number) => ({ code, errorId: 'x' });

test.each<[number, unknown, RegExp, string | undefined]>([
	[403, errors.forbidden.body, /^Check the permissions/, 'credential-invalid'],
	[403, withCode(1000), /IP addresses/, 'credential-invalid'],
	[404, errors.notFound.body, /^Check the flow ID/, 'configuration-invalid'],
	[404, unknownCode, /^Check the channel ID/, 'configuration-invalid'],
	[409, unknownCode, /^Check the flow's status/, 'configuration-invalid'],
	[422, unknownCode, /^Check the parameters/, 'configuration-invalid'],
	[426, {}, /TLS 1\.3/, 'configuration-invalid'],
	[429, { code: 1000, message: 'Slow' }, /^Wait|^Try|rate limit/i, 'rate-limited'],
	[400, unknownCode, /./, undefined],
	[501, withCode(2001), /^Ask 8x8 support whether/, 'configuration-invalid'],
	[503, unknownCode, /./, 'temporarily-unavailable'],
	[200, { code: 1300, message: 'Not found' }, /^Check the flow ID/, 'configuration-invalid'],
	[200, unknownCode, /./, undefined],
	[200, { success: false, message: 'No' }, /./, undefined],
	[400, { title: 'Bad Request' }, /proxy/, undefined],
])(
	'the error for status %i with body %j has the matching description and cause',
	async (status, body, description, cause) => {
		mockApi.settings.always = () => ({ status, body });
		const { error } = await runOnFlow('get', DRAFT, NO_RETRIES);
		expect(error?.description).toMatch(description);
		expect(error?.description).toContain(`HTTP ${status})`);
		expect(error?.failure?.cause).toBe(expectedCause(cause));
	},
);

test('a non-retryable code with status 500 is not retried', async () => {
	mockApi.settings.always = () => ({ status: 500, body: samples.FAULT_1001 });
	await runOnFlow('get', DRAFT);
	expect(getRequests()).toHaveLength(1);
});

test('an internal error is retried until Max Retries is reached', async () => {
	mockApi.settings.always = () => errors.internalFault;
	const { error } = await runOnFlow('get', DRAFT, { options: { maxRetries: 1 } });
	expect(error?.message).toBe('Internal server error');
	expect(getRequests()).toHaveLength(2);
});

test('a read succeeds if the retry after an internal error succeeds', async () => {
	mockApi.settings.script = [() => errors.internalFault];
	const { main } = await runOnFlow('get', DRAFT);
	expect(main).toHaveLength(1);
	expect(getRequests()).toHaveLength(2);
});

test.each(OPERATIONS)(
	'$operation redacts the API key and the account ID in every error',
	async (fixture) => {
		const { apiKey } = mockApi.account;
		const compact = ACCOUNT.replaceAll('-', '');
		const message = `${apiKey}, ${ACCOUNT}, ${compact}, ${compact.toUpperCase()}, ${ACCOUNT.toUpperCase()}`;
		for (const status of [400, 500, 200]) {
			const body = { code: 1000, message, errorId: 'x', [ACCOUNT]: [apiKey] };
			mockApi.settings.always = () => ({ status, body });
			const { error, main, errors } = await runOperation(fixture, NO_RETRIES);
			expect(error?.message).toMatch(/^(\[\w+\])(, \1){4}$/);
			const shown = inspect([error, error?.context, error?.stack, main, errors], { depth: 20 });
			expect(shown).not.toContain(apiKey);
			expect(shown.toLowerCase()).not.toContain(compact);
			expect(shown.toLowerCase()).not.toContain(ACCOUNT);
		}
	},
);

test('a refused connection reveals neither the API key nor the account ID', async () => {
	harness.credential = { ...harness.credential, apiDomain: 'http://127.0.0.1:9' };
	const { error } = await runOnFlow('get', DRAFT, NO_RETRIES);
	expect(error?.httpCode).toBe('ECONNREFUSED');
	expect(error?.description).toContain("'Region' or 'API Domain' in the credential");
	const shown = inspect([error, error?.context, error?.stack], { depth: 20 });
	expect(shown).not.toContain(ACCOUNT);
	expect(shown).not.toContain(mockApi.account.apiKey);
});
