import { describe, expect, test } from 'vitest';
import {
	DRAFT,
	get,
	getRequests,
	harness,
	ITEM_ID,
	mockApi,
	publish,
	setUp,
	toItems,
	toJson,
	waitForRequests,
} from './setup.mts';

setUp();

const CONTINUE = 'continueRegularOutput' as const;
const limitFor = (seconds: number) => () => ({
	status: 429,
	headers: { 'retry-after': String(seconds) },
});
const createIds = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

describe('A Retry-After that is not waited for', () => {
	test('fails the remaining items without sending them', async () => {
		mockApi.settings.always = limitFor(600);
		const items = toItems(...createIds(300));
		const { main } = await get(ITEM_ID, {}, { items, onError: CONTINUE });
		expect(main).toHaveLength(300);
		expect(getRequests().length).toBeLessThanOrEqual(10);
		const last = main[299]!.json['details'] as { description: string };
		expect(last.description).toContain('Not sent, because an earlier request was rate-limited.');
		expect(last.description).toMatch(/Try again in (9|1\d) minutes/);
	});

	test('applies without retries too', async () => {
		mockApi.settings.always = limitFor(30);
		const items = toItems(...createIds(50));
		const options = { rateLimitTimeout: 0, maxRetries: 0, concurrency: 3 };
		const { main } = await get(ITEM_ID, { options }, { items, onError: CONTINUE });
		expect(main).toHaveLength(50);
		expect(getRequests().length).toBeLessThanOrEqual(3);
	});

	test('does not hold back the next execution', async () => {
		mockApi.settings.script = [limitFor(600)];
		await get(DRAFT, {}, { onError: CONTINUE });
		expect(toJson((await get(DRAFT)).main)[0]?.['id']).toBe(DRAFT);
	});
});

describe('A rate-limited request', () => {
	test('is retried until Rate Limit Timeout, whatever Max Retries says', async () => {
		mockApi.settings.always = limitFor(0.2);
		const startedAt = Date.now();
		const { error } = await get(DRAFT, { options: { maxRetries: 0, rateLimitTimeout: 2 } });
		expect(error?.httpCode).toBe('429');
		expect(getRequests().length).toBeGreaterThanOrEqual(2);
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_200);
	});

	test('is not repeated at once when Retry-After is 0', async () => {
		mockApi.settings.always = limitFor(0);
		await get(DRAFT, { options: { rateLimitTimeout: 1 } });
		expect(getRequests().length).toBeLessThanOrEqual(6);
	});

	test('fails the remaining items soon after Rate Limit Timeout without any success', async () => {
		mockApi.settings.always = () => ({ status: 429, body: '' });
		const items = toItems(...createIds(200));
		const startedAt = Date.now();
		const options = { rateLimitTimeout: 1 };
		const { main } = await get(ITEM_ID, { options }, { items, onError: CONTINUE });
		expect(main).toHaveLength(200);
		expect(getRequests().length).toBeLessThanOrEqual(40);
		expect(Date.now() - startedAt).toBeLessThan(10_000);
	});

	test('is not retried when Rate Limit Timeout is 0', async () => {
		mockApi.settings.always = limitFor(0);
		const { error } = await get(DRAFT, { options: { rateLimitTimeout: 0 } });
		expect(getRequests()).toHaveLength(1);
		expect(error?.description).not.toContain('Not sent');
	});

	test('is retried with fewer requests in flight', async () => {
		mockApi.settings.delay = 30;
		const arrived = waitForRequests(7);
		mockApi.settings.always = async () => void (await arrived);
		mockApi.settings.script = Array.from({ length: 10 }, () => limitFor(0.2));
		const items = toItems(...mockApi.flows.slice(0, 7).map(({ id }) => id));
		const all = [...items, ...items, ...items];
		const { main } = await get(ITEM_ID, { fields: ['name'] }, { items: all });
		expect(main).toHaveLength(21);
		const before = mockApi.requests.slice(0, 7).map(({ inFlight }) => inFlight);
		const after = mockApi.requests.slice(10, 14).map(({ inFlight }) => inFlight);
		expect(Math.max(...before)).toBeGreaterThanOrEqual(7);
		expect(Math.max(...after)).toBeLessThanOrEqual(5);
	});
});

describe('Executions that share a rate limit', () => {
	test('all succeed', async () => {
		mockApi.settings.rateLimit = { requests: 20, seconds: 1 };
		// Each execution requests another field, which tells its requests apart.
		mockApi.settings.unknownFields = 'ignore';
		const executions = await Promise.all(
			Array.from({ length: 4 }, async (_, execution) => {
				const fields = ['name', `execution_${execution}`];
				const items = toItems(...mockApi.flows.slice(0, 7).map(({ id }) => id));
				return await get(ITEM_ID, { fields }, { items: [...items, ...items] });
			}),
		);
		expect(executions.map(({ status }) => status)).toEqual(Array(4).fill('success'));
	});
});

describe('Executions that publish one flow at the same time', () => {
	test('all succeed with one effective publish', async () => {
		mockApi.settings.delay = 20;
		const results = await Promise.all(Array.from({ length: 20 }, async () => await publish(DRAFT)));
		const outputs = results.map(({ main }) => toJson(main)[0]);
		expect(outputs.every((output) => output?.['success'] === true)).toBe(true);
		expect(outputs.filter((output) => !output?.['already_published'])).toHaveLength(1);
		expect(harness.credential).toEqual(mockApi.credential);
	});

	test('report the rejection if the flow is not published in the end', async () => {
		mockApi.settings.script = [
			() => ({ status: 400, body: { code: 'WA-400', message: 'No', error: {} } }),
		];
		const { error } = await publish(DRAFT, { validateBeforePublishing: false });
		expect(error?.message).toBe('No');
		expect(getRequests()).toEqual([`POST /${DRAFT}/publish`, `GET /${DRAFT}`]);
	});

	test('are not verified after a rejected API key', async () => {
		mockApi.account.apiKey = 'another';
		await publish(DRAFT, { validateBeforePublishing: false });
		expect(getRequests()).toEqual([`POST /${DRAFT}/publish`]);
	});
});
