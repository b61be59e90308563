import { describe, expect, test } from 'vitest';
import * as documented from '../../mock-api/eightByEight/errors.mts';
import { ACCOUNT, harness, mockApi, setUp } from './setup.mts';

setUp();

async function testWith(changes: object = {}) {
	harness.credential = { ...mockApi.credential, ...changes };
	return await harness.testCredential();
}
const failure = (words: RegExp) => ({ status: 'Error', message: expect.stringMatching(words) });
const GOOD = { status: 'OK', message: '8x8 accepts API key and account ID' };

describe('The credential test', () => {
	test('asks for the list of a channel that cannot exist, and reads nothing', async () => {
		expect(await testWith()).toEqual(GOOD);
		const [{ method, target, headers } = {}] = mockApi.requests;
		expect([method, target]).toEqual([
			'GET',
			`/api/v1/accounts/${ACCOUNT}/channels/00000000-0000-0000-0000-000000000000/flows?limit=1`,
		]);
		expect(headers?.['authorization']).toBe(`Bearer ${mockApi.account.apiKey}`);
	});

	test.each<[string, object]>([
		['a list', { status: 200, body: { flows: [] } }],
		['code 1000 under 400', documented.invalidParameter],
		['code 1008 under 400', { status: 400, body: { code: 1008, errorId: 'x' } }],
	])('is content with %s', async (_, scripted) => {
		mockApi.settings.always = () => scripted;
		expect(await testWith()).toEqual(GOOD);
	});

	test('tells a wrong key in 8x8’s words', async () => {
		expect(await testWith({ apiKey: 'wrong' })).toEqual(
			failure(
				/^Request was not authenticated properly\. Open the 8x8 credential and check API key/,
			),
		);
	});

	test('tells another account’s ID in 8x8’s words', async () => {
		expect(await testWith({ accountId: ACCOUNT.replace('1a', 'ff') })).toEqual(
			failure(/^Provided subAccountId doesn't belongs to your account\. Open the 8x8 credential/),
		);
	});

	test('says what code 1001 under 400 leaves open', async () => {
		mockApi.settings.always = () => ({ ...documented.notYourAccount, status: 400 });
		expect(await testWith()).toEqual(
			failure(/belong together\. \(code 1001.*If all are right, 8x8 means the channel/),
		);
	});

	test.each<[string, object, RegExp]>([
		['a web page', { body: '<html>' }, /^This is no answer of 8x8’s\. Check the region/],
		['other JSON', { body: { status: 'up' } }, /^This is no answer of 8x8’s/],
		['a gateway’s 404', { status: 404, body: '<html>' }, /^There is nothing at this address/],
		['a redirect', { status: 302, headers: { location: '/x' } }, /redirect.*not followed/],
		['an internal error', documented.internalFault, /^Internal server error\. Run it again/],
		['no service', { status: 501, body: { code: 2001, errorId: 'x' } }, /does not offer this/],
		[
			'a gateway’s JSON 404',
			{ status: 404, body: { code: 404, message: 'no route' } },
			/^no route/,
		],
		['a bare list', { body: [] }, /^This is no answer of 8x8’s/],
		['too many requests', { status: 429, body: { code: 1000 } }, /^Too many requests\. Wait/],
		['a key without rights', documented.forbidden, /^Forbidden\. In 8x8 Connect, check/],
		['a broken connection', { fault: 'reset' }, /^The connection broke\./],
	])('fails where it meets %s', async (_, scripted, words) => {
		mockApi.settings.always = () => scripted;
		expect(await testWith()).toEqual(failure(words));
	});

	test.each<[string, object, RegExp]>([
		['an empty key', { apiKey: '' }, /API Key .* is empty/],
		['an account ID that is none', { accountId: 'x' }, /is no account ID\. It is 32 digits/],
		['an unknown region', { region: 'mars' }, /Known are apac, us, eu, id and custom/],
		['a domain with a path', { apiDomain: 'chatapps.8x8.com/api' }, /no plain host/],
	])('fails with %s before anything is sent', async (_, changes, words) => {
		expect(await testWith(changes)).toEqual(failure(words));
		expect(mockApi.requests).toEqual([]);
	});

	test('shows neither key nor account ID, even where a refusal repeats them', async () => {
		const message = `${mockApi.account.apiKey} of ${ACCOUNT}`;
		mockApi.settings.always = () => ({ status: 401, body: { code: 1200, message } });
		expect((await testWith()).message).toMatch(/^\[hidden\] of \[hidden\]\./);
	});

	test('fails where there is no credential data at all', async () => {
		harness.credential = {};
		expect(await harness.testCredential()).toMatchObject({ status: 'Error' });
	});
});
