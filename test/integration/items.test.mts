import { beforeEach, describe, expect, test } from 'vitest';
import { flow } from '../mock-api/accounts.mts';
import type { RunOptions } from './n8nHarness.mts';
import {
	DRAFT,
	EMPTY_WABA,
	harness,
	get,
	getMany,
	itemsOf,
	jsonOf,
	NO_SUCH,
	posts,
	publish,
	PUBLISHED,
	mockApi,
	sent,
	setUp,
	update,
	WABA,
} from './setup.mts';

setUp();

const ID = '={{ $json.id }}';
const OTHER_DRAFT = '900000000000003';
const NOT_YOURS = 'The flow_id either does not exist or does not belong to the account.';
/** As in the node's settings; without one the workflow stops. */
const CONTINUE: RunOptions['onError'][] = ['continueRegularOutput', 'continueErrorOutput'];

const noFaults = () => {
	for (const flow of mockApi.flows) flow.validation_errors = [];
};

const OPERATIONS: [string, (ids: unknown[], run?: RunOptions) => ReturnType<typeof get>][] = [
	['Get', async (ids, run) => await get(ID, {}, { items: itemsOf(...ids), ...run })],
	['Publish', async (ids, run) => await publish(ID, {}, { items: itemsOf(...ids), ...run })],
	[
		'Update Metadata',
		async (ids, run) =>
			await update(ID, { categories: ['OTHER'] }, { items: itemsOf(...ids), ...run }),
	],
];

