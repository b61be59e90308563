import { beforeEach, describe, expect, test } from 'vitest';
import { flow } from '../mock-api/accounts.mts';
import type { RunOptions } from './n8nHarness.mts';
import { FLOW_OPERATIONS, runOperation, toRows } from './operations.mts';
import {
	DRAFT,
	EMPTY_WABA,
	harness,
	get,
	getMany,
	getPostRequests,
	getRequests,
	holdResponses,
	ITEM_ID,
	publish,
	PUBLISHED,
	mockApi,
	setUp,
	toItems,
	toJson,
	UNKNOWN_FLOW,
	update,
	WABA,
	waitForRequests,
} from './setup.mts';

setUp();

const OTHER_DRAFT = '900000000000003';
const UNKNOWN_FLOW_MESSAGE = 'The flow_id either does not exist or does not belong to the account.';
/** The settings of On Error that don't stop the workflow. */
const CONTINUE: RunOptions['onError'][] = ['continueRegularOutput', 'continueErrorOutput'];

const clearValidationErrors = () => {
	for (const flow of mockApi.flows) flow.validation_errors = [];
};

const wait = async (milliseconds: number) =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.each(toRows(FLOW_OPERATIONS))('%s with three items', (_, operation) => {
	beforeEach(clearValidationErrors);

	test('returns one paired item per input item, in input order', async () => {
		const ids = [OTHER_DRAFT, DRAFT, PUBLISHED];
		const { main } = await runOperation(operation, ids);
		expect(main.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual(
			ids.map((id, item) => [id, { item }]),
		);
	});

	test('stops at the failed item and sets its index on the error', async () => {
		const { main, error, status } = await runOperation(operation, [
			DRAFT,
			UNKNOWN_FLOW,
			OTHER_DRAFT,
		]);
		expect([main, status]).toEqual([[], 'error']);
		expect(error).toMatchObject({
			message: UNKNOWN_FLOW_MESSAGE,
			httpCode: '500',
			context: { itemIndex: 1 },
		});
		expect(error?.description).toContain('Check the flow ID');
	});

	test('replaces the failed item with an error item on "Continue"', async () => {
		const { main, errors, status } = await runOperation(
			operation,
			[DRAFT, UNKNOWN_FLOW, OTHER_DRAFT],
			{ onError: 'continueRegularOutput' },
		);
		expect([errors, status]).toEqual([[], 'success']);
		expect(main).toEqual([
			{ json: expect.objectContaining({ id: DRAFT }), pairedItem: { item: 0 } },
			{
				json: {
					error: UNKNOWN_FLOW_MESSAGE,
					details: {
						description: expect.stringContaining('(code WA-401, HTTP 500)'),
						httpCode: '500',
						response: {
							code: 'WA-401',
							message: UNKNOWN_FLOW_MESSAGE,
							data: {},
							error: { flow_id: UNKNOWN_FLOW_MESSAGE },
						},
					},
				},
				pairedItem: { item: 1 },
			},
			{ json: expect.objectContaining({ id: OTHER_DRAFT }), pairedItem: { item: 2 } },
		]);
	});

	test('sends the failed item to the error output with its input data', async () => {
		const { main, errors } = await runOperation(operation, [DRAFT, UNKNOWN_FLOW, OTHER_DRAFT], {
			onError: 'continueErrorOutput',
		});
		expect(main.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual([
			[DRAFT, { item: 0 }],
			[OTHER_DRAFT, { item: 2 }],
		]);
		expect(errors).toEqual([
			{
				json: {
					id: UNKNOWN_FLOW,
					error: UNKNOWN_FLOW_MESSAGE,
					details: expect.objectContaining({ httpCode: '500' }),
				},
				pairedItem: { item: 1 },
			},
		]);
	});

	test('returns nothing and sends nothing without input items', async () => {
		expect(await runOperation(operation, [])).toMatchObject({ main: [], errors: [] });
		expect(mockApi.requests).toEqual([]);
	});
});

describe('Get Many with three items', () => {
	const items = [{ waba: WABA }, { waba: EMPTY_WABA }, { waba: WABA }];

	test('pairs every flow with its input item', async () => {
		const { main } = await getMany({ wabaId: '={{ $json.waba }}', limit: 2 }, { items });
		expect(main.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual([
			[DRAFT, { item: 0 }],
			[PUBLISHED, { item: 0 }],
			[DRAFT, { item: 2 }],
			[PUBLISHED, { item: 2 }],
		]);
	});

	test('evaluates all parameters for each item', async () => {
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
		expect(toJson(main.slice(0, 3))).toEqual([
			{ id: PUBLISHED, name: 'Customer survey' },
			{ id: DRAFT },
			{ id: OTHER_DRAFT },
		]);
		expect(main.slice(3).map(({ json }) => json['status'])).toEqual(['BLOCKED', 'DEPRECATED']);
	});

	test.each(CONTINUE)('processes the other items when one fails with %s', async (onError) => {
		const { main, errors } = await getMany(
			{ wabaId: '={{ $json.waba }}', limit: 1 },
			{ items: [{ waba: WABA }, { waba: '1' }, { waba: WABA }], ...(onError && { onError }) },
		);
		const all = [...main, ...errors];
		expect(all.map(({ pairedItem }) => pairedItem).sort()).toHaveLength(3);
		expect(all.find(({ json }) => json['error'])?.pairedItem).toEqual({ item: 1 });
	});
});

describe('A failed write', () => {
	const publishThree = async (run: RunOptions = {}) =>
		await publish(
			ITEM_ID,
			{ validateBeforePublishing: false },
			{ items: toItems(DRAFT, UNKNOWN_FLOW, OTHER_DRAFT), ...run },
		);

	test('stops the remaining writes and reports the finished items', async () => {
		clearValidationErrors();
		const { error } = await publishThree();
		expect(getPostRequests()).toEqual([`POST /${DRAFT}/publish`, `POST /${UNKNOWN_FLOW}/publish`]);
		expect(error?.description).toMatch(
			/Succeeded: item 0 \(counted from 0\)\. Not started: 1 more\.$/,
		);
	});

	test('does not count items that did not start if the last one failed', async () => {
		clearValidationErrors();
		const { error } = await publishThree({ items: toItems(DRAFT, UNKNOWN_FLOW) });
		expect(error?.description).toMatch(/\) Succeeded: item 0 \(counted from 0\)\.$/);
	});

	test('reports that no item was changed when the first write fails', async () => {
		const items = toItems(UNKNOWN_FLOW, DRAFT);
		const { error } = await update(ITEM_ID, { name: 'New' }, { items });
		expect(getPostRequests()).toEqual([`POST /${UNKNOWN_FLOW}`]);
		expect(error?.description).toMatch(/No other item succeeded\. Not started: 1 more\.$/);
	});

	test('does not mention other items when there is only one', async () => {
		const { error } = await publish(UNKNOWN_FLOW, { validateBeforePublishing: false });
		expect(error?.description).not.toMatch(/other item|Not started/);
	});

	test.each(CONTINUE)('does not stop the remaining writes with %s', async (onError) => {
		clearValidationErrors();
		await publishThree({ ...(onError && { onError }) });
		expect(getPostRequests()).toEqual([
			`POST /${DRAFT}/publish`,
			`POST /${UNKNOWN_FLOW}/publish`,
			`POST /${OTHER_DRAFT}/publish`,
		]);
	});

	test('stops the remaining writes when its input is invalid', async () => {
		const { error } = await publish(
			ITEM_ID,
			{ validateBeforePublishing: false },
			{ items: toItems(DRAFT, '', DRAFT) },
		);
		expect(getPostRequests()).toEqual([`POST /${DRAFT}/publish`]);
		expect(error?.description).toMatch(/Succeeded: item 0/);
	});
});

describe('Max Concurrent Items', () => {
	const thirty = Array.from({ length: 30 }, (_, n) => ({ id: String(1_000 + n) }));
	const getMaxInFlight = () => Math.max(...mockApi.requests.map(({ inFlight }) => inFlight));
	/** Holds the responses until so many requests wait, and then as long as one more would need. */
	const holdUntilInFlight = async (count: number) => {
		const release = holdResponses();
		await waitForRequests(count);
		await wait(100);
		release();
	};

	beforeEach(() => {
		mockApi.account.wabas.set(WABA, [...mockApi.flows, ...thirty.map(({ id }) => flow(id))]);
	});

	test('defaults to ten reads', async () => {
		const held = holdUntilInFlight(10);
		await get(ITEM_ID, {}, { items: thirty });
		await held;
		expect([mockApi.requests.length, getMaxInFlight()]).toEqual([30, 10]);
	});

	test('limits the requests in flight to its value', async () => {
		const held = holdUntilInFlight(3);
		await get(ITEM_ID, { options: { concurrency: 3 } }, { items: thirty.slice(0, 12) });
		await held;
		expect([mockApi.requests.length, getMaxInFlight()]).toEqual([12, 3]);
	});

	test('defaults to one write', async () => {
		const held = holdUntilInFlight(1);
		await update(ITEM_ID, { categories: ['OTHER'] }, { items: thirty.slice(0, 5) });
		await held;
		expect([mockApi.requests.length, getMaxInFlight()]).toEqual([5, 1]);
	});

	test('defaults to one write when each item is validated first', async () => {
		clearValidationErrors();
		const held = holdUntilInFlight(1);
		await publish(ITEM_ID, {}, { items: toItems(DRAFT, OTHER_DRAFT, PUBLISHED) });
		await held;
		expect([mockApi.requests.length, getMaxInFlight()]).toEqual([5, 1]);
	});

	test('keeps the items in input order when a later response arrives first', async () => {
		const items = [{ id: DRAFT }, ...thirty.slice(0, 6)];
		let first = true;
		mockApi.settings.always = () => {
			// The first request fails and is retried, so the others overtake it.
			const fails = first;
			first = false;
			return fails ? { status: 503 } : undefined;
		};
		const { main } = await get(ITEM_ID, {}, { items });
		expect(mockApi.requests.at(-1)?.target).toContain(DRAFT);
		expect(main.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual(
			items.map(({ id }, item) => [id, { item }]),
		);
	});
});

describe('Items with identical requests', () => {
	test('share one request when they read', async () => {
		const items = toItems(DRAFT, DRAFT, PUBLISHED, DRAFT);
		const { main } = await get(ITEM_ID, {}, { items });
		expect(main.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual(
			[DRAFT, DRAFT, PUBLISHED, DRAFT].map((id, item) => [id, { item }]),
		);
		expect(getRequests()).toEqual([`GET /${DRAFT}`, `GET /${PUBLISHED}`]);
	});

	test('send one request each when they write', async () => {
		await update(ITEM_ID, { name: 'New' }, { items: toItems(DRAFT, DRAFT) });
		expect(getPostRequests()).toEqual([`POST /${DRAFT}`, `POST /${DRAFT}`]);
	});

	test('read the status again before each publish', async () => {
		const { main } = await publish(ITEM_ID, {}, { items: toItems(DRAFT, DRAFT) });
		expect(toJson(main)).toMatchObject([
			{ id: DRAFT, success: true },
			{ id: DRAFT, success: true, already_published: true },
		]);
	});
});

describe('Canceling an execution', () => {
	const many = toItems(...Array.from({ length: 30 }, (_, index) => DRAFT + index));

	test.each([
		['during a retry delay of a minute', { status: 429, headers: { 'retry-after': '60' } }],
		['while a request waits for its response', { fault: 'silence' as const }],
	])('ends it immediately %s', async (_, scripted) => {
		mockApi.settings.always = () => scripted;
		const cancelOn = waitForRequests(1).then(async () => await wait(250));
		const start = Date.now();
		const { status } = await get(ITEM_ID, {}, { items: many, cancelOn });
		// Uncanceled, it would take 30 seconds (the timeout) or a minute.
		expect(Date.now() - start).toBeLessThan(15_000);
		expect(status).toBe('canceled');
	});

	test.each([
		['during a retry delay', { status: 429, headers: { 'retry-after': '1' } }],
		['while a request waits for its response', { fault: 'silence' as const }],
	])('stops all later requests %s', async (_, scripted) => {
		mockApi.settings.always = () => scripted;
		const cancelOn = waitForRequests(1).then(async () => await wait(250));
		await get(ITEM_ID, { options: { timeout: 1 } }, { items: many, cancelOn });
		const count = mockApi.requests.length;
		// Longer than the retry delay and the timeout, after which it would send the next request.
		await wait(2_500);
		expect(mockApi.requests).toHaveLength(count);
	});

	test('stops the writes that have not started, also on "Continue"', async () => {
		const release = holdResponses();
		const { status } = await update(
			ITEM_ID,
			{ categories: ['OTHER'] },
			{
				items: toItems(DRAFT, PUBLISHED, OTHER_DRAFT),
				cancelOn: waitForRequests(1),
				onError: 'continueRegularOutput',
			},
		);
		release();
		await wait(400);
		expect(status).toBe('canceled');
		expect(getPostRequests()).toEqual([`POST /${DRAFT}`]);
	});
});

test('An unknown operation fails without sending a request', async () => {
	const { error } = await harness.run({ resource: 'flow', operation: 'explode' });
	expect(error?.message).toBe("The resource 'flow' has no operation 'explode'");
	expect(error?.description).toBe('Select an operation from the list.');
	expect(getRequests()).toEqual([]);
});

describe('Concurrent writes', () => {
	test('report the first failed item in input order as the error', async () => {
		// The first item fails last.
		mockApi.settings.always = async ({ target }) =>
			target.endsWith(`/${UNKNOWN_FLOW}`) ? void (await wait(300)) : undefined;
		const { error } = await update(
			ITEM_ID,
			{ categories: ['OTHER'] },
			{ items: toItems(UNKNOWN_FLOW, '900000000000998'), options: { concurrency: 2 } },
		);
		expect(error?.context['itemIndex']).toBe(0);
		expect(error?.description).toContain('Item 1 failed too: ');
	});

	test('report the succeeded items in input order', async () => {
		// The first item finishes last.
		mockApi.settings.always = async ({ target }) =>
			target.endsWith(`/${DRAFT}`) ? void (await wait(300)) : undefined;
		const { error } = await update(
			ITEM_ID,
			{ categories: ['OTHER'] },
			{ items: toItems(DRAFT, PUBLISHED, UNKNOWN_FLOW), options: { concurrency: 3 } },
		);
		expect(error?.description).toContain('Succeeded: item 0, 1 (counted from 0).');
	});

	test('report every failed item', async () => {
		const release = holdResponses();
		void waitForRequests(3).then(release);
		const items = toItems(DRAFT, UNKNOWN_FLOW, '900000000000998');
		const { error } = await update(
			ITEM_ID,
			{ name: '=N{{ $json.id }}' },
			{ items, options: { concurrency: 3 } },
		);
		expect(error?.description).toContain('Succeeded: item 0');
		expect(error?.description).toContain('Item 2 failed too: The flow_id either does not exist');
	});
});

test('An expression that cannot be resolved fails with n8n’s ExpressionError', async () => {
	const { error } = await get('={{ $("After").item.json.id }}');
	expect(error?.name).toBe('ExpressionError');
	expect(error?.context['itemIndex']).toBe(0);
});

describe('A response without an id', () => {
	test.each<[string, string[]]>([
		['with selected fields', ['name', 'status']],
		['with the default fields', []],
	])('belongs to the requested flow (%s)', async (_, fields) => {
		mockApi.settings.script = [() => ({ body: { name: 'a', status: 'DRAFT' } })];
		const { main } = await get(DRAFT, { fields });
		expect(toJson(main)).toEqual([{ id: DRAFT, name: 'a', status: 'DRAFT' }]);
	});

	test('is expected to have no id: null is none of a flow', async () => {
		mockApi.settings.always = () => ({ body: { id: null, name: 'a', status: 'DRAFT' } });
		const { error } = await get(DRAFT);
		expect(error?.message).toBe('Unexpected response from Kaleyra');
	});
});
