import { describe, expect, test } from 'vitest';
import { internalFault } from '../mock-api/errors.mts';
import type { Scripted } from '../mock-api/KaleyraMock.mts';
import { findClosedOrigin, getRequests, harness, mockApi, setUp, WABA } from './setup.mts';

setUp();

/** Tests the mock API's credential with some values changed. */
async function testCredential(changes: Record<string, string> = {}) {
	harness.credential = { ...harness.credential, ...changes };
	const { status, message } = await harness.testCredential();
	return { status, message };
}
const createFailure = (message: string | RegExp) => ({
	status: 'Error',
	message: expect.stringMatching(message) as string,
});

describe('Credential test', () => {
	test('lists the flows of the WABA in the credential', async () => {
		expect(await testCredential()).toEqual({
			status: 'OK',
			message: 'Kaleyra returned the flows of this WABA',
		});
		expect(getRequests()).toEqual([`GET /${WABA}/flows`]);
		expect(mockApi.requests[0]?.headers).toMatchObject({
			'api-key': mockApi.account.apiKey,
			'content-type': 'application/json',
		});
	});

	test('requests flow 0 without a WABA and passes when only the flow is rejected', async () => {
		const { status, message } = await testCredential({ wabaId: '' });
		expect(status).toBe('OK');
		expect(message).toMatch(/^Kaleyra accepted the SID and API key$/);
		expect(getRequests()).toEqual(['GET /0']);
	});

	test('ignores spaces around SID and API key', async () => {
		const { sid, apiKey } = mockApi.credential;
		expect(await testCredential({ sid: ` ${sid}`, apiKey: `${apiKey}\n` })).toMatchObject({
			status: 'OK',
		});
	});

	test.each(['', WABA])('fails with a wrong API key (WABA "%s")', async (wabaId) => {
		expect(await testCredential({ apiKey: 'A0wrong', wabaId })).toEqual(
			createFailure(/^Incorrect SID or API key\. Check the SID, API key, and pod/),
		);
	});

	test('fails with a wrong SID', async () => {
		expect(await testCredential({ sid: 'HXAP1wrong' })).toEqual(
			createFailure(/^Incorrect SID or API key\./),
		);
	});

	test('fails with a WABA of another account', async () => {
		expect(await testCredential({ wabaId: '1' })).toEqual(
			createFailure(/^Kaleyra found no WABA 1 in this account\. Check the WABA ID/),
		);
	});

	test.each(['', WABA])('fails when the account is not enabled (WABA "%s")', async (wabaId) => {
		const message = 'API is not available for given customer.Please contact support for more info';
		const body = { code: 'WA-401', message, data: {}, error: message };
		mockApi.settings.always = () => ({ status: 401, body });
		expect(await testCredential({ wabaId })).toEqual(
			createFailure(/not available .* ask Kaleyra support/),
		);
	});

	test('fails when the connection is refused', async () => {
		expect(await testCredential({ apiDomain: await findClosedOrigin() })).toEqual(
			createFailure(/^Connection refused\. .*\(ECONNREFUSED\)/),
		);
	});

	test.each<[string, object]>([
		['an HTML page', { body: '<html>Welcome</html>' }],
		['JSON of another service', { body: { status: 'up' } }],
		['an empty body', { body: '' }],
		['a 404 of a gateway', { status: 404, body: { message: 'no Route matched' } }],
	])('fails when the response is %s', async (_, scripted) => {
		for (const wabaId of ['', WABA]) {
			mockApi.settings.always = () => scripted;
			expect(await testCredential({ wabaId })).toEqual(
				createFailure(/Check the pod or API Domain in the credential/),
			);
		}
	});

	test('does not refer to error details, which its dialog does not have', async () => {
		mockApi.settings.always = () => ({ body: '<html>Welcome</html>' });
		expect((await testCredential()).message).toBe(
			'Unexpected response from Kaleyra. Check the pod or API Domain in the credential and whether a proxy returned the response. (HTTP 200)',
		);
	});

	test.each<[string, Record<string, string>, RegExp]>([
		['http:// with a public host', { apiDomain: 'http://api.in.kaleyra.io' }, /https:\/\//],
		['an unknown pod', { pod: 'us' }, /'Pod' .* is unknown: "us"\. Select a pod/],
		['an empty key', { apiKey: '' }, /'API Key' .* is empty/],
		[
			'a key of one letter',
			{ apiKey: 'e' },
			/^'API Key' in the Kaleyra credential is too short\. Copy/,
		],
		['a SID of one letter', { sid: 'e' }, /^'SID' in the Kaleyra credential is too short\. Copy/],
		['a key with a line break', { apiKey: 'A0\nx' }, /'API Key' .* line break/],
		['an empty SID', { sid: ' ' }, /'SID' .* is empty/],
		['a domain with a path', { apiDomain: 'api.in.kaleyra.io/v2' }, /isn't a host/],
		['a WABA ID that is a relative path', { wabaId: '..' }, /^'WABA ID' must contain only digits/],
		['a WABA ID with letters', { wabaId: 'my-waba' }, /^'WABA ID' must contain only digits/],
	])('fails without sending a request for %s', async (_, changes, message) => {
		expect(await testCredential(changes)).toEqual(createFailure(message));
		expect(getRequests()).toEqual([]);
	});

	test.each<[string, object]>([
		['an API error', { status: 400 }],
		['a response with status 200', { status: 200 }],
	])('hides API key and SID that %s contains', async (_, scripted) => {
		const { sid, apiKey } = mockApi.account;
		const body = { code: 'WA-777', message: `${apiKey} of ${sid}`, error: {} };
		mockApi.settings.always = () => ({ ...scripted, body });
		for (const wabaId of ['', WABA]) {
			const { message } = await testCredential({ wabaId });
			expect(message).toContain('[hidden] of [hidden]');
		}
	});

	test('fails with an empty credential', async () => {
		harness.credential = {};
		expect(await harness.testCredential()).toMatchObject({ status: 'Error' });
	});
});

describe('Credential test without a WABA', () => {
	test.each<[string, Scripted]>([
		[
			'an error code of another service',
			{ status: 404, body: { code: 'not_found', message: 'No' } },
		],
		[
			'an internal error',
			{ status: 500, body: { code: 'WA-500', message: 'Please try again later' } },
		],
		['a rate limit', { status: 429, body: { code: 'slow', message: 'Slow down' } }],
		['success: false', { status: 200, body: { success: false } }],
		[
			'Meta’s error for an invalid token',
			{ status: 400, body: { error: { code: 190, message: 'Invalid' } } },
		],
		[
			'Meta’s error for an invalid parameter',
			{ status: 400, body: { error: { code: 100, message: 'Invalid' } } },
		],
		['a flow with the nonexistent ID', { status: 200, body: { id: '0' } }],
	])('does not pass on %s', async (_, scripted) => {
		mockApi.settings.always = () => scripted;
		expect((await testCredential({ wabaId: '' })).status).toBe('Error');
	});

	test('suggests to enter a WABA ID when Kaleyra responds with an internal error', async () => {
		mockApi.settings.always = () => internalFault;
		expect((await testCredential({ wabaId: '' })).message).toMatch(
			/^Please try again later\. Enter a WABA ID in this credential/,
		);
	});
});
