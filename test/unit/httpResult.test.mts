import { describe, expect, test } from 'vitest';
import type { HttpResult } from '../../nodes/shared/http/httpResult.ts';
import { toHttpResponse, toNetworkError, retryAfter } from '../../nodes/shared/http/httpResult.ts';
import type { GetFailureCause } from '../../nodes/shared/http/retry.ts';
import {
	backoff,
	isIndeterminate,
	shouldRetry,
	retryDelay,
} from '../../nodes/shared/http/retry.ts';

const NOW = Date.parse('2026-10-01T08:00:00Z');

const answer = (status: number, wait?: number): HttpResult => ({
	kind: 'response',
	status,
	retryAfter: wait,
	body: {},
});
const broken = (code: string): HttpResult => toNetworkError(withCode(code));
const withCode = (code: string) => Object.assign(new Error(`failed with ${code}`), { code });
const open: GetFailureCause = () => undefined;
const final: GetFailureCause = () => 'configuration-invalid';

describe('Retry-After', () => {
	test.each<[string, unknown, number | undefined]>([
		['seconds', '120', 120_000],
		['no time at all', '0', 0],
		['seconds between blanks', ' 5 ', 5_000],
		['a date', 'Thu, 01 Oct 2026 08:00:30 GMT', 30_000],
		['a date that is over', 'Thu, 01 Oct 2026 07:00:00 GMT', 0],
		['seconds below zero', '-5', 0],
		['a word', 'soon', undefined],
		['nothing', '', undefined],
		['blanks', '  ', undefined],
		['no header', undefined, undefined],
		['several headers', ['1', '2'], undefined],
	])('of %s is read', (_, header, milliseconds) => {
		expect(retryAfter(header, NOW)).toBe(milliseconds);
	});
});

describe('What n8n’s helper gives', () => {
	test('is an answer with its JSON parsed', () => {
		expect(
			toHttpResponse({ statusCode: 429, headers: { 'retry-after': '2' }, body: '{"code":"X"}' }),
		).toEqual({ kind: 'response', status: 429, retryAfter: 2_000, body: { code: 'X' } });
	});

	test('is an answer without headers or JSON', () => {
		expect(toHttpResponse({ statusCode: 200, body: 'OK' })).toEqual({
			kind: 'response',
			status: 200,
			retryAfter: undefined,
			body: 'OK',
		});
	});

	test('is an error whose code lies deeper', () => {
		const thrown = new Error('outside', {
			cause: new Error('between', { cause: withCode('EPIPE') }),
		});
		expect(toNetworkError(thrown)).toEqual({
			kind: 'networkError',
			code: 'EPIPE',
			reason: 'outside',
			mayHaveBeenSent: true,
		});
	});

	test('is an error that goes round in a circle', () => {
		const thrown = new Error('round');
		thrown.cause = thrown;
		expect(toNetworkError(thrown)).toMatchObject({ code: 'no code', mayHaveBeenSent: true });
	});

	test('is no error at all', () => {
		expect(toNetworkError('thrown text')).toMatchObject({ code: 'no code', reason: 'thrown text' });
	});

	test.each([
		['ECONNREFUSED', false],
		['ENOTFOUND', false],
		['EAI_AGAIN', false],
		['EHOSTUNREACH', false],
		['ENETUNREACH', false],
		['CERT_HAS_EXPIRED', false],
		['DEPTH_ZERO_SELF_SIGNED_CERT', false],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', false],
		['ERR_TLS_CERT_ALTNAME_INVALID', false],
		['ECONNRESET', true],
		['ECONNABORTED', true],
		['ETIMEDOUT', true],
		['EPIPE', true],
	])('with %s may have arrived: %j', (code, may) => {
		expect(toNetworkError(withCode(code)).mayHaveBeenSent).toBe(may);
	});
});

describe('A request', () => {
	test.each<[string, HttpResult, boolean, boolean]>([
		['too many requests', answer(429), true, true],
		['an internal error', answer(500), true, false],
		['an overloaded gateway', answer(503), true, false],
		['a broken connection', broken('ECONNRESET'), true, false],
		['a timeout', broken('ECONNABORTED'), true, false],
		['nothing listening', broken('ECONNREFUSED'), true, true],
		['a look-up that failed for now', broken('EAI_AGAIN'), true, true],
		['a host that does not exist', broken('ENOTFOUND'), false, false],
		['a wrong certificate', broken('CERT_HAS_EXPIRED'), false, false],
		['an unknown fault of the network', broken('EWHATEVER'), false, false],
		['success', answer(200), false, false],
		['a redirect', answer(302), false, false],
		['a refusal', answer(400), false, false],
		['a wrong key', answer(401), false, false],
		['a page that is not there', answer(404), false, false],
	])('after %s is repeated when harmless, and when not', (_, outcome, read, write) => {
		expect([shouldRetry(outcome, true, open), shouldRetry(outcome, false, open)]).toEqual([
			read,
			write,
		]);
	});

	test('is not repeated after a last word, although its status is 500', () => {
		expect(shouldRetry(answer(500), true, final)).toBe(false);
	});

	test('is repeated after too many requests, whatever the words', () => {
		expect(shouldRetry(answer(429), false, final)).toBe(true);
	});

	test('is repeated after too many requests in the service’s own words', () => {
		expect(shouldRetry(answer(400), false, () => 'rate-limited')).toBe(true);
	});

	test.each<[string, HttpResult, boolean]>([
		['a timeout', broken('ECONNABORTED'), true],
		['a broken connection', broken('ECONNRESET'), true],
		['an internal error', answer(500), true],
		['a gateway that gave up', answer(504), true],
		['nothing listening', broken('ECONNREFUSED'), false],
		['a host that does not exist', broken('ENOTFOUND'), false],
		['too many requests', answer(429), false],
		['a refusal', answer(400), false],
		['success', answer(200), false],
	])('leaves it open what happened after %s: %j', (_, outcome, unknown) => {
		expect(isIndeterminate(outcome, open)).toBe(unknown);
	});

	test('leaves nothing open after a last word under 500', () => {
		expect(isIndeterminate(answer(500), final)).toBe(false);
	});
});

describe('The pause', () => {
	test.each<[string, number | undefined, number | undefined]>([
		['is what the service asks for', 5_000, 5_000],
		['may be none', 0, 0],
		['is a minute at most', 60_000, 60_000],
		['is not sat out when it is longer', 60_001, undefined],
	])('%s', (_, asked, pause) => {
		expect(retryDelay(answer(429, asked), 0)).toBe(pause);
	});

	test.each([
		[0, 250, 500],
		[1, 500, 1_000],
		[2, 1_000, 2_000],
		[4, 4_000, 8_000],
		[9, 4_000, 8_000],
	])('grows: after try %i it is between %i and %i ms', (attempt, least, most) => {
		for (const pause of [backoff(attempt), retryDelay(answer(500), attempt)]) {
			expect(pause).toBeGreaterThanOrEqual(least);
			expect(pause).toBeLessThanOrEqual(most);
		}
	});

	test('differs, so that runs that failed together do not come back together', () => {
		expect(new Set(Array.from({ length: 20 }, () => backoff(3))).size).toBeGreaterThan(1);
	});
});
