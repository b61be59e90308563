import { expect, test } from 'vitest';
import * as errors from '../../mock-api/eightByEight/errors.mts';
import { ACCOUNT, harness, mockApi, setUp } from './setup.mts';

setUp();

async function testCredential(changes: object = {}) {
	harness.credential = { ...mockApi.credential, ...changes };
	return await harness.testCredential();
}

const VALID = { status: 'OK', message: '8x8 accepted the API key and the account ID' };
const failsWith = (message: RegExp) => ({
	status: 'Error',
	message: expect.stringMatching(message),
});

test('the credential test lists the flows of a nonexistent channel', async () => {
	expect(await testCredential()).toEqual(VALID);
	const [{ method, target, headers } = {}] = mockApi.requests;
	expect([method, target]).toEqual([
		'GET',
		`/api/v1/accounts/${ACCOUNT}/channels/00000000-0000-0000-0000-000000000000/flows?limit=1`,
	]);
	expect(headers?.['authorization']).toBe(`Bearer ${mockApi.account.apiKey}`);
});

test.each<[string, object]>([
	['a list of flows', { status: 200, body: { flows: [] } }],
	['code 1000 with status 400', errors.invalidParameter],
	['code 1008 with status 400', { status: 400, body: { code: 1008, errorId: 'x' } }],
])('the credential test succeeds after %s', async (_, response) => {
	mockApi.settings.always = () => response;
	expect(await testCredential()).toEqual(VALID);
});

test.each<[string, object, RegExp]>([
	[
		'a wrong API key',
		{ apiKey: 'wrong-key' },
		/^Request was not authenticated properly\. Check the API key/,
	],
	[
		'the ID of another account',
		{ accountId: ACCOUNT.replace('1a', 'ff') },
		/^Provided subAccountId doesn't belongs to your account\. Check that the account ID/,
	],
])('the credential test shows the message of 8x8 for %s', async (_, changes, message) => {
	expect(await testCredential(changes)).toEqual(failsWith(message));
});

test('the credential test explains that code 1001 with status 400 is inconclusive', async () => {
	mockApi.settings.always = () => ({ ...errors.notYourAccount, status: 400 });
	expect(await testCredential()).toEqual(
		failsWith(
			/belong together\. \(code 1001.*If they do, the credential is valid: 8x8 may only be/,
		),
	);
});

test.each<[string, object, RegExp]>([
	['an HTML page', { body: '<html>' }, /'Region' or 'API Domain' in the credential/],
	['other JSON', { body: { status: 'up' } }, /'Region' or 'API Domain' in the credential/],
	['an array', { body: [] }, /'Region' or 'API Domain' in the credential/],
	['an HTML 404', { status: 404, body: '<html>' }, /^The URL was not found\. Check the channel/],
	['a JSON 404', { status: 404, body: { code: 404, message: 'no route' } }, /^no route\. /],
	['a redirect', { status: 302, headers: { location: '/x' } }, /redirect/],
	['an internal error', errors.internalFault, /^Internal server error\. Try again in a few/],
	['code 2001', { status: 501, body: { code: 2001, errorId: 'x' } }, /^8x8 doesn't support this/],
	['a rate limit', { status: 429, body: { code: 1000 } }, /^Too many requests\. |rate limit/i],
	['code 1201', errors.forbidden, /^Forbidden\. Check the permissions/],
	['a dropped connection', { fault: 'reset' }, /connection/],
])('the credential test fails after %s', async (_, response, message) => {
	mockApi.settings.always = () => response;
	expect(await testCredential()).toEqual(failsWith(message));
});

test.each<[string, object, RegExp]>([
	['an empty API key', { apiKey: '' }, /API Key.* is empty/],
	['an API key of one letter', { apiKey: 'e' }, /API Key.* is too short/],
	[
		'an invalid account ID',
		{ accountId: 'my-account' },
		/isn't a valid account ID\. Enter 32 hexadecimal/,
	],
	['an unknown region', { region: 'mars' }, /Valid values are apac, us, eu, id, and custom\.$/],
	['a path in the API domain', { apiDomain: 'chatapps.8x8.com/api' }, /API Domain/],
])('the credential test rejects %s before any request', async (_, changes, message) => {
	expect(await testCredential(changes)).toEqual(failsWith(message));
	expect(mockApi.requests).toEqual([]);
});

test('the credential test redacts the API key and the account ID in messages of 8x8', async () => {
	const message = `${mockApi.account.apiKey} of ${ACCOUNT}`;
	mockApi.settings.always = () => ({ status: 401, body: { code: 1200, message } });
	expect((await testCredential()).message).toMatch(/^\[\w+\] of \[\w+\]\./);
});

test('the credential test fails without credential data', async () => {
	harness.credential = {};
	expect(await harness.testCredential()).toMatchObject({ status: 'Error' });
});
