import { describe, expect, test } from 'vitest';
import { DRAFT, EMPTY_WABA, harness, PUBLISHED, mockApi, sent, setUp, WABA } from './setup.mts';

setUp();

describe('From List', () => {
	test('shows each flow by name and status, and takes its ID', async () => {
		const { results, paginationToken } = await harness.searchFlows();
		expect(results).toHaveLength(7);
		expect(results.slice(0, 2)).toEqual([
			{ name: 'Book an appointment (DRAFT)', value: DRAFT },
			{ name: 'Customer survey (PUBLISHED)', value: PUBLISHED },
		]);
		expect(paginationToken).toBeDefined();
		expect(sent()).toEqual([`GET /${WABA}/flows`]);
	});

	test.each([
		['a part of the name', 'survey', [PUBLISHED]],
		['the name in another case', ' SURVEY ', [PUBLISHED]],
		['the ID', PUBLISHED, [PUBLISHED]],
		['a part of the ID', '0000001', [DRAFT]],
		['the status', 'draft', [DRAFT, '900000000000003']],
		['what no flow has', 'nothing like it', []],
	])('finds flows by %s', async (_, filter, ids) => {
		const { results } = await harness.searchFlows(filter);
		expect(results.map(({ value }) => value)).toEqual(ids);
	});

	test('reads one page at a time, and the next one with the token', async () => {
		mockApi.settings.pageSize = 3;
		const first = await harness.searchFlows();
		expect(sent()).toHaveLength(1);
		const second = await harness.searchFlows(undefined, first.paginationToken as string);
		expect(sent()).toEqual([`GET /${WABA}/flows`, `GET /${WABA}/flows?after=Mw%3D%3D`]);
		expect([first, second].map(({ results }) => results.map(({ value }) => value))).toEqual([
			[DRAFT, PUBLISHED, '900000000000003'],
			['900000000000004', '900000000000005', '900000000000006'],
		]);
	});

	test('ends with the last page', async () => {
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

	test('searches on over pages without a match', async () => {
		mockApi.settings.pageSize = 2;
		const { results } = await harness.searchFlows('quote');
		expect(results.map(({ value }) => value)).toEqual(['900000000000007']);
		expect(sent()).toHaveLength(5);
	});

	test('ends where Kaleyra ignores the token and begins again', async () => {
		const body = { data: [{ id: '1', name: 'a' }], paging: { cursors: { after: 'x' } } };
		mockApi.settings.always = () => ({ body });
		expect(await harness.searchFlows(undefined, 'x')).toEqual({ results: [] });
		expect(await harness.searchFlows('no match')).toEqual({ results: [] });
	});

	test('ends where ever new tokens bring no new flow', async () => {
		mockApi.settings.always = () => {
			const after = String(mockApi.requests.length);
			// An end of the mock API's own, so that a search that never ends fails here.
			if (mockApi.requests.length > 20) return { status: 400, body: { code: 'WA-400' } };
			return { body: { data: [{ id: '1', name: 'a' }], paging: { cursors: { after } } } };
		};
		expect(await harness.searchFlows('no match')).toEqual({ results: [] });
		expect(sent()).toHaveLength(2);
	});

	test('shows a flow without name or status by its ID', async () => {
		mockApi.settings.script = [() => ({ body: { data: [{ id: '1' }] } })];
		expect((await harness.searchFlows()).results).toEqual([{ name: '1 (no status)', value: '1' }]);
	});

	test('reads the WABA of the node, rather than the credential’s', async () => {
		const { results } = await harness.searchFlows(undefined, undefined, { wabaId: EMPTY_WABA });
		expect(results).toEqual([]);
		expect(sent()).toEqual([`GET /${EMPTY_WABA}/flows`]);
	});

	test('asks for a WABA where nobody names one', async () => {
		harness.credential = { ...harness.credential, wabaId: '' };
		await expect(harness.searchFlows()).rejects.toThrow(/^WABA ID is empty/);
		expect(sent()).toEqual([]);
	});

	test('says that the key is wrong, rather than to show an empty list', async () => {
		mockApi.account.apiKey = 'another';
		await expect(harness.searchFlows()).rejects.toMatchObject({
			message: 'Incorrect SID or API key.',
			description: expect.stringContaining('check SID, API key and pod'),
		});
	});

	test('follows no redirect', async () => {
		const location = `${mockApi.origin}/v2/elsewhere`;
		mockApi.settings.always = () => ({ status: 302, headers: { location } });
		await expect(harness.searchFlows()).rejects.toThrow('The address answered with a redirect');
		expect(sent()).toHaveLength(1);
	});

	test('says that the credential cannot be right', async () => {
		harness.credential = { ...harness.credential, pod: 'us' };
		await expect(harness.searchFlows()).rejects.toThrow(/names a pod that does not exist/);
	});
});