describe.each(OPERATIONS)('%s of three items', (_, execute) => {
	test('gives one item for each, in their order and paired', async () => {
		noFaults();
		const ids = [OTHER_DRAFT, DRAFT, PUBLISHED];
		const { main } = await execute(ids);
		expect(main.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual(
			ids.map((id, item) => [id, { item }]),
		);
	});

	test('stops at the one that fails, and names it', async () => {
		noFaults();
		const { main, error, status } = await execute([DRAFT, NO_SUCH, OTHER_DRAFT]);
		expect([main, status]).toEqual([[], 'error']);
		expect(error).toMatchObject({ message: NOT_YOURS, httpCode: '500', context: { itemIndex: 1 } });
		expect(error?.description).toContain('Check the flow ID');
	});

	test('puts an error in the place of the one that fails, if set to continue', async () => {
		noFaults();
		const { main, errors, status } = await execute([DRAFT, NO_SUCH, OTHER_DRAFT], {
			onError: 'continueRegularOutput',
		});
		expect([errors, status]).toEqual([[], 'success']);
		expect(main).toEqual([
			{ json: expect.objectContaining({ id: DRAFT }), pairedItem: { item: 0 } },
			{
				json: {
					error: NOT_YOURS,
					details: {
						description: expect.stringContaining('(code WA-401, HTTP 500)'),
						httpCode: '500',
						response: {
							code: 'WA-401',
							message: NOT_YOURS,
							data: {},
							error: { flow_id: NOT_YOURS },
						},
					},
				},
				pairedItem: { item: 1 },
			},
			{ json: expect.objectContaining({ id: OTHER_DRAFT }), pairedItem: { item: 2 } },
		]);
	});

	test('sends the one that fails to the error output, with the fields it came with', async () => {
		noFaults();
		const { main, errors } = await execute([DRAFT, NO_SUCH, OTHER_DRAFT], {
			onError: 'continueErrorOutput',
		});
		expect(main.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual([
			[DRAFT, { item: 0 }],
			[OTHER_DRAFT, { item: 2 }],
		]);
		expect(errors).toEqual([
			{
				json: {
					id: NO_SUCH,
					error: NOT_YOURS,
					details: expect.objectContaining({ httpCode: '500' }),
				},
				pairedItem: { item: 1 },
			},
		]);
	});

	test('gives nothing for no items', async () => {
		expect(await execute([], {})).toMatchObject({ main: [], errors: [] });
		expect(mockApi.requests).toEqual([]);
	});
});

describe('Get Many of three items', () => {
	const items = [{ waba: WABA }, { waba: EMPTY_WABA }, { waba: WABA }];

	test('pairs every flow with the item that asked for it', async () => {
		const { main } = await getMany({ wabaId: '={{ $json.waba }}', limit: 2 }, { items });
		expect(main.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual([
			[DRAFT, { item: 0 }],
			[PUBLISHED, { item: 0 }],
			[DRAFT, { item: 2 }],
			[PUBLISHED, { item: 2 }],
		]);
	});

	test('reads all its parameters anew for each', async () => {
		const { main } = await getMany(
			{
				limit: '={{ $json.limit }}',
				fields: '={{ $json.fields }}',
				filters: { status: '={{ $json.status }}' },
			},
			{
				items: [
					{ limit: 1, fields: ['name'], status: ['PUBLISHED'] },
					{ limit: 2, fields: 'id', status: 'DRAFT' },
					{ limit: 5, fields: '', status: ['DEPRECATED', 'BLOCKED'] },
				],
			},
		);
		expect(main.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 1, 2, 2].map((item) => ({ item })),
		);
		expect(jsonOf(main.slice(0, 3))).toEqual([
			{ id: PUBLISHED, name: 'Customer survey' },
			{ id: DRAFT },
			{ id: OTHER_DRAFT },
		]);
		expect(main.slice(3).map(({ json }) => json['status'])).toEqual(['BLOCKED', 'DEPRECATED']);
	});

	test.each(CONTINUE)('lets the others through where one fails (%s)', async (onError) => {
		const { main, errors } = await getMany(
			{ wabaId: '={{ $json.waba }}', limit: 1 },
			{ items: [{ waba: WABA }, { waba: '1' }, { waba: WABA }], ...(onError && { onError }) },
		);
		const all = [...main, ...errors];
		expect(all.map(({ pairedItem }) => pairedItem).sort()).toHaveLength(3);
		expect(all.find(({ json }) => json['error'])?.pairedItem).toEqual({ item: 1 });
	});
});

describe('A write that fails', () => {
	const three = itemsOf(DRAFT, NO_SUCH, OTHER_DRAFT);
	const execute = async (run: RunOptions = {}) =>
		await publish(ID, { validateBeforePublishing: false }, { items: three, ...run });

	test('stops the writes behind it, and says what was done before it', async () => {
		noFaults();
		const { error } = await execute();
		expect(posts()).toEqual([`POST /${DRAFT}/publish`, `POST /${NO_SUCH}/publish`]);
		expect(error?.description).toMatch(
			/Already done: item 0 \(counted from 0\)\. Not begun: 1 more\.$/,
		);
	});

	test('as the first one says that nothing was done', async () => {
		const items = itemsOf(NO_SUCH, DRAFT);
		const { error } = await update(ID, { name: 'New' }, { items });
		expect(posts()).toEqual([`POST /${NO_SUCH}`]);
		expect(error?.description).toMatch(/No item was changed\. Not begun: 1 more\.$/);
	});

	test('as the only one says nothing of others', async () => {
		const { error } = await publish(NO_SUCH, { validateBeforePublishing: false });
		expect(error?.description).not.toMatch(/done|begun|changed/);
	});

	test.each(CONTINUE)('does not stop the writes behind it with %s', async (onError) => {
		noFaults();
		await execute({ ...(onError && { onError }) });
		expect(posts()).toEqual([
			`POST /${DRAFT}/publish`,
			`POST /${NO_SUCH}/publish`,
			`POST /${OTHER_DRAFT}/publish`,
		]);
	});

	test('before it is sent stops the writes behind it too', async () => {
		const { error } = await publish(
			ID,
			{ validateBeforePublishing: false },
			{ items: itemsOf(DRAFT, '', DRAFT) },
		);
		expect(posts()).toEqual([`POST /${DRAFT}/publish`]);
		expect(error?.description).toMatch(/Already done: item 0/);
	});
});

describe('Items under way at the same time', () => {
	const thirty = Array.from({ length: 30 }, (_, n) => ({ id: String(1_000 + n) }));
	beforeEach(() => {
		mockApi.account.wabas.set(WABA, [...mockApi.flows, ...thirty.map(({ id }) => flow(id))]);
	});
	const most = () => Math.max(...mockApi.requests.map(({ inFlight }) => inFlight));

	test('are ten when they read', async () => {
		mockApi.settings.delay = 30;
		await get(ID, {}, { items: thirty });
		expect([mockApi.requests.length, most()]).toEqual([30, 10]);
	});

	test('are as many as the option says', async () => {
		mockApi.settings.delay = 20;
		await get(ID, { options: { concurrency: 3 } }, { items: thirty.slice(0, 12) });
		expect([mockApi.requests.length, most()]).toEqual([12, 3]);
	});

	test('are one when they write', async () => {
		mockApi.settings.delay = 20;
		await update(ID, { categories: ['OTHER'] }, { items: thirty.slice(0, 5) });
		expect([mockApi.requests.length, most()]).toEqual([5, 1]);
	});

	test('are one when they write with a check before', async () => {
		noFaults();
		mockApi.settings.delay = 20;
		await publish(ID, {}, { items: itemsOf(DRAFT, OTHER_DRAFT, PUBLISHED) });
		expect([mockApi.requests.length, most()]).toEqual([5, 1]);
	});

	test('come out in their order, however long each takes', async () => {
		const slow = [{ id: DRAFT }, ...thirty.slice(0, 6)];
		let first = true;
		mockApi.settings.always = () => {
			// The first answer is a fault that is tried again, so it is overtaken by all the others.
			const fault = first;
			first = false;
			return fault ? { status: 503 } : undefined;
		};
		const { main } = await get(ID, {}, { items: slow });
		expect(mockApi.requests.at(-1)?.target).toContain(DRAFT);
		expect(main.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual(
			slow.map(({ id }, item) => [id, { item }]),
		);
	});
});

describe('Items that ask the same', () => {
	test('are answered by one request when they read', async () => {
		const items = itemsOf(DRAFT, DRAFT, PUBLISHED, DRAFT);
		const { main } = await get(ID, {}, { items });
		expect(main.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual(
			[DRAFT, DRAFT, PUBLISHED, DRAFT].map((id, item) => [id, { item }]),
		);
		expect(sent()).toEqual([`GET /${DRAFT}`, `GET /${PUBLISHED}`]);
	});

	test('are each sent when they write', async () => {
		await update(ID, { name: 'New' }, { items: itemsOf(DRAFT, DRAFT) });
		expect(posts()).toEqual([`POST /${DRAFT}`, `POST /${DRAFT}`]);
	});

	test('see what the one before has changed, when they check before they write', async () => {
		const { main } = await publish(ID, {}, { items: itemsOf(DRAFT, DRAFT) });
		expect(jsonOf(main)).toEqual([
			{ id: DRAFT, success: true },
			{ id: DRAFT, success: true, already_published: true },
		]);
	});
});

describe('Cancelling', () => {
	test.each([
		['a pause of a minute', { status: 429, headers: { 'retry-after': '60' } }],
		['a request without an answer', { fault: 'silence' as const }],
	])('ends %s at once, and nothing is sent afterwards', async (_what, answer) => {
		mockApi.settings.always = () => answer;
		const cancelAfter = 250;
		const items = itemsOf(
			...Array<string>(30)
				.fill(DRAFT)
				.map((id, index) => id + index),
		);
		const begun = Date.now();
		const { status } = await get(ID, { options: { timeout: 1 } }, { items, cancelAfter });
		expect(Date.now() - begun - cancelAfter).toBeLessThan(500);
		expect(status).toBe('canceled');
		const count = mockApi.requests.length;
		// Longer than the request's time, behind which it would be sent again.
		await new Promise((resolve) => setTimeout(resolve, 2_500));
		expect(mockApi.requests).toHaveLength(count);
	});

	test('stops the writes that were not begun, even if set to continue', async () => {
		mockApi.settings.delay = 200;
		const items = itemsOf(DRAFT, PUBLISHED, OTHER_DRAFT);
		const { status } = await update(
			ID,
			{ categories: ['OTHER'] },
			{ items, cancelAfter: 100, onError: 'continueRegularOutput' },
		);
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(status).toBe('canceled');
		expect(posts()).toEqual([`POST /${DRAFT}`]);
	});
});

test('An operation that does not exist is said, and sends nothing', async () => {
	const { error } = await harness.run({ resource: 'flow', operation: 'explode' });
	expect(error?.message).toBe('There is no operation "explode" of "flow"');
	expect(sent()).toEqual([]);
});

describe('Writes side by side that fail', () => {
	test('are all told', async () => {
		mockApi.settings.delay = 30;
		const items = itemsOf(DRAFT, NO_SUCH, '900000000000998');
		const { error } = await update(
			ID,
			{ name: '=N{{ $json.id }}' },
			{ items, options: { concurrency: 3 } },
		);
		expect(error?.description).toContain('Already done: item 0');
		expect(error?.description).toContain(
			'Item 2 was refused too: The flow_id either does not exist',
		);
	});
});

test('An expression that cannot be resolved is explained in n8n’s own words', async () => {
	const { error } = await get('={{ $("After").item.json.id }}');
	expect(error?.name).toBe('ExpressionError');
	expect(error?.context['itemIndex']).toBe(0);
});

test('An answer without an id is the flow that was asked for', async () => {
	mockApi.settings.script = [() => ({ body: { name: 'a', status: 'DRAFT' } })];
	const { main } = await get(DRAFT, { fields: ['name', 'status'] });
	expect(jsonOf(main)).toEqual([{ id: DRAFT, name: 'a', status: 'DRAFT' }]);
});
