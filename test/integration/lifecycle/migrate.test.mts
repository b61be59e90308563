import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { flow } from '../../mock-api/accounts.mts';
import type { Scripted } from '../../mock-api/faults.mts';
import type { RunOptions } from '../n8nHarness.mts';
import {
	DRAFT,
	EMPTY_WABA,
	getRequests,
	harness,
	mockApi,
	PUBLISHED,
	setUp,
	toJson,
	WABA,
} from '../setup.mts';
import { getWrites, LOST_RESPONSES, run, scriptWrites } from './setup.mts';

setUp();

const migrate = async (parameters: IDataObject = {}, options?: RunOptions) =>
	await run('migrate', { destinationWabaId: EMPTY_WABA, ...parameters }, options);
const POST = `POST /${WABA}/migrate_flows/${EMPTY_WABA}`;
const getDestination = () => mockApi.account.wabas.get(EMPTY_WABA)!;
const TWO = { flowNames: ['Book an appointment', PUBLISHED] };
const ROWS = [
	{
		source_id: DRAFT,
		source_name: 'Book an appointment',
		migrated_id: '910000000000001',
		migrated: true,
	},
	{
		source_id: PUBLISHED,
		source_name: 'Customer survey',
		migrated_id: '910000000000002',
		migrated: true,
	},
];
const CONFIRMED = ROWS.map((row) => ({ ...row, confirmed_by_list: true }));

