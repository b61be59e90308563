import { describe, expect, test } from 'vitest';
import type { IDataObject } from 'n8n-workflow';
import { flow } from '../mock-api/accounts.mts';
import { withFailure } from './failure.mts';
import {
	DRAFT,
	EMPTY_WABA,
	harness,
	getMany,
	getRequests,
	PUBLISHED,
	mockApi,
	setUp,
	toJson,
	WABA,
} from './setup.mts';

setUp();

const ALL_IDS = [1, 2, 3, 4, 5, 6, 7].map((n) => `90000000000000${n}`);
const getIds = async (parameters: IDataObject) =>
	(await getMany(parameters)).main.map(({ json }) => json['id']);
const createPage = (data: unknown[], after?: string) => () => ({
	body: { data, ...(after && { paging: { cursors: { after } } }) },
});

describe('Get Many', () => {
	test('returns the default fields of the API', async () => {
		const { main } = await getMany({ limit: 1 });
		expect(getRequests()).toEqual([`GET /${WABA}/flows`]);
		expect(toJson(main)).toEqual([
			{
				id: DRAFT,
				name: 'Book an appointment',
				status: 'DRAFT',
				categories: ['APPOINTMENT_BOOKING'],
				validation_errors: [],
			},
		]);
	});

	test('returns at most 50 flows by default', async () => {
		const flows = Array.from({ length: 60 }, (_, n) => flow(String(1_000 + n)));
		mockApi.account.wabas.set(WABA, flows);
		expect(await getIds({})).toEqual(flows.slice(0, 50).map(({ id }) => id));
	});

	test('reads pages up to the empty one with Return All', async () => {
		mockApi.settings.pageSize = 3;
		expect(await getIds({ returnAll: true })).toEqual(ALL_IDS);
		expect(getRequests()).toEqual([
			`GET /${WABA}/flows`,
			`GET /${WABA}/flows?after=Mw%3D%3D`,
			`GET /${WABA}/flows?after=Ng%3D%3D`,
			`GET /${WABA}/flows?after=Nw%3D%3D`,
		]);
	});

	test('ignores Limit with Return All', async () => {
		expect(await getIds({ returnAll: true, limit: 2 })).toEqual(ALL_IDS);
	});

	test.each([
		[2, 1],
		[3, 1],
		[4, 2],
		[6, 2],
	])('with Limit %i reads %i page(s) of three flows', async (limit, pages) => {
		mockApi.settings.pageSize = 3;
		expect(await getIds({ limit })).toEqual(ALL_IDS.slice(0, limit));
		expect(getRequests()).toHaveLength(pages);
	});

	test('returns no items for a WABA without flows', async () => {
		const { main, status, hints } = await getMany({ wabaId: EMPTY_WABA });
		expect([main, status, hints]).toEqual([[], 'success', []]);
	});

	test('lists the node’s WABA and not the credential’s', async () => {
		await getMany({ wabaId: ` ${EMPTY_WABA} ` });
		expect(getRequests()).toEqual([`GET /${EMPTY_WABA}/flows`]);
	});

	test('accepts a WABA ID that an expression returns as a number', async () => {
		await getMany({ wabaId: `={{ ${EMPTY_WABA} }}` });
		expect(getRequests()).toEqual([`GET /${EMPTY_WABA}/flows`]);
	});

	test('lists the credential’s WABA when an expression returns null', async () => {
		expect(await getIds({ wabaId: '={{ null }}' })).toEqual(ALL_IDS);
	});

	test('needs no WABA in the credential when the node has one', async () => {
		harness.credential = { ...harness.credential, wabaId: '' };
		expect(await getIds({ wabaId: WABA })).toEqual(ALL_IDS);
	});
});

