import { describe, expect, test } from 'vitest';
import type { IDataObject } from 'n8n-workflow';
import { flow } from '../mock-api/accounts.mts';
import {
	DRAFT,
	EMPTY_WABA,
	harness,
	getMany,
	jsonOf,
	PUBLISHED,
	mockApi,
	sent,
	setUp,
	WABA,
} from './setup.mts';

setUp();

const ALL = [1, 2, 3, 4, 5, 6, 7].map((n) => `90000000000000${n}`);
const ids = async (parameters: IDataObject) =>
	(await getMany(parameters)).main.map(({ json }) => json['id']);
const page = (data: unknown[], after?: string) => () => ({
	body: { data, ...(after && { paging: { cursors: { after } } }) },
});

describe('Get Many', () => {
	test('gives a flow as Kaleyra lists it, without asking for fields', async () => {
		const { main } = await getMany({ limit: 1 });
		expect(sent()).toEqual([`GET /${WABA}/flows`]);
		expect(jsonOf(main)).toEqual([
			{
				id: DRAFT,
				name: 'Book an appointment',
				status: 'DRAFT',
				categories: ['APPOINTMENT_BOOKING'],
				validation_errors: [],
			},
		]);
	});

	test('gives 50 flows at most when nothing is set', async () => {
		const flows = Array.from({ length: 60 }, (_, n) => flow(String(1_000 + n)));
		mockApi.account.wabas.set(WABA, flows);
		expect(await ids({})).toEqual(flows.slice(0, 50).map(({ id }) => id));
	});

	test('reads all pages with Return All, and one more to see the end', async () => {
		mockApi.settings.pageSize = 3;
		expect(await ids({ returnAll: true })).toEqual(ALL);
		expect(sent()).toEqual([
			`GET /${WABA}/flows`,
			`GET /${WABA}/flows?after=Mw%3D%3D`,
			`GET /${WABA}/flows?after=Ng%3D%3D`,
			`GET /${WABA}/flows?after=Nw%3D%3D`,
		]);
	});

	test('gives everything with Return All, whatever limit was left behind', async () => {
		expect(await ids({ returnAll: true, limit: 2 })).toEqual(ALL);
	});

	test.each([
		[2, 1],
		[3, 1],
		[4, 2],
		[6, 2],
	])('with limit %i reads %i page(s) of three', async (limit, pages) => {
		mockApi.settings.pageSize = 3;
		expect(await ids({ limit })).toEqual(ALL.slice(0, limit));
		expect(sent()).toHaveLength(pages);
	});

	test('gives no items for a WABA without flows', async () => {
		const { main, status, hints } = await getMany({ wabaId: EMPTY_WABA });
		expect([main, status, hints]).toEqual([[], 'success', []]);
	});

	test('reads the WABA of the node, rather than the credential’s', async () => {
		await getMany({ wabaId: ` ${EMPTY_WABA} ` });
		expect(sent()).toEqual([`GET /${EMPTY_WABA}/flows`]);
	});

	test('takes a WABA ID that an expression made a number', async () => {
		await getMany({ wabaId: `={{ ${EMPTY_WABA} }}` });
		expect(sent()).toEqual([`GET /${EMPTY_WABA}/flows`]);
	});

	test('works without a WABA in the credential', async () => {
		harness.credential = { ...harness.credential, wabaId: '' };
		expect(await ids({ wabaId: WABA })).toEqual(ALL);
	});
});