describe('Migrate', () => {
	test('copies all flows and returns one paired item per flow', async () => {
		const { main } = await migrate({ allFlows: true });
		expect(main).toHaveLength(7);
		expect(main[0]).toMatchObject({ json: ROWS[0], pairedItem: { item: 0 } });
		expect(getWrites()).toEqual([POST]);
		expect(mockApi.requests.at(-1)?.body).toBe('');
		expect(getDestination().map(({ name, status }) => [name, status])).toContainEqual([
			'Customer survey',
			'PUBLISHED',
		]);
	});

	test('sends a flow once that is chosen by name and by ID', async () => {
		const { main } = await migrate({ flowNames: ['Book an appointment', DRAFT] });
		expect(toJson(main)).toEqual([ROWS[0]]);
		expect(mockApi.requests.at(-1)?.body).toBe('{"source_flow_names":["Book an appointment"]}');
	});

	test('fails without a write for a chosen flow that has no name', async () => {
		Reflect.deleteProperty(mockApi.flows[0]!, 'name');
		const { error } = await migrate({ flowNames: [DRAFT] });
		expect(error?.message).toBe(`Flow ${DRAFT} has no name, so it can't be chosen`);
		expect(getWrites()).toEqual([]);
	});

	test('copies chosen flows, by name or by ID', async () => {
		const { main } = await migrate(TWO);
		expect(toJson(main)).toEqual(ROWS);
		expect(mockApi.requests.at(-1)?.body).toBe(
			'{"source_flow_names":["Book an appointment","Customer survey"]}',
		);
		expect(mockApi.requests.at(-1)?.head).toContain('\r\nContent-Type: application/json\r\n');
	});

	test('offers the flows of the source, and of no other WABA', async () => {
		const load = async (wabaId: string) =>
			await harness.loadOptions('kaleyraFlows', 'listFlows', {
				resource: 'flow',
				operation: 'migrate',
				wabaId,
			});
		expect((await load(WABA))[0]).toMatchObject({ value: DRAFT });
		expect(await load(EMPTY_WABA)).toEqual([]);
	});

	test.each([
		['a JSON array as text', '["Book an appointment", "900000000000002"]'],
		['a JSON array as text after a space', ' ["Book an appointment", "900000000000002"]'],
		['comma-separated text', 'Book an appointment, 900000000000002'],
		['spaces around a name', [' Book an appointment ', PUBLISHED]],
		['a number', ['Book an appointment', 900000000000002]],
	])('accepts %s', async (_, flowNames) => {
		expect(
			toJson((await migrate({ flowNames: `={{ ${JSON.stringify(flowNames)} }}` })).main),
		).toEqual(ROWS);
	});

	test('splits text at commas only if it is the only entry', async () => {
		const { error } = await migrate({
			flowNames: ['Book an appointment, Customer survey', 'Track an order'],
		});
		expect(error?.message).toBe(`WABA ${WABA} has no flow "Book an appointment, Customer survey"`);
		expect(getWrites()).toEqual([]);
	});

	test.each(['["Hello, world"]', '"Hello, world"'])('accepts the name in %s', async (value) => {
		mockApi.flows[0]!.name = 'Hello, world';
		const { main } = await migrate({ flowNames: `={{ ${value} }}` });
		expect(main[0]?.json).toMatchObject({ source_name: 'Hello, world', migrated: true });
	});

	test('accepts a response in an envelope', async () => {
		mockApi.settings.envelope = true;
		expect(toJson((await migrate(TWO)).main)).toEqual(ROWS);
	});

	test('returns the code and message of a flow that was skipped', async () => {
		getDestination().push(flow('5', { name: 'Customer survey' }));
		const { main } = await migrate(TWO);
		expect(toJson(main)).toEqual([
			ROWS[0],
			{
				source_id: PUBLISHED,
				source_name: 'Customer survey',
				error_code: '4233041',
				error_message: 'A flow with this name already exists',
				migrated: false,
			},
		]);
	});

	test('reports a flow that an earlier item migrated as skipped', async () => {
		const { main } = await migrate({ flowNames: [PUBLISHED] }, { items: [{}, {}] });
		expect(main.map(({ json }) => json['migrated'])).toEqual([true, false]);
		expect(main[1]?.json['error_code']).toBe('4233041');
	});

	test('passes on unknown fields of the response', async () => {
		const row = { source_name: 'Customer survey', source_id: 5, migrated_id: 6, note: 'x' };
		scriptWrites({ status: 200, body: { migrated_flows: [row] } });
		expect(toJson((await migrate({ flowNames: [PUBLISHED] })).main)).toEqual([
			{ ...row, source_id: '5', migrated_id: '6', migrated: true },
		]);
	});

	test('ignores null and text among the rows, and passes on a flow that was not chosen', async () => {
		const other = { source_name: 'Another flow', migrated_id: '7' };
		scriptWrites({ status: 200, body: { migrated_flows: [null, 'x', other, ...ROWS] } });
		expect(toJson((await migrate(TWO)).main)).toEqual([{ ...other, migrated: true }, ...ROWS]);
	});

	test('recognizes a flow by its ID in a row without its name', async () => {
		const row = { source_id: PUBLISHED, migrated_id: '6' };
		scriptWrites({ status: 200, body: { migrated_flows: [row] } });
		expect(toJson((await migrate({ flowNames: [PUBLISHED] })).main)).toEqual([
			{ ...row, source_name: '', migrated: true },
		]);
	});

	test('sends nothing and shows a hint when the source has no flows', async () => {
		const { main, hints } = await migrate({
			wabaId: EMPTY_WABA,
			destinationWabaId: WABA,
			allFlows: true,
		});
		expect([main, hints]).toEqual([[], [`WABA ${EMPTY_WABA} has no flows to migrate.`]]);
		expect(getWrites()).toEqual([]);
	});

	test('accepts 100 names', async () => {
		const flows = Array.from({ length: 100 }, (_, index) => flow(String(index + 1)));
		mockApi.account.wabas.set(WABA, flows);
		const { main } = await migrate({ flowNames: flows.map(({ id }) => id) });
		expect(main).toHaveLength(100);
	});

	test('fails without a write for a flow that the source lacks', async () => {
		const { error } = await migrate({ flowNames: ['Nothing'] });
		expect(error?.message).toBe(`WABA ${WABA} has no flow "Nothing"`);
		expect(getWrites()).toEqual([]);
	});

	test.each<[string, IDataObject, RegExp]>([
		['the same WABA twice', { ...TWO, destinationWabaId: WABA }, /are the same$/],
		[
			'no destination',
			{ ...TWO, destinationWabaId: '={{ "" }}' },
			/^'Destination WABA ID' is empty$/,
		],
		[
			'letters',
			{ ...TWO, destinationWabaId: 'x' },
			/^'Destination WABA ID' must contain only digits/,
		],
		['an empty list', { flowNames: '={{ [] }}' }, /^'Flow Names or IDs' is empty$/],
		['a list with an empty name', { flowNames: '={{ [""] }}' }, /^'Flow Names or IDs' is empty$/],
		['empty text', { flowNames: '={{ "" }}' }, /^'Flow Names or IDs' is empty$/],
		['text for All Flows', { ...TWO, allFlows: '={{ "yes" }}' }, /^'All Flows' must be a boolean/],
		[
			'an expression without a source',
			{ ...TWO, wabaId: '={{ $json.no }}' },
			/^The expression in 'WABA ID' returns nothing$/,
		],
		['an object as a name', { flowNames: '={{ [{}] }}' }, /must contain only names and IDs/],
		[
			'101 flows',
			{ flowNames: '={{ Array.from({ length: 101 }, (_, i) => "a" + i) }}' },
			/has 101 flows$/,
		],
	])('rejects %s without any request', async (_, parameters, message) => {
		const { error } = await migrate(parameters);
		expect(error?.message).toMatch(message);
		expect(getRequests()).toEqual([]);
	});
});

