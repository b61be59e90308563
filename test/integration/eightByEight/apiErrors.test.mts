import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as documented from '../../mock-api/eightByEight/errors.mts';
import * as samples from '../../mock-api/eightByEight/samples.mts';
import { ACCOUNT, DRAFT, harness, PUBLISHED, run, runOn, mockApi, sent, setUp } from './setup.mts';

setUp();

const ONCE = { options: { maxRetries: 0 } };

describe('A refusal', () => {
	test.each<[number, string, string, RegExp, string]>([
		[
			400,
			samples.BAD_REQUEST_1001,
			"Provided subAccountId doesn't belongs to your account",
			/^Check the channel ID, and that API key, account ID and region .* \(code 1001, error ID 91b106f0-c0da-4aba-a43a-7af9c5893a80 for 8x8 support, HTTP 400\)$/,
			'configuration-invalid',
		],
		[
			400,
			samples.BAD_REQUEST_1002,
			'Invalid MSISDN format (not E.164 international number)',
			/^Check the values of this item.* \(code 1002, error ID b4478860-.* HTTP 400\)$/,
			'configuration-invalid',
		],
		[
			401,
			samples.UNAUTHORIZED_1001,
			"Provided subAccountId doesn't belongs to your account",
			/^Open the 8x8 credential and check account ID, API key and region.* \(code 1001, .* HTTP 401\)$/,
			'credential-invalid',
		],
		[
			401,
			samples.UNAUTHORIZED_1200,
			'Request was not authenticated properly',
			/^Open the 8x8 credential and check API key, account ID and region.* \(code 1200, .* HTTP 401\)$/,
			'credential-invalid',
		],
		[
			500,
			samples.FAULT_1001,
			"Provided subAccountId doesn't belongs to your account",
			/^Check the channel ID.* \(code 1001, .* HTTP 500\)$/,
			'configuration-invalid',
		],
		[
			500,
			samples.FAULT_2000,
			'Internal server error',
			/^Run it again in a few minutes.*give the error ID\. \(code 2000, error ID db9dced4-3534-4d86-9d18-6b448af0d621 for 8x8 support, HTTP 500\)$/,
			'temporarily-unavailable',
		],
	])('of the pages, under %i, is told: %s', async (status, body, message, description, cause) => {
		mockApi.settings.always = () => ({ status, body });
		const { error } = await runOn('get', DRAFT, ONCE);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message,
			httpCode: String(status),
			failure: { cause },
			context: { itemIndex: 0, data: { response: JSON.parse(body) } },
		});
		expect(error?.description).toMatch(description);
	});

	test.each<[number, object, RegExp, string | undefined]>([
		[403, documented.forbidden.body as object, /^In 8x8 Connect, check what/, 'credential-invalid'],
		[403, { code: 1000, errorId: 'x' }, /IP addresses/, 'credential-invalid'],
		[404, documented.notFound.body as object, /^Check the flow ID/, 'configuration-invalid'],
		[404, { code: 7, errorId: 'x' }, /^Check the channel ID/, 'configuration-invalid'],
		[409, { code: 7, errorId: 'x' }, /^Read its status/, 'configuration-invalid'],
		[422, { code: 7, errorId: 'x' }, /^Check the values/, 'configuration-invalid'],
		[426, {}, /TLS 1\.3/, 'configuration-invalid'],
		[429, { code: 1000, message: 'Slow' }, /^Wait, then run/, 'rate-limited'],
		[400, { code: 7, errorId: 'x' }, /^Check the values of this item\. The whole/, undefined],
		[501, { code: 2001, errorId: 'x' }, /^Ask 8x8 support whether/, 'configuration-invalid'],
		[503, { code: 7, errorId: 'x' }, /^Run it again in/, 'temporarily-unavailable'],
		[200, { code: 1300, message: 'Not found' }, /^Check the flow ID/, 'configuration-invalid'],
		[200, { code: 7, errorId: 'x' }, /^Check the values/, undefined],
		[200, { success: false, message: 'No' }, /^Check the values/, undefined],
		[400, { title: 'Bad Request' }, /a proxy or gateway may have answered/, undefined],
	])('under %i with %j is told with the right next step', async (status, body, step, cause) => {
		mockApi.settings.always = () => ({ status, body });
		const { error } = await runOn('get', DRAFT, ONCE);
		expect(error?.description).toMatch(step);
		expect(error?.failure?.cause).toBe(cause);
	});

	test('for good is asked once, though it comes under 500', async () => {
		mockApi.settings.always = () => ({ status: 500, body: samples.FAULT_1001 });
		await runOn('get', DRAFT);
		expect(sent()).toHaveLength(1);
	});

	test('for now is asked again, and then told', async () => {
		mockApi.settings.always = () => documented.internalFault;
		await runOn('get', DRAFT, { options: { maxRetries: 1 } });
		expect(sent()).toHaveLength(2);
		mockApi.settings.always = undefined;
		mockApi.settings.script = [() => documented.internalFault];
		expect((await runOn('get', DRAFT)).main).toHaveLength(1);
	});

	test('of a key that 8x8 does not know, and of another account, comes from the mock API too', async () => {
		harness.credential = { ...harness.credential, apiKey: 'another' };
		expect((await runOn('get', DRAFT)).error?.message).toBe(
			'Request was not authenticated properly',
		);
		const accountId = ACCOUNT.replace('1a', 'ff');
		harness.credential = { ...mockApi.credential, accountId };
		expect((await runOn('get', DRAFT)).error?.message).toMatch(/^Provided subAccountId/);
	});
});

describe('Key and account ID', () => {
	const operations = [
		['get', DRAFT, {}],
		['preview', DRAFT, {}],
		['publish', DRAFT, { options: { validateBeforePublishing: false, maxRetries: 0 } }],
		['deprecate', PUBLISHED, ONCE],
		['delete', DRAFT, ONCE],
		['update', DRAFT, { updateFields: { name: 'x' }, ...ONCE }],
		['create', undefined, { name: 'x', categories: ['OTHER'], ...ONCE }],
		['getMany', undefined, ONCE],
	] as const;

	test.each(operations)(
		'are in no error of %s, even where the answer repeats them',
		async (operation, id, parameters) => {
			const { apiKey } = mockApi.account;
			const bare = ACCOUNT.replaceAll('-', '');
			const message = `${apiKey} of ${ACCOUNT}, ${bare}, ${bare.toUpperCase()}, ${ACCOUNT.toUpperCase()}`;
			for (const status of [400, 500, 200]) {
				const body = { code: 1000, message, errorId: 'x', [ACCOUNT]: [apiKey] };
				mockApi.settings.always = () => ({ status, body });
				const { error, main, errors } = await (id === undefined
					? run(operation, parameters)
					: runOn(operation, id, parameters));
				expect(error?.message).toBe('[hidden] of [hidden], [hidden], [hidden], [hidden]');
				const shown = inspect([error, error?.context, error?.stack, main, errors], { depth: 20 });
				expect(shown).not.toContain(apiKey);
				expect(shown.toLowerCase()).not.toContain(bare);
				expect(shown.toLowerCase()).not.toContain(ACCOUNT);
			}
		},
	);

	test('are in no error where nothing listens', async () => {
		harness.credential = { ...harness.credential, apiDomain: 'http://127.0.0.1:9' };
		const { error } = await runOn('get', DRAFT, ONCE);
		expect(error?.message).toBe('Nothing listens at the address of 8x8');
		const shown = inspect([error, error?.context, error?.stack], { depth: 20 });
		expect(shown).not.toContain(ACCOUNT);
		expect(shown).not.toContain(mockApi.account.apiKey);
	});
});