describe('Filters', () => {
	test.each<[string, IDataObject, number[]]>([
		['a status', { status: ['PUBLISHED'] }, [2, 7]],
		['two statuses', { status: ['BLOCKED', 'DEPRECATED'] }, [5, 6]],
		['a status as text', { status: '={{ "BLOCKED, DEPRECATED" }}' }, [5, 6]],
		['a category', { category: ['CUSTOMER_SUPPORT'] }, [2]],
		['two categories', { category: ['SIGN_UP', 'LEAD_GENERATION'] }, [3, 7]],
		['a part of the name, in any case', { name: ' A QUOTE ' }, [7]],
		['all three', { status: ['PUBLISHED'], category: ['SURVEY'], name: 'customer' }, [2]],
		['two that no flow passes both', { status: ['DRAFT'], name: 'quote' }, []],
		['nothing chosen', { status: [], category: [], name: '' }, [1, 2, 3, 4, 5, 6, 7]],
		['a status that no page names', { status: ['SUSPENDED'] }, []],
	])('keep flows by %s', async (_, filters, kept) => {
		expect(await ids({ filters })).toEqual(kept.map((n) => ALL[n - 1]));
		expect(sent()[0]).toBe(`GET /${WABA}/flows`);
	});

	test('count before the limit, and stop the reading there', async () => {
		mockApi.settings.pageSize = 2;
		expect(await ids({ limit: 1, filters: { status: ['PUBLISHED'] } })).toEqual([PUBLISHED]);
		expect(sent()).toHaveLength(1);
		mockApi.requests.length = 0;
		expect(await ids({ limit: 2, filters: { status: ['PUBLISHED'] } })).toEqual([ALL[1], ALL[6]]);
		expect(sent()).toHaveLength(4);
	});

	test('work on fields that were not picked, which stay out of the items', async () => {
		const { main } = await getMany({
			fields: ['updated_at'],
			filters: { status: ['PUBLISHED'], category: ['SURVEY'], name: 'survey' },
		});
		expect(jsonOf(main)).toEqual([{ id: PUBLISHED, updated_at: '2026-10-01T08:00:00+0000' }]);
		expect(sent()[0]).toBe(
			`GET /${WABA}/flows?fields=id%252Cupdated_at%252Cstatus%252Ccategories%252Cname`,
		);
	});

	test('leave a field in the items that was picked', async () => {
		const { main } = await getMany({ fields: ['status'], filters: { status: ['DEPRECATED'] } });
		expect(jsonOf(main)).toEqual([{ id: ALL[5], status: 'DEPRECATED' }]);
	});

	test('take a flow without name or categories for one that does not match', async () => {
		mockApi.settings.script = [page([{ id: '1' }, { id: '2', name: null, categories: null }])];
		expect(await ids({ filters: { name: 'x', category: ['OTHER'] } })).toEqual([]);
	});
});

describe('Picked fields', () => {
	test.each<[string, unknown]>([
		['chosen', ['name', 'status']],
		['from an expression that gives an array', '={{ ["name", "status"] }}'],
		['from an expression that gives text', '={{ "name, status" }}'],
		['as text with the ID in it', 'id,name,status'],
		['chosen twice', ['name', 'status', 'name']],
	])('%s are what the items hold, with the ID', async (_, fields) => {
		const { main } = await getMany({ limit: 1, fields } as IDataObject);
		expect(jsonOf(main)).toEqual([{ id: DRAFT, name: 'Book an appointment', status: 'DRAFT' }]);
		expect(sent()).toEqual([`GET /${WABA}/flows?fields=id%252Cname%252Cstatus`]);
	});

	test('go out although no page names them', async () => {
		const { main } = await getMany({ limit: 1, fields: 'name,preview' });
		expect(sent()).toEqual([`GET /${WABA}/flows?fields=id%252Cname%252Cpreview`]);
		expect(jsonOf(main)).toEqual([{ id: DRAFT, name: 'Book an appointment' }]);
	});
});

describe('A list that cannot be trusted', () => {
	test('begins again for ever: its flows come once, with a hint', async () => {
		mockApi.settings.always = page([{ id: '1' }, { id: '2' }], 'a');
		const { main, hints } = await getMany({ returnAll: true });
		expect(jsonOf(main)).toEqual([{ id: '1' }, { id: '2' }]);
		expect(sent()).toHaveLength(2);
		expect(hints).toEqual([
			`WABA ${WABA}: Kaleyra began to repeat itself, so it cannot be told whether that was all. Flows returned: 2.`,
		]);
	});

	test('has a status that no page names: it passes', async () => {
		mockApi.settings.script = [page([{ id: '1', status: 'SUSPENDED', categories: ['NEW'] }])];
		expect(jsonOf((await getMany()).main)).toEqual([
			{ id: '1', status: 'SUSPENDED', categories: ['NEW'] },
		]);
	});

	test('has long IDs as numbers: they keep their digits', async () => {
		mockApi.settings.script = [
			() => ({ body: '{"data":[{"id":90071992547409931234},{"id":900000000000001}]}' }),
		];
		expect(jsonOf((await getMany()).main)).toEqual([
			{ id: '90071992547409931234' },
			{ id: '900000000000001' },
		]);
	});

	test('has an address of the next page at Meta: it is not called', async () => {
		const next = `${mockApi.origin}/v19.0/flows?access_token=meta&after=b`;
		mockApi.settings.script = [() => ({ body: { data: [{ id: '1' }], paging: { next } } })];
		expect(await ids({ returnAll: true })).toEqual(['1']);
		expect(sent()).toEqual([`GET /${WABA}/flows`]);
	});

	test.each<[string, unknown]>([
		['a web page', '<html>Welcome</html>'],
		['nothing', ''],
		['an object without data', { status: 'up' }],
	])('is no list but %s: that is said', async (_, body) => {
		mockApi.settings.always = () => ({ body });
		const { error, main } = await getMany();
		expect(main).toEqual([]);
		expect(error?.message).toMatch(/no answer of Kaleyra/);
		expect(error?.description).toContain('API Domain');
	});
});