describe('Migrate with an incomplete response', () => {
	const NOT_MENTIONED = {
		source_id: PUBLISHED,
		source_name: 'Customer survey',
		migrated: false,
		error_message: expect.stringContaining("response doesn't mention this flow"),
	};

	test('returns a row for a flow that the response omits', async () => {
		const [row] = ROWS;
		scriptWrites({ status: 200, body: { migrated_flows: [row], failed_flows: [] } });
		expect(toJson((await migrate(TWO)).main)).toEqual([row, NOT_MENTIONED]);
		expect(getWrites()).toEqual([POST]);
	});

	test.each<[string, Scripted]>([
		['code WA200 without flows', { status: 200, body: { code: 'WA200', data: {}, error: {} } }],
		['{}', { status: 200, body: {} }],
		['success: true', { status: 200, body: { success: true } }],
		['status 204', { status: 204, body: '' }],
	])('compares the lists after %s', async (_, response) => {
		scriptWrites({ ...response, applyFirst: true });
		expect(toJson((await migrate(TWO)).main)).toEqual(CONFIRMED);
	});

	test('is not sent again after code WA200 when the destination lacks the flow', async () => {
		scriptWrites({ status: 200, body: { code: 'WA200', data: {}, error: {} } });
		expect(toJson((await migrate({ flowNames: [PUBLISHED] })).main)).toEqual([NOT_MENTIONED]);
		expect(getWrites()).toEqual([POST]);
	});

	test('keeps the rejection of a flow that another execution migrated first', async () => {
		mockApi.settings.always = ({ method }) => {
			if (method === 'POST') getDestination().push(flow('5', { name: 'Customer survey' }));
			return undefined;
		};
		const { main } = await migrate({ flowNames: [PUBLISHED] });
		expect(toJson(main)).toMatchObject([{ migrated: false, error_code: '4233041' }]);
	});
});

