import { describe, expect, test } from 'vitest';
import {
	parseRetryAfter,
	toHttpResponse,
	toNetworkError,
} from '../../nodes/shared/http/httpResult.ts';

const NOW = Date.parse('2026-10-01T08:00:00Z');

const createError = (code: string, syscall?: string) =>
	Object.assign(new Error(`failed with ${code}`), { code, ...(syscall && { syscall }) });

describe('parseRetryAfter', () => {
	test.each<[string, unknown, number | undefined]>([
		['seconds', '120', 120_000],
		['zero seconds', '0', 0],
		['seconds with spaces around them', ' 5 ', 5_000],
		['an HTTP date', 'Thu, 01 Oct 2026 08:00:30 GMT', 30_000],
		['a date in the past', 'Thu, 01 Oct 2026 07:00:00 GMT', 0],
		['negative seconds', '-5', 0],
		['a word', 'soon', undefined],
		['an empty header', '', undefined],
		['spaces', '  ', undefined],
		['no header', undefined, undefined],
		['several headers', ['1', '2'], undefined],
	])('reads %s', (_, header, milliseconds) => {
		expect(parseRetryAfter(header, NOW)).toBe(milliseconds);
	});
});

describe('toHttpResponse', () => {
	test('parses JSON and Retry-After', () => {
		expect(
			toHttpResponse({ statusCode: 429, headers: { 'retry-after': '2' }, body: '{"code":"X"}' }),
		).toEqual({ kind: 'response', status: 429, retryAfter: 2_000, body: { code: 'X' }, size: 12 });
	});

	test('keeps text that is not JSON', () => {
		expect(toHttpResponse({ statusCode: 200, body: 'OK' })).toEqual({
			kind: 'response',
			status: 200,
			retryAfter: undefined,
			body: 'OK',
			size: 2,
		});
	});

	test('keeps the bytes of a success and parses the bytes of an error', () => {
		const body = Buffer.from('{"code":"X"}');
		expect(toHttpResponse({ statusCode: 200, body }).body).toBe(body);
		expect(toHttpResponse({ statusCode: 400, body }).body).toEqual({ code: 'X' });
	});

	test('keeps where a redirect leads', () => {
		const location = 'https://example.com/';
		expect(toHttpResponse({ statusCode: 302, headers: { location } })).toEqual({
			kind: 'response',
			status: 302,
			retryAfter: undefined,
			body: undefined,
			location,
		});
	});
});

describe('toNetworkError', () => {
	test('finds the code of a nested cause', () => {
		const thrown = new Error('outer', {
			cause: new Error('middle', { cause: createError('EPIPE') }),
		});
		expect(toNetworkError(thrown)).toEqual({
			kind: 'networkError',
			code: 'EPIPE',
			reason: 'outer',
			mayHaveBeenSent: true,
		});
	});

	test('takes the code from httpCode if the error has no cause, as in older n8n versions', () => {
		const thrown = Object.assign(new Error('offline?'), { httpCode: 'ECONNREFUSED' });
		expect(toNetworkError(thrown)).toMatchObject({ code: 'ECONNREFUSED', mayHaveBeenSent: false });
	});

	test('says that n8n’s SSRF protection sent no request, by the name of its error', () => {
		const blocked = Object.assign(new Error('blocked'), { name: 'SsrfBlockedIpError' });
		const thrown = new Error('failed', { cause: blocked });
		expect(toNetworkError(thrown)).toMatchObject({
			code: 'SsrfBlockedIpError',
			mayHaveBeenSent: false,
		});
	});

	test('ends with causes that form a circle', () => {
		const thrown = new Error('circle');
		thrown.cause = thrown;
		expect(toNetworkError(thrown)).toMatchObject({ code: 'no code', mayHaveBeenSent: true });
	});

	test('accepts something other than an error', () => {
		expect(toNetworkError('thrown text')).toMatchObject({ code: 'no code', reason: 'thrown text' });
	});

	test.each([
		['ECONNREFUSED', false],
		['ENOTFOUND', false],
		['EAI_AGAIN', false],
		['CERT_HAS_EXPIRED', false],
		['DEPTH_ZERO_SELF_SIGNED_CERT', false],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', false],
		['ERR_TLS_CERT_ALTNAME_INVALID', false],
		['ECONNRESET', true],
		['ECONNABORTED', true],
		['ETIMEDOUT', true],
		['EPIPE', true],
	])('with code %s alone says whether the request may have been sent: %j', (code, sent) => {
		expect(toNetworkError(createError(code)).mayHaveBeenSent).toBe(sent);
	});

	test.each([
		['EHOSTUNREACH', 'connect', false],
		['EHOSTUNREACH', 'read', true],
		['EHOSTUNREACH', 'write', true],
		['EHOSTUNREACH', undefined, true],
		['ENETUNREACH', 'connect', false],
		['ENETUNREACH', 'write', true],
		['ETIMEDOUT', 'connect', false],
		['ECONNRESET', 'read', true],
	])('with %s from %s says whether the request may have been sent: %j', (code, syscall, sent) => {
		expect(toNetworkError(createError(code, syscall)).mayHaveBeenSent).toBe(sent);
	});

	test('was not sent if no address of the host can be connected to', () => {
		const errors = ['connect', 'connect'].map((syscall) => createError('ENETUNREACH', syscall));
		const thrown = new Error('outer', {
			cause: Object.assign(new AggregateError(errors), { code: 'ENETUNREACH' }),
		});
		expect(toNetworkError(thrown).mayHaveBeenSent).toBe(false);
	});
});