describe('Get', () => {
	test('gives the fields that Kaleyra gives by default', async () => {
		const { main } = await harness.run({ resource: 'flow', operation: 'get', flowId: DRAFT });
		expect(Object.keys(main[0]?.json ?? {}).sort()).toEqual([
			'categories',
			'id',
			'name',
			'status',
			'validation_errors',
		]);
	});

	test('gives just the fields picked, with the ID that comes unasked', async () => {
		const { main } = await harness.run({
			resource: 'flow',
			operation: 'get',
			flowId: DRAFT,
			fields: ['json_version', 'endpoint_uri'],
		});
		expect(jsonOf(main)).toEqual([{ id: DRAFT, json_version: '7.1' }]);
	});
});

describe('A list that many ask for', () => {
	const hundred = Array.from({ length: 100 }, () => ({}));

	test('costs one list, and every item gets it', async () => {
		const { main } = await getMany({ returnAll: true }, { items: hundred });
		expect(main).toHaveLength(100 * mockApi.flows.length);
		expect(sent()).toHaveLength(2);
		expect(new Set(main.map(({ pairedItem }) => JSON.stringify(pairedItem))).size).toBe(100);
	});

	test('gives each item flows of its own, so that a change to one is no change to all', async () => {
		const { main } = await getMany({ limit: 1 }, { items: [{}, {}] });
		expect(main[0]!.json).toEqual(main[1]!.json);
		expect(main[0]!.json).not.toBe(main[1]!.json);
	});

	test('gives its hint once', async () => {
		mockApi.settings.cursors = 'ignored';
		const { hints } = await getMany({ returnAll: true }, { items: hundred.slice(0, 20) });
		expect(hints).toHaveLength(1);
	});
});

describe('A list in another shape', () => {
	test('is read on where it is wrapped', async () => {
		const page = (id: string, after?: string) => () => ({
			body: { code: 'WA200', data: [{ id }], paging: { cursors: { after } }, error: {} },
		});
		mockApi.settings.script = [page('1', 'x'), page('2')];
		const { main } = await getMany({ returnAll: true });
		expect(jsonOf(main)).toEqual([{ id: '1' }, { id: '2' }]);
	});

	test('that lacks the filtered field is told, rather than coming out empty', async () => {
		mockApi.settings.always = () => ({ body: { data: [{ id: '1' }] } });
		const { error } = await getMany({ filters: { status: ['BLOCKED'] } });
		expect(error?.message).toBe(
			'Kaleyra gave no status of any flow, so the filter cannot be applied',
		);
	});

	test.each(['ignored', 'loop', 'overlap'] as const)(
		'gives each flow once with cursors: %s',
		async (cursors) => {
			mockApi.settings.pageSize = 3;
			mockApi.settings.cursors = cursors;
			const { main } = await getMany({ returnAll: true });
			const ids = main.map(({ json }) => json['id']);
			expect(ids).toEqual(
				mockApi.flows.slice(0, cursors === 'ignored' ? 3 : 7).map(({ id }) => id),
			);
		},
	);
});

test('A status filter takes small letters', async () => {
	const { main } = await getMany({ filters: { status: '=blocked' } });
	expect(main).toHaveLength(1);
});

test('Return All that is text is refused, rather than read as "no"', async () => {
	const { error } = await getMany({ returnAll: '={{ "true" }}' });
	expect(error?.message).toMatch(/^Return All is neither true nor false/);
	expect(sent()).toEqual([]);
});