describe('Migrate with an unknown outcome', () => {
	test.each(LOST_RESPONSES)(
		'compares the lists after %s and is sent once',
		async (_, fault, options) => {
			scriptWrites(fault);
			const { main } = await migrate({ ...TWO, options: { ...options, maxRetries: 2 } });
			expect(toJson(main)).toEqual(CONFIRMED);
			expect(getDestination()).toHaveLength(2);
			expect(getWrites()).toEqual([POST]);
		},
	);

	test('reports that it is unknown when the destination cannot be read', async () => {
		scriptWrites({ fault: 'reset', applyFirst: true });
		const { always } = mockApi.settings;
		mockApi.settings.always = (request) =>
			request.method === 'GET' && getWrites().length > 0
				? { status: 403, body: '' }
				: always?.(request);
		const { error } = await migrate({ ...TWO, options: { maxRetries: 0 } });
		expect(error?.description).toMatch(
			/^It's unknown whether the flows were migrated, because reading the destination failed/,
		);
		expect(getWrites()).toEqual([POST]);
	});

	test.each<[string, Scripted]>([
		['a connection reset', { fault: 'reset' }],
		['JSON of another service', { status: 200, body: { note: 'x' } }],
	])('is sent again after %s when no flow has arrived', async (_, response) => {
		scriptWrites(response);
		expect(toJson((await migrate(TWO)).main)).toEqual(ROWS);
		expect(getWrites()).toEqual([POST, POST]);
	});

	test('finds flows that the first request migrated after the second one was sent', async () => {
		let posts = 0;
		mockApi.settings.always = ({ method, target }) => {
			if (method === 'POST')
				return ++posts === 1 ? { fault: 'reset', applyFirst: true } : undefined;
			const isStale = posts === 1 && target.includes(EMPTY_WABA);
			return isStale ? { status: 200, body: { data: [] } } : undefined;
		};
		expect(toJson((await migrate(TWO)).main)).toEqual(CONFIRMED);
		expect(getDestination()).toHaveLength(2);
	});

	test('is not sent again when some flows have arrived, and says which are missing', async () => {
		mockApi.settings.always = ({ method }) => {
			if (method !== 'POST') return undefined;
			getDestination().push(flow('910000000000001', { name: 'Book an appointment' }));
			return { fault: 'reset' };
		};
		const { main } = await migrate(TWO);
		expect(toJson(main)).toEqual([
			CONFIRMED[0],
			{
				source_id: PUBLISHED,
				source_name: 'Customer survey',
				migrated: false,
				error_message: expect.stringContaining("It's unknown whether the flow was migrated"),
			},
		]);
		expect(getWrites()).toEqual([POST]);
	});

	test('does not take a flow that was there before for a migrated one', async () => {
		getDestination().push(flow('5', { name: 'Customer survey' }));
		scriptWrites({ fault: 'reset' }, { fault: 'reset' });
		const { error } = await migrate({ ...TWO, options: { maxRetries: 1 } });
		expect(error?.description).toMatch(
			/^It's unknown whether the flows were migrated\. The destination still lacks all flows that it lacked before, so/,
		);
	});

	test('does not take a flow that an earlier item migrated for a migrated one', async () => {
		scriptWrites(undefined, { fault: 'reset' });
		const { main } = await migrate({ flowNames: [PUBLISHED] }, { items: [{}, {}] });
		expect(toJson(main)).toMatchObject([
			{ migrated: true },
			{ migrated: false, error_message: 'The destination already had a flow with this name' },
		]);
	});

	test('finds a flow that an earlier item could not migrate', async () => {
		const failed = { source_name: 'Customer survey', error_code: '1', error_message: 'Try later' };
		const rejection = { status: 200, body: { failed_flows: [failed] } };
		scriptWrites(rejection, { fault: 'reset', applyFirst: true });
		const { main } = await migrate({ flowNames: [PUBLISHED] }, { items: [{}, {}] });
		expect(toJson(main)).toMatchObject([
			{ ...failed, migrated: false },
			{ migrated: true, confirmed_by_list: true },
		]);
	});

	test('says that the destination already had all flows', async () => {
		getDestination().push(flow('5', { name: 'Customer survey' }));
		scriptWrites({ fault: 'reset' });
		expect(toJson((await migrate({ flowNames: [PUBLISHED] })).main)).toMatchObject([
			{ migrated: false, error_message: 'The destination already had a flow with this name' },
		]);
		expect(getWrites()).toEqual([POST]);
	});

	test('is not sent again when the list of the destination may be incomplete', async () => {
		mockApi.settings.cursors = 'ignored';
		mockApi.settings.pageSize = 2;
		getDestination().push(...['5', '6', '7'].map((id) => flow(id)));
		scriptWrites({ fault: 'reset' });
		const { error } = await migrate({ flowNames: [DRAFT] });
		expect(error?.description).toContain('in the part of the list that could be read');
		expect(getWrites()).toEqual([POST]);
	});
});