describe('Get Many filters', () => {
	test.each<[string, IDataObject, number[]]>([
		['a status', { status: ['PUBLISHED'] }, [2, 7]],
		['two statuses', { status: ['BLOCKED', 'DEPRECATED'] }, [5, 6]],
		['comma-separated statuses', { status: '={{ "BLOCKED, DEPRECATED" }}' }, [5, 6]],
		['a category', { category: ['CUSTOMER_SUPPORT'] }, [2]],
		['two categories', { category: ['SIGN_UP', 'LEAD_GENERATION'] }, [3, 7]],
		['part of the name, case-insensitive', { name: ' A QUOTE ' }, [7]],
		[
			'status, category, and name',
			{ status: ['PUBLISHED'], category: ['SURVEY'], name: 'customer' },
			[2],
		],
		['two conditions that no flow meets', { status: ['DRAFT'], name: 'quote' }, []],
		[
			'nothing when all filters are empty',
			{ status: [], category: [], name: '' },
			[1, 2, 3, 4, 5, 6, 7],
		],
		['an undocumented status', { status: ['SUSPENDED'] }, []],
	])('select flows by %s', async (_, filters, selected) => {
		expect(await getIds({ filters })).toEqual(selected.map((n) => ALL_IDS[n - 1]));
		expect(getRequests()[0]).toBe(`GET /${WABA}/flows`);
	});

	test('are applied before Limit, which ends the pagination', async () => {
		mockApi.settings.pageSize = 2;
		expect(await getIds({ limit: 1, filters: { status: ['PUBLISHED'] } })).toEqual([PUBLISHED]);
		expect(getRequests()).toHaveLength(1);
		mockApi.requests.length = 0;
		expect(await getIds({ limit: 2, filters: { status: ['PUBLISHED'] } })).toEqual([
			ALL_IDS[1],
			ALL_IDS[6],
		]);
		expect(getRequests()).toHaveLength(4);
	});

	test('request the fields they need and leave them out of the items', async () => {
		const { main } = await getMany({
			fields: ['updated_at'],
			filters: { status: ['PUBLISHED'], category: ['SURVEY'], name: 'survey' },
		});
		expect(toJson(main)).toEqual([{ id: PUBLISHED, updated_at: '2026-10-01T08:00:00+0000' }]);
		expect(getRequests()[0]).toBe(
			`GET /${WABA}/flows?fields=id%252Cupdated_at%252Cstatus%252Ccategories%252Cname`,
		);
	});

	test('keep a filtered field in the items when it is selected', async () => {
		const { main } = await getMany({ fields: ['status'], filters: { status: ['DEPRECATED'] } });
		expect(toJson(main)).toEqual([{ id: ALL_IDS[5], status: 'DEPRECATED' }]);
	});

	test('exclude a flow without the filtered fields', async () => {
		mockApi.settings.script = [
			createPage([{ id: '1' }, { id: '2', name: null, categories: null }]),
		];
		expect(await getIds({ filters: { name: 'x', category: ['OTHER'] } })).toEqual([]);
	});

	test('exclude a flow without a name, whatever part of a name is searched', async () => {
		mockApi.settings.script = [
			createPage([{ id: '1' }, { id: '2', name: null }, { id: '3', name: 'Menu' }]),
		];
		expect(await getIds({ filters: { name: 'e' } })).toEqual(['3']);
	});

	test('return no items for a WABA without flows', async () => {
		const filters = { status: ['DRAFT'], name: 'survey' };
		const { main, status } = await getMany({ wabaId: EMPTY_WABA, filters });
		expect([main, status]).toEqual([[], 'success']);
	});
});

describe('Get Many fields', () => {
	test.each<[string, unknown]>([
		['the list', ['name', 'status']],
		['an expression that returns an array', '={{ ["name", "status"] }}'],
		['an expression that returns comma-separated text', '={{ "name, status" }}'],
		['text that includes the ID', 'id,name,status'],
		['a list with duplicates', ['name', 'status', 'name']],
	])('limit the items to the ID and the fields from %s', async (_, fields) => {
		const { main } = await getMany({ limit: 1, fields } as IDataObject);
		expect(toJson(main)).toEqual([{ id: DRAFT, name: 'Book an appointment', status: 'DRAFT' }]);
		expect(getRequests()).toEqual([`GET /${WABA}/flows?fields=id%252Cname%252Cstatus`]);
	});

	test('are sent also when they are undocumented', async () => {
		mockApi.settings.unknownFields = 'ignore';
		const { main } = await getMany({ limit: 1, fields: 'name,preview' });
		expect(getRequests()).toEqual([`GET /${WABA}/flows?fields=id%252Cname%252Cpreview`]);
		expect(toJson(main)).toEqual([{ id: DRAFT, name: 'Book an appointment' }]);
	});
});

