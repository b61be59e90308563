import type { IDataObject } from 'n8n-workflow';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { flow } from '../mock-api/accounts.mts';
import type { RunOptions } from './n8nHarness.mts';
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

const getByName = async (name: string, parameters: IDataObject = {}, options?: RunOptions) =>
	await harness.run(
		{
			resource: 'flow',
			operation: 'get',
			flowId: { __rl: true, mode: 'name', value: name },
			...parameters,
		},
		options,
	);

/** The list with its only page, and the empty one after it. */
const LIST = [`GET /${WABA}/flows`, `GET /${WABA}/flows?after=Nw%3D%3D`];

describe('By Name', () => {
	test.each([
		['the exact name', 'Customer survey'],
		['the exact name with spaces around it', ' Customer survey '],
		['the ID', PUBLISHED],
	])('finds a flow by %s', async (_, name) => {
		const { main } = await getByName(name);
		expect(main[0]?.json['id']).toBe(PUBLISHED);
		expect(getRequests()).toEqual([...LIST, `GET /${PUBLISHED}`]);
	});

	test('takes the ID from a URL', async () => {
		const url = `https://business.facebook.com/wa/manage/flows/${PUBLISHED}/`;
		const { main } = await getByName(url);
		expect(main[0]?.json['id']).toBe(PUBLISHED);
		expect(getRequests()).toEqual([`GET /${PUBLISHED}`]);
	});

	test('finds a flow beyond the first page', async () => {
		mockApi.settings.pageSize = 2;
		const { main } = await getByName('Ask for a quote');
		expect(main[0]?.json['id']).toBe('900000000000007');
	});

	test('fails for a write when the expression of the WABA ID returns nothing', async () => {
		const { error } = await getByName('Customer survey', {
			operation: 'publish',
			wabaId: '={{ $json.no }}',
		});
		expect(error?.message).toBe("The expression in 'WABA ID' returns nothing");
		expect(getRequests()).toEqual([]);
	});

	test('searches the node’s WABA', async () => {
		mockApi.account.wabas.set(EMPTY_WABA, [flow('1', { name: 'Customer survey' })]);
		const { main } = await getByName('Customer survey', { wabaId: EMPTY_WABA });
		expect(main[0]?.json['id']).toBe('1');
	});

	test.each(['customer survey', 'Customer survye', 'survey'])(
		'fails for %s and suggests the most similar names first',
		async (name) => {
			const { error } = await getByName(name);
			expect(error?.message).toBe(`No flow is named "${name}"`);
			expect(error?.description).toMatch(
				/^Use an exact name or a flow ID\. The most similar flows are "Customer survey" \(ID 900000000000002\), /,
			);
			expect(error?.description?.match(/\(ID /g)).toHaveLength(5);
			expect(getRequests()).toEqual(LIST);
		},
	);

	test('suggests the shorter of two names that have the same letters of the text', async () => {
		const flows = ['Customer survey of the second half of 2026', 'Customer survey'];
		mockApi.account.wabas.set(
			WABA,
			flows.map((name, index) => flow(String(index + 1), { name })),
		);
		const { error } = await getByName('customer surveys');
		expect(error?.description).toContain('similar flows are "Customer survey" (ID 2), ');
	});

	test('fails when several flows have the name, and lists their IDs', async () => {
		mockApi.flows[2]!.name = 'Customer survey';
		const { error } = await getByName('Customer survey');
		expect(error?.message).toBe('2 flows are named "Customer survey"');
		expect(error?.description).toContain(`${PUBLISHED}, 900000000000003`);
	});

	test('fails when the WABA has no flows', async () => {
		const { error } = await getByName('Customer survey', { wabaId: EMPTY_WABA });
		expect(error?.description).toMatch(/^There are no flows/);
	});

	test.each([' ', '={{ $json.nothing }}'])(
		'fails without a request for the name %j',
		async (name) => {
			const { error } = await getByName(name);
			expect(error?.message).toBe("'Flow' is empty");
			expect(getRequests()).toEqual([]);
		},
	);

	test('reads the list once for many items that only read', async () => {
		const items = Array.from({ length: 5 }, () => ({}));
		await getByName('Customer survey', {}, { items });
		expect(getRequests().filter((line) => line.endsWith('/flows'))).toHaveLength(1);
	});
});

describe('From List', () => {
	test('shows each flow with its name, status, and page in WhatsApp Manager', async () => {
		const { results, paginationToken } = await harness.searchFlows();
		expect(results).toHaveLength(7);
		expect(results.slice(0, 2)).toEqual([
			{
				name: 'Book an appointment',
				value: DRAFT,
				description: 'DRAFT',
				url: `https://business.facebook.com/wa/manage/flows/${DRAFT}/`,
			},
			expect.objectContaining({ name: 'Customer survey', description: 'PUBLISHED' }),
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

	test.each([
		['all flows', undefined, [DRAFT, '900000000000003', PUBLISHED, '900000000000004']],
		['the flows that match the search', 'r', [DRAFT, '900000000000003', PUBLISHED]],
	])('offers drafts first for Publish, among %s', async (_, filter, first) => {
		mockApi.settings.pageSize = 1;
		const { results } = await harness.searchFlows(filter, undefined, { operation: 'publish' });
		expect(results.slice(0, first.length).map(({ value }) => value)).toEqual(first);
	});

	test('offers a draft first for Publish when more than 100 other flows precede it', async () => {
		const flows = Array.from({ length: 120 }, (_, n) =>
			flow(String(n + 1), { status: n === 119 ? 'DRAFT' : 'PUBLISHED' }),
		);
		mockApi.account.wabas.set(WABA, flows);
		mockApi.settings.pageSize = 60;
		const { results } = await harness.searchFlows('', undefined, { operation: 'publish' });
		expect(results[0]?.value).toBe('120');
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

	test('returns at most 100 flows that match the search', async () => {
		const flows = Array.from({ length: 120 }, (_, index) => flow(String(index + 1)));
		mockApi.account.wabas.set(WABA, flows);
		const { results } = await harness.searchFlows('flow');
		expect(results).toHaveLength(100);
	});

	test('fails when the pages of a search take longer than a minute together', async () => {
		mockApi.settings.pageSize = 1;
		const now = vi.spyOn(Date, 'now');
		onTestFinished(() => now.mockRestore());
		mockApi.settings.always = () => {
			now.mockReturnValue(Date.now() + 30_000);
			return undefined;
		};
		await expect(harness.searchFlows('no match')).rejects.toThrow('Request timed out');
		expect(mockApi.requests).toHaveLength(2);
	});

	test('ends when the API ignores the cursor and sends the same page', async () => {
		const body = { data: [{ id: '1', name: 'a' }], paging: { cursors: { after: 'x' } } };
		mockApi.settings.always = () => ({ body });
		expect(await harness.searchFlows(undefined, 'x')).toEqual({ results: [] });
		expect(await harness.searchFlows('no match')).toEqual({ results: [] });
	});

	test('ends at an empty page with a cursor', async () => {
		mockApi.settings.always = () => ({ body: { data: [], paging: { cursors: { after: 'y' } } } });
		expect(await harness.searchFlows()).toEqual({ results: [] });
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
		expect((await harness.searchFlows()).results).toMatchObject([
			{ name: '1', value: '1', description: 'No status' },
		]);
	});

	test('lists the node’s WABA and not the credential’s', async () => {
		const { results } = await harness.searchFlows(undefined, undefined, { wabaId: EMPTY_WABA });
		expect(results).toEqual([]);
		expect(getRequests()).toEqual([`GET /${EMPTY_WABA}/flows`]);
	});

	test('names an unknown WABA', async () => {
		await expect(harness.searchFlows(undefined, undefined, { wabaId: '55' })).rejects.toThrow(
			'Kaleyra found no WABA 55 in this account',
		);
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
