import { describe, expect, test } from 'vitest';
import type { Scripted } from '../mock-api/KaleyraMock.mts';
import { closedOrigin, harness, mockApi, sent, setUp, WABA } from './setup.mts';

setUp();

async function testWith(changes: Record<string, string> = {}) {
	harness.credential = { ...harness.credential, ...changes };
	const { status, message } = await harness.testCredential();
	return { status, message };
}
const failure = (words: string | RegExp) => ({
	status: 'Error',
	message: expect.stringMatching(words) as string,
});

describe('The test of a credential', () => {
	test('with a WABA lists its flows', async () => {
		expect(await testWith()).toEqual({
			status: 'OK',
			message: 'Kaleyra lists the flows of this WABA',
		});
		expect(sent()).toEqual([`GET /${WABA}/flows`]);
		expect(mockApi.requests[0]?.headers).toMatchObject({
			'api-key': mockApi.account.apiKey,
			'content-type': 'application/json',
		});
	});

	test('without a WABA asks for flow 0, and takes its refusal for an accepted key', async () => {
		const { status, message } = await testWith({ wabaId: '' });
		expect(status).toBe('OK');
		expect(message).toMatch(/^Kaleyra accepts SID and key$/);
		expect(sent()).toEqual(['GET /0']);
	});

	test('passes with blanks around SID and key', async () => {
		const { sid, apiKey } = mockApi.credential;
		expect(await testWith({ sid: ` ${sid}`, apiKey: `${apiKey}\n` })).toMatchObject({
			status: 'OK',
		});
	});

	test.each(['', WABA])('fails with a wrong key (WABA "%s")', async (wabaId) => {
		expect(await testWith({ apiKey: 'A0wrong', wabaId })).toEqual(
			failure(/^Incorrect SID or API key\. Open the Kaleyra credential and check/),
		);
	});

	test('fails with a wrong SID', async () => {
		expect(await testWith({ sid: 'HXAP1wrong' })).toEqual(failure(/^Incorrect SID or API key\./));
	});

	test('fails with a WABA that is not the account’s', async () => {
		expect(await testWith({ wabaId: '1' })).toEqual(failure(/does not belong to the account/));
	});

	test.each(['', WABA])('fails where the account is not enabled (WABA "%s")', async (wabaId) => {
		const message = 'API is not available for given customer.Please contact support for more info';
		const body = { code: 'WA-401', message, data: {}, error: message };
		mockApi.settings.always = () => ({ status: 401, body });
		expect(await testWith({ wabaId })).toEqual(failure(/not available .* Ask Kaleyra support/));
	});

	test('fails where nothing listens at the host', async () => {
		expect(await testWith({ apiDomain: await closedOrigin() })).toEqual(
			failure(/^Nothing listens at the address of Kaleyra\. .*\(ECONNREFUSED\)/),
		);
	});

	test.each<[string, object]>([
		['a web page', { body: '<html>Welcome</html>' }],
		['some other JSON', { body: { status: 'up' } }],
		['nothing', { body: '' }],
		['a page that is not there', { status: 404, body: { message: 'no Route matched' } }],
	])('fails where %s answers in place of Kaleyra', async (_, scripted) => {
		for (const wabaId of ['', WABA]) {
			mockApi.settings.always = () => scripted;
			expect(await testWith({ wabaId })).toEqual(failure(/Check the pod or the API Domain/));
		}
	});

	test.each<[string, Record<string, string>, RegExp]>([
		['plain http of a public host', { apiDomain: 'http://api.in.kaleyra.io' }, /https:\/\//],
		['an unknown pod', { pod: 'us' }, /pod that does not exist: "us"/],
		['an empty key', { apiKey: '' }, /API Key .* is empty/],
		['a key with a line break', { apiKey: 'A0\nx' }, /API Key .* line break/],
		['an empty SID', { sid: ' ' }, /SID .* is empty/],
		['a domain with a path', { apiDomain: 'api.in.kaleyra.io/v2' }, /no plain host/],
		['a WABA ID that climbs', { wabaId: '..' }, /WABA ID|address/],
		['a WABA ID with letters', { wabaId: 'my-waba' }, /WABA ID/],
	])('fails with %s before anything is sent', async (_, changes, words) => {
		expect(await testWith(changes)).toEqual(failure(words));
		expect(sent()).toEqual([]);
	});

	test.each<[string, object]>([
		['a refusal', { status: 400 }],
		['a success', { status: 200 }],
	])('shows neither key nor SID, even where %s repeats them', async (_, scripted) => {
		const { sid, apiKey } = mockApi.account;
		const body = { code: 'WA-777', message: `${apiKey} of ${sid}`, error: {} };
		mockApi.settings.always = () => ({ ...scripted, body });
		for (const wabaId of ['', WABA]) {
			const { message } = await testWith({ wabaId });
			expect(message).toContain('[hidden] of [hidden]');
		}
	});

	test('fails where there is no credential data at all', async () => {
		harness.credential = {};
		expect(await harness.testCredential()).toMatchObject({ status: 'Error' });
	});
});

describe('The test without a WABA', () => {
	test.each<[string, Scripted]>([
		['another service’s code', { status: 404, body: { code: 'not_found', message: 'No' } }],
		[
			'an internal error',
			{ status: 500, body: { code: 'WA-500', message: 'Please try again later' } },
		],
		['too many requests', { status: 429, body: { code: 'slow', message: 'Slow down' } }],
		['no success', { status: 200, body: { success: false } }],
		[
			'Meta’s refusal of a token',
			{ status: 400, body: { error: { code: 190, message: 'Invalid' } } },
		],
		['a flow that cannot be', { status: 200, body: { id: '0' } }],
	])('does not take %s for an accepted key', async (_, scripted) => {
		mockApi.settings.always = () => scripted;
		expect((await testWith({ wabaId: '' })).status).toBe('Error');
	});
});