describe('Get Many with unexpected responses', () => {
	test('returns each flow once and adds a hint when the API repeats a page', async () => {
		mockApi.settings.always = createPage([{ id: '1' }, { id: '2' }], 'a');
		const { main, hints } = await getMany({ returnAll: true });
		expect(toJson(main)).toEqual([{ id: '1' }, { id: '2' }]);
		expect(getRequests()).toHaveLength(2);
		expect(hints).toEqual([
			`WABA ${WABA}: Kaleyra started to repeat pages, so the list may be incomplete. Flows returned: 2.`,
		]);
	});

	test('passes through an undocumented status and category', async () => {
		mockApi.settings.script = [createPage([{ id: '1', status: 'SUSPENDED', categories: ['NEW'] }])];
		expect(toJson((await getMany()).main)).toEqual([
			{ id: '1', status: 'SUSPENDED', categories: ['NEW'] },
		]);
	});

	test('keeps all digits of long numeric IDs', async () => {
		mockApi.settings.script = [
			() => ({ body: '{"data":[{"id":90071992547409931234},{"id":900000000000001}]}' }),
		];
		expect(toJson((await getMany()).main)).toEqual([
			{ id: '90071992547409931234' },
			{ id: '900000000000001' },
		]);
	});

	test('does not request the URL of a next page', async () => {
		const next = `${mockApi.origin}/v19.0/flows?access_token=meta&after=b`;
		mockApi.settings.script = [() => ({ body: { data: [{ id: '1' }], paging: { next } } })];
		expect(await getIds({ returnAll: true })).toEqual(['1']);
		expect(getRequests()).toEqual([`GET /${WABA}/flows`]);
	});

	test.each<[string, unknown]>([
		['an HTML page', '<html>Welcome</html>'],
		['an empty body', ''],
		['an object without data', { status: 'up' }],
	])('fails when the response is %s', async (_, body) => {
		mockApi.settings.always = () => ({ body });
		const { error, main } = await getMany();
		expect(main).toEqual([]);
		expect(error?.message).toMatch(/Unexpected response from Kaleyra/);
		expect(error?.description).toContain('API Domain');
	});
});

describe('Get', () => {
	test('returns the default fields of the API', async () => {
		const { main } = await harness.run({ resource: 'flow', operation: 'get', flowId: DRAFT });
		expect(Object.keys(main[0]?.json ?? {}).sort()).toEqual([
			'categories',
			'id',
			'name',
			'status',
			'validation_errors',
		]);
	});

	test('returns the selected fields and the ID', async () => {
		const { main } = await harness.run({
			resource: 'flow',
			operation: 'get',
			flowId: DRAFT,
			fields: ['json_version', 'endpoint_uri'],
		});
		expect(toJson(main)).toEqual([{ id: DRAFT, json_version: '7.1' }]);
	});
});

describe('Get Many for many items', () => {
	const hundredItems = Array.from({ length: 100 }, () => ({}));

	test('reads the list once and returns it for each item', async () => {
		const { main } = await getMany({ returnAll: true }, { items: hundredItems });
		expect(main).toHaveLength(100 * mockApi.flows.length);
		expect(getRequests()).toHaveLength(2);
		expect(new Set(main.map(({ pairedItem }) => JSON.stringify(pairedItem))).size).toBe(100);
	});

	test('does not share flow objects between items', async () => {
		const { main } = await getMany({ limit: 1 }, { items: [{}, {}] });
		expect(main[0]!.json).toEqual(main[1]!.json);
		expect(main[0]!.json).not.toBe(main[1]!.json);
	});

	test('adds its hint once', async () => {
		mockApi.settings.cursors = 'ignored';
		const { hints } = await getMany({ returnAll: true }, { items: hundredItems.slice(0, 20) });
		expect(hints).toHaveLength(1);
	});
});

