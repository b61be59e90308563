import { afterEach, describe, expect, test, vi } from 'vitest';
import type { HttpResponse } from '../../nodes/shared/http/httpResult.ts';
import { RateLimiter } from '../../nodes/shared/http/rateLimiter.ts';

const limited = (retryAfter?: number): HttpResponse => ({
	kind: 'response',
	status: 429,
	retryAfter,
	body: { message: 'Too many requests' },
});

/** Acquires as many slots as the limiter grants at once. */
async function countGranted(limiter: RateLimiter, wanted: number): Promise<number> {
	let granted = 0;
	for (let index = 0; index < wanted; index++) void limiter.acquire().then(() => granted++);
	await new Promise((resolve) => setTimeout(resolve, 5));
	return granted;
}

afterEach(() => void vi.useRealTimers());

describe('RateLimiter', () => {
	test('grants any number of requests before the first rate limit', async () => {
		expect(await countGranted(new RateLimiter(), 100)).toBe(100);
	});

	test('delays requests by Retry-After plus up to 20 percent of jitter', () => {
		const limiter = new RateLimiter();
		limiter.recordLimit(limited(1_000), Date.now());
		expect(limiter.getDelay()).toBeGreaterThan(900);
		expect(limiter.getDelay()).toBeLessThanOrEqual(1_200);
	});

	test('adds different jitter each time', () => {
		const delays = Array.from({ length: 20 }, () => {
			const limiter = new RateLimiter();
			limiter.recordLimit(limited(10_000), Date.now());
			return Math.round(limiter.getDelay() / 100);
		});
		expect(new Set(delays).size).toBeGreaterThan(1);
	});

	test('without Retry-After delays requests longer after each rate limit', () => {
		vi.useFakeTimers({ toFake: ['Date'] });
		const limiter = new RateLimiter();
		for (const [min, max] of [
			[250, 500],
			[500, 1_000],
			[1_000, 2_000],
		] as const) {
			limiter.recordLimit(limited(), Date.now());
			expect(limiter.getDelay()).toBeGreaterThanOrEqual(min);
			expect(limiter.getDelay()).toBeLessThanOrEqual(max);
			vi.setSystemTime(Date.now() + max);
		}
	});

	test.each([
		[60, true],
		[61, false],
	])('waits for a Retry-After of %i s: %j', (seconds, waits) => {
		vi.useFakeTimers({ toFake: ['Date'] });
		const limiter = new RateLimiter();
		limiter.recordLimit(limited(seconds * 1_000), Date.now());
		expect(limiter.canWait(600_000, Infinity)).toBe(waits);
	});

	test('keeps the longest delay', () => {
		const limiter = new RateLimiter();
		limiter.recordLimit(limited(30_000), Date.now());
		limiter.recordLimit(limited(0), Date.now());
		expect(limiter.getDelay()).toBeGreaterThan(25_000);
	});

	test('halves the requests in flight after a rate limit, to at least one', async () => {
		const limiter = new RateLimiter();
		await countGranted(limiter, 8);
		const sentAt = Date.now();
		limiter.recordLimit(limited(0), sentAt);
		for (let index = 0; index < 8; index++) limiter.release();
		expect(await countGranted(limiter, 8)).toBe(4);
		for (let index = 0; index < 4; index++) limiter.recordLimit(limited(0), Date.now() + index);
		for (let index = 0; index < 8; index++) limiter.release();
		expect(await countGranted(limiter, 8)).toBe(1);
	});

	test('counts several rate-limited responses of one burst once', async () => {
		const limiter = new RateLimiter();
		await countGranted(limiter, 8);
		const sentAt = Date.now() - 50;
		for (let index = 0; index < 8; index++) limiter.recordLimit(limited(0), sentAt);
		for (let index = 0; index < 8; index++) limiter.release();
		expect(await countGranted(limiter, 8)).toBe(4);
	});

	test('raises the limit again with each success', async () => {
		const limiter = new RateLimiter();
		await countGranted(limiter, 2);
		limiter.recordLimit(limited(0), Date.now());
		limiter.release();
		limiter.release();
		for (let index = 0; index < 4; index++) limiter.recordSuccess();
		expect(await countGranted(limiter, 8)).toBe(3);
	});

	test('grants waiting requests in the order of their arrival', async () => {
		const limiter = new RateLimiter();
		await limiter.acquire();
		limiter.recordLimit(limited(0), Date.now());
		const order: number[] = [];
		for (const id of [1, 2, 3]) void limiter.acquire().then(() => order.push(id));
		for (let index = 0; index < 3; index++) {
			limiter.release();
			await new Promise((resolve) => setTimeout(resolve, 0));
		}
		expect(order).toEqual([1, 2, 3]);
	});

	test('repeats the response for a request that is not sent, with the remaining delay', () => {
		const limiter = new RateLimiter();
		expect(limiter.getUnsentResponse()).toBeUndefined();
		limiter.recordLimit(limited(600_000), Date.now());
		expect(limiter.getUnsentResponse()).toMatchObject({
			status: 429,
			sent: false,
			body: { message: 'Too many requests' },
		});
		expect(limiter.getUnsentResponse()!.retryAfter).toBeGreaterThan(590_000);
	});
});
