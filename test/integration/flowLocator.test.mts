import { describe, expect, test } from 'vitest';
import {
	DRAFT,
	EMPTY_WABA,
	getRequests,
	harness,
	PUBLISHED,
	mockApi,
	setUp,
	WABA,
} from './setup.mts';

setUp();

describe('From List', () => {
	test('shows each flow with its name and status and uses its ID', async () => {
		const { results, paginationToken } = await harness.searchFlows();
		expect(results).toHaveLength(7);
		expect(results.slice(0, 2)).toEqual([
			{ name: 'Book an appointment (DRAFT)', value: DRAFT },
			{ name: 'Customer survey (PUBLISHED)', value: PUBLISHED },
		]);
		expect(paginationToken).toBeDefined();
		expect(getRequests()).toEqual([`GET /${WABA}/flows`]);
	});

	test.each([
		['part of their name', 'survey', [PUBLISHED]],
		['their name in another case and with spaces', ' SURVEY ', [PUBLISHED]],
		['their ID', PUBLISHED, [PUBLISHED]],
		['part of their ID', '0000001', [DRAFT]],
		['their status', 'draft', [DRAFT, '900000000000003']],
		['a text that none contains', 'nothing like it', []],
	])('finds flows by %s', async (_, filter, ids) => {
		const { results } = await harness.searchFlows(filter);
		expect(results.map(({ value }) => value)).toEqual(ids);
	});

	test('reads one page at a time and continues with the pagination token', async () => {
		mockApi.settings.pageSize = 3;
		const first = await harness.searchFlows();
		expect(getRequests()).toHaveLength(1);
		const second = await harness.searchFlows(undefined, first.paginationToken as string);
		expect(getRequests()).toEqual([`GET /${WABA}/flows`, `GET /${WABA}/flows?after=Mw%3D%3D`]);
		expect([first, second].map(({ results }) => results.map(({ value }) => value))).toEqual([
			[DRAFT, PUBLISHED, '900000000000003'],
			['900000000000004', '900000000000005', '900000000000006'],
		]);
	});

	test('returns no pagination token with the last page', async () => {
		let token: string | undefined;
		const values: unknown[] = [];
		mockApi.settings.pageSize = 3;
		do {
			const page = await harness.searchFlows(undefined, token);
			values.push(...page.results.map(({ value }) => value));
			token = page.paginationToken as string | undefined;
		} while (token !== undefined && values.length < 20);
		expect(values).toHaveLength(7);
	});

	test('reads further pages until one matches the search', async () => {
		mockApi.settings.pageSize = 2;
		const { results } = await harness.searchFlows('quote');
		expect(results.map(({ value }) => value)).toEqual(['900000000000007']);
		expect(getRequests()).toHaveLength(5);
	});

	test('ends when the API ignores the cursor and sends the same page', async () => {
		const body = { data: [{ id: '1', name: 'a' }], paging: { cursors: { after: 'x' } } };
		mockApi.settings.always = () => ({ body });
		expect(await harness.searchFlows(undefined, 'x')).toEqual({ results: [] });
		expect(await harness.searchFlows('no match')).toEqual({ results: [] });
	});

	test('ends when new cursors return no new flow', async () => {
		mockApi.settings.always = () => {
			const after = String(mockApi.requests.length);
			// Ends an endless search, so that the test fails.
			if (mockApi.requests.length > 20) return { status: 400, body: { code: 'WA-400' } };
			return { body: { data: [{ id: '1', name: 'a' }], paging: { cursors: { after } } } };
		};
		expect(await harness.searchFlows('no match')).toEqual({ results: [] });
		expect(getRequests()).toHaveLength(2);
	});

	test('shows the ID of a flow without a name', async () => {
		mockApi.settings.script = [() => ({ body: { data: [{ id: '1' }] } })];
		expect((await harness.searchFlows()).results).toEqual([{ name: '1 (no status)', value: '1' }]);
	});

	test('lists the node’s WABA and not the credential’s', async () => {
		const { results } = await harness.searchFlows(undefined, undefined, { wabaId: EMPTY_WABA });
		expect(results).toEqual([]);
		expect(getRequests()).toEqual([`GET /${EMPTY_WABA}/flows`]);
	});

	test('fails without a request when neither node nor credential has a WABA', async () => {
		harness.credential = { ...harness.credential, wabaId: '' };
		await expect(harness.searchFlows()).rejects.toThrow(/^'WABA ID' is empty/);
		expect(getRequests()).toEqual([]);
	});

	test('fails with the API’s error when the API key is wrong', async () => {
		mockApi.account.apiKey = 'another';
		await expect(harness.searchFlows()).rejects.toMatchObject({
			message: 'Incorrect SID or API key.',
			description: expect.stringContaining('check the SID, API key, and pod'),
		});
	});

	test('does not follow redirects', async () => {
		const location = `${mockApi.origin}/v2/elsewhere`;
		mockApi.settings.always = () => ({ status: 302, headers: { location } });
		await expect(harness.searchFlows()).rejects.toThrow('The server responded with a redirect');
		expect(getRequests()).toHaveLength(1);
	});

	test('fails when the credential is invalid', async () => {
		harness.credential = { ...harness.credential, pod: 'us' };
		await expect(harness.searchFlows()).rejects.toThrow(
			/'Pod' in the Kaleyra credential is unknown/,
		);
	});
});