describe('Get Many pagination', () => {
	test('follows the cursor of a list in the code, message, data, error envelope', async () => {
		const createWrappedPage = (id: string, after?: string) => () => ({
			body: { code: 'WA200', data: [{ id }], paging: { cursors: { after } }, error: {} },
		});
		mockApi.settings.script = [createWrappedPage('1', 'x'), createWrappedPage('2')];
		const { main } = await getMany({ returnAll: true });
		expect(toJson(main)).toEqual([{ id: '1' }, { id: '2' }]);
	});

	test('fails when no flow has the filtered field', async () => {
		mockApi.settings.always = () => ({ body: { data: [{ id: '1' }] } });
		const { error } = await getMany({ filters: { status: ['BLOCKED'] } });
		expect(error?.message).toBe("Can't filter by 'status': Kaleyra didn't return this field");
		expect(error).toMatchObject(withFailure('configuration-invalid'));
	});

	test.each(['ignored', 'loop', 'overlap'] as const)(
		'returns each flow once when cursors are broken (%s)',
		async (cursors) => {
			mockApi.settings.pageSize = 3;
			mockApi.settings.cursors = cursors;
			expect(await getIds({ returnAll: true })).toEqual(
				ALL_IDS.slice(0, cursors === 'ignored' ? 3 : 7),
			);
		},
	);
});

test('Get Many accepts a status filter in lower case', async () => {
	const { main } = await getMany({ filters: { status: '=blocked' } });
	expect(main).toHaveLength(1);
});

test('Get Many rejects text for Return All', async () => {
	const { error } = await getMany({ returnAll: '={{ "true" }}' });
	expect(error?.message).toMatch(/^'Return All' must be a boolean/);
	expect(getRequests()).toEqual([]);
});

describe('Get Many hints', () => {
	test('name fields that no flow has', async () => {
		mockApi.settings.unknownFields = 'ignore';
		const { main, hints } = await getMany({ fields: ['name', 'bogus', 'colour'] });
		expect(main[0]?.json).toEqual({ id: DRAFT, name: 'Book an appointment' });
		expect(hints).toEqual(["Kaleyra didn't return bogus, colour. Check the spelling in 'Fields'."]);
	});

	test('are absent when all fields are returned, or there are no flows', async () => {
		expect((await getMany({ fields: ['name', 'updated_at'] })).hints).toEqual([]);
		mockApi.settings.unknownFields = 'ignore';
		expect((await getMany({ fields: ['bogus'], wabaId: EMPTY_WABA })).hints).toEqual([]);
	});

	test('say when the credential’s WABA was used because an expression is empty', async () => {
		const items = [{ waba: EMPTY_WABA }, {}, { waba: '' }];
		const { hints } = await getMany({ wabaId: '={{ $json.waba }}' }, { items });
		expect(hints).toEqual([
			`'WABA ID' is empty for some items, so the credential's was used (${WABA}).`,
		]);
		expect((await getMany({ wabaId: '' }, { items })).hints).toEqual([]);
	});
});

test('Get Many adds the WABA ID to each flow on request', async () => {
	const { main } = await getMany({ fields: ['name'], options: { includeWabaId: true } });
	expect(main[0]?.json).toEqual({ id: DRAFT, name: 'Book an appointment', waba_id: WABA });
});

test('Get Many calls an unknown WABA ID an unknown WABA ID', async () => {
	const { error } = await getMany({ wabaId: '55' });
	expect(error?.message).toBe('Kaleyra found no WABA 55 in this account');
	expect(error?.description).toMatch(
		/^Check the WABA ID, .* Kaleyra calls it a flow_id: "The flow_id either .*" \(code WA-401, HTTP 500\)$/,
	);
});
