import { describe, expect, test } from 'vitest';
import type { HttpResult } from '../../nodes/shared/http/httpResult.ts';
import { toNetworkError } from '../../nodes/shared/http/httpResult.ts';
import type { GetFailureCause } from '../../nodes/shared/http/retry.ts';
import {
	getBackoff,
	getRetryDelay,
	isIndeterminate,
	isRateLimited,
	shouldRetry,
} from '../../nodes/shared/http/retry.ts';

const respond = (status: number, retryAfter?: number): HttpResult => ({
	kind: 'response',
	status,
	retryAfter,
	body: {},
});
const fail = (code: string): HttpResult =>
	toNetworkError(Object.assign(new Error('failed'), { code }));
const noCause: GetFailureCause = () => undefined;
const finalCause: GetFailureCause = () => 'configuration-invalid';

describe('shouldRetry', () => {
	test.each<[string, HttpResult, boolean, boolean]>([
		['HTTP 500', respond(500), true, false],
		['HTTP 503', respond(503), true, false],
		['HTTP 408', respond(408), true, false],
		['a connection reset', fail('ECONNRESET'), true, false],
		['a timeout', fail('ECONNABORTED'), true, false],
		['a refused connection', fail('ECONNREFUSED'), true, true],
		['a temporary DNS failure', fail('EAI_AGAIN'), true, true],
		['an unknown host', fail('ENOTFOUND'), false, false],
		['an expired certificate', fail('CERT_HAS_EXPIRED'), false, false],
		['an unknown network error', fail('EWHATEVER'), false, false],
		['success', respond(200), false, false],
		['a redirect', respond(302), false, false],
		['HTTP 400', respond(400), false, false],
		['HTTP 401', respond(401), false, false],
		['HTTP 404', respond(404), false, false],
		// The rate limiter decides about these.
		['HTTP 429', respond(429), false, false],
	])('after %s repeats an idempotent request and another one', (_, result, read, write) => {
		expect([shouldRetry(result, true, noCause), shouldRetry(result, false, noCause)]).toEqual([
			read,
			write,
		]);
	});

	test.each([200, 400])(
		'retries a server error in the body with HTTP %i if idempotent',
		(status) => {
			const serverError: GetFailureCause = () => 'temporarily-unavailable';
			expect(shouldRetry(respond(status), true, serverError)).toBe(true);
			expect(shouldRetry(respond(status), false, serverError)).toBe(false);
		},
	);

	test('does not retry a final error returned with HTTP 500', () => {
		expect(shouldRetry(respond(500), true, finalCause)).toBe(false);
	});
});

describe('isRateLimited', () => {
	test('is true for HTTP 429, whatever the body says', () => {
		expect(isRateLimited(respond(429), finalCause)).toBe(true);
	});

	test('is true for a rate-limit error in the body with any status', () => {
		expect(isRateLimited(respond(400), () => 'rate-limited')).toBe(true);
	});

	test('is false for other errors', () => {
		expect(isRateLimited(respond(503), noCause)).toBe(false);
		expect(isRateLimited(fail('ECONNRESET'), noCause)).toBe(false);
	});
});

describe('isIndeterminate', () => {
	test.each<[string, HttpResult, boolean]>([
		['a timeout', fail('ECONNABORTED'), true],
		['a connection reset', fail('ECONNRESET'), true],
		['HTTP 500', respond(500), true],
		['HTTP 504', respond(504), true],
		['HTTP 408', respond(408), true],
		['a refused connection', fail('ECONNREFUSED'), false],
		['an unknown host', fail('ENOTFOUND'), false],
		['HTTP 429', respond(429), false],
		['HTTP 400', respond(400), false],
		['success', respond(200), false],
	])('for %s is %j', (_, result, indeterminate) => {
		expect(isIndeterminate(result, noCause)).toBe(indeterminate);
	});

	test('for a server error in the body is true with any status', () => {
		expect(isIndeterminate(respond(400), () => 'temporarily-unavailable')).toBe(true);
	});

	test('for a server error in the body of HTTP 429 is false', () => {
		expect(isIndeterminate(respond(429), () => 'temporarily-unavailable')).toBe(false);
	});

	test('for a final error returned with HTTP 500 is false', () => {
		expect(isIndeterminate(respond(500), finalCause)).toBe(false);
	});
});

describe('getRetryDelay', () => {
	test.each<[string, number | undefined, number | undefined]>([
		['is Retry-After', 5_000, 5_000],
		['can be zero', 0, 0],
		['is at most 60 s', 60_000, 60_000],
		['is undefined if the server asks for more', 60_001, undefined],
	])('%s', (_, retryAfter, delay) => {
		expect(getRetryDelay(respond(503, retryAfter), 0)).toBe(delay);
	});

	test.each([
		[0, 250, 500],
		[1, 500, 1_000],
		[2, 1_000, 2_000],
		[4, 4_000, 8_000],
		[9, 4_000, 8_000],
	])('without Retry-After after attempt %i is between %i and %i ms', (attempt, min, max) => {
		for (const delay of [getBackoff(attempt), getRetryDelay(respond(500), attempt)]) {
			expect(delay).toBeGreaterThanOrEqual(min);
			expect(delay).toBeLessThanOrEqual(max);
		}
	});

	test('differs between calls', () => {
		expect(new Set(Array.from({ length: 20 }, () => getBackoff(3))).size).toBeGreaterThan(1);
	});
});
