import { describe, expect, test } from 'vitest';
import { parseResponse, parseWriteResponse } from '../../nodes/kaleyra/responses.ts';
import {
	parseFlow,
	parseFlowPage,
	parseFlowWithId,
	getValidationErrors,
} from '../../nodes/kaleyra/flow.ts';
import type { HttpResponse, HttpResult } from '../../nodes/shared/http/httpResult.ts';
import type { ParseResult } from '../../nodes/shared/api/responses.ts';
import { createGetFailureCause } from '../../nodes/shared/api/responses.ts';
import { ERROR_CATALOG } from '../../nodes/kaleyra/errorCodes.ts';
import { ERROR_PARSER } from '../../nodes/kaleyra/errors.ts';
import type { ErrorDefinition } from '../../nodes/shared/api/errorCatalog.ts';
import { toNetworkError } from '../../nodes/shared/http/httpResult.ts';
import { isIndeterminate } from '../../nodes/shared/http/retry.ts';
import * as documented from '../mock-api/errors.mts';

const createResponse = (status: number, body: unknown, retryAfter?: number): HttpResponse => ({
	kind: 'response',
	status,
	retryAfter,
	body,
});
const keepData = (data: unknown) => data;
const getError = (parsed: ParseResult<unknown>) => (parsed.ok ? undefined : parsed.error);
const getFailureCause = createGetFailureCause(ERROR_PARSER);
const parseError = (status: number, body: unknown, retryAfter?: number) =>
	getError(parseResponse(createResponse(status, body, retryAfter), keepData));
const createMetaError = (code: number, message: string) => ({
	error: { message, type: 'OAuthException', code, fbtrace_id: 'A0' },
});
const createNetworkError = (code: string) =>
	toNetworkError(Object.assign(new Error('failed'), { code }));

describe('parseResponse for a success', () => {
	test('returns a body without an envelope, as of Publish Flow', () => {
		expect(parseResponse(createResponse(200, { success: true }), keepData)).toEqual({
			ok: true,
			data: { success: true },
		});
	});

	test('returns the data in an envelope, as of Update Flow Metadata', () => {
		const body = {
			code: 'WA200',
			message: 'Request Processed Successfully',
			data: { success: true },
			error: {},
		};
		expect(parseResponse(createResponse(200, body), keepData)).toEqual({
			ok: true,
			data: { success: true },
		});
	});

	test('accepts a success code with a hyphen', () => {
		expect(
			parseResponse(createResponse(200, { code: 'WA-200', data: { id: '1' } }), keepData),
		).toEqual({
			ok: true,
			data: { id: '1' },
		});
	});

	test('keeps the paging of a list, which has no code', () => {
		const body = { data: [{ id: '1' }], paging: { cursors: { after: 'a' } } };
		expect(parseResponse(createResponse(200, body), keepData)).toEqual({ ok: true, data: body });
	});

	test.each([200, 201, 202, 204, 299])('accepts status %i', (status) => {
		expect(parseResponse(createResponse(status, { success: true }), keepData)).toEqual({
			ok: true,
			data: { success: true },
		});
	});
});

describe('parseResponse for an API error', () => {
	test.each<[string, documented.Reply, string, string, string | undefined, RegExp]>([
		[
			'RBC001 (data is a list)',
			documented.incorrectKey,
			'Incorrect SID or API key.',
			'RBC001',
			'credential-invalid',
			/check the SID, API key, and pod/,
		],
		[
			'WA-401 of an account (error is text)',
			documented.wrongAccount,
			'API is not available for given customer.Please contact support for more info',
			'WA401',
			'credential-invalid',
			/^Wrong account: check that the right credential is selected.*ask Kaleyra support/,
		],
		[
			'WA-401 of a flow (HTTP 500)',
			documented.noSuchFlow,
			'The flow_id either does not exist or does not belong to the account.',
			'WA401',
			'configuration-invalid',
			/Check the flow ID/,
		],
		[
			'WA-400',
			documented.incorrectPayload,
			'Refer to correct payload format',
			'WA400',
			'configuration-invalid',
			/Check the ID and the values/,
		],
		[
			'WA-500',
			documented.internalFault,
			'Please try again later',
			'WA500',
			'temporarily-unavailable',
			/Try again in a few minutes/,
		],
	])(
		'has the message, code, and description of %s',
		(_, { status, body }, message, code, cause, description) => {
			const error = parseError(status, body);
			expect(error).toMatchObject({ message, code, httpCode: String(status), body });
			expect(error?.failure?.cause).toBe(cause);
			expect(error?.description).toMatch(description);
			// In Kaleyra's spelling, so that users can search for it.
			const { code: originalCode } = body as { code: string };
			expect(error?.description).toContain(`(code ${originalCode}, HTTP ${status})`);
		},
	);

	test('is the same for WA400 and WA-400', () => {
		const { body } = documented.incorrectPayload;
		const old = { ...(body as object), code: 'WA400' };
		const { code, message, failure } = parseError(400, body)!;
		expect(parseError(400, old)).toMatchObject({ code, message, failure, body: old });
	});

	test.each([200, 500])('is recognized by its body with status %i', (status) => {
		expect(parseError(status, documented.incorrectKey.body)).toMatchObject({
			code: 'RBC001',
			failure: { cause: 'credential-invalid' },
		});
	});

	test.each<[string, unknown]>([
		['without an envelope', { success: false }],
		['in an envelope', { code: 'WA200', message: 'Done', data: { success: false }, error: {} }],
	])('recognizes success: false with status 200 %s', (_, body) => {
		expect(parseError(200, body)).toMatchObject({
			recognized: true,
			body,
			description: expect.stringContaining('(success: false, HTTP 200)'),
		});
	});

	test.each<[number, string | undefined, RegExp]>([
		[100, 'configuration-invalid', /name must be unique within a WABA/],
		[139002, 'configuration-invalid', /publishing checks/],
		[4, 'rate-limited', /Wait, then try again/],
	])('has a description for Meta’s code %i', (code, cause, description) => {
		const error = parseError(400, createMetaError(code, 'Meta’s message'));
		expect(error).toMatchObject({ message: 'Meta’s message', code: `Meta ${code}` });
		expect(error?.failure?.cause).toBe(cause);
		expect(error?.description).toMatch(description);
		expect(error?.description).toContain(`(code Meta ${code}, HTTP 400)`);
	});

	test('keeps the message of success: false', () => {
		const body = { success: false, message: 'Flow is locked' };
		expect(parseError(200, body)?.message).toBe('Flow is locked');
	});

	const { other, statuses } = ERROR_CATALOG;
	test.each<[number, ErrorDefinition | undefined, string | undefined]>([
		[200, other, undefined],
		[400, other, undefined],
		[404, other, undefined],
		[429, statuses['429'], 'rate-limited'],
		[500, statuses['5xx'], 'temporarily-unavailable'],
		[503, statuses['5xx'], 'temporarily-unavailable'],
	])('has the description and failure for an unknown code with HTTP %i', (status, known, cause) => {
		const kaleyraError = { code: 'WA-777', message: 'New rule', error: {} };
		for (const body of [kaleyraError, createMetaError(777, 'New rule')]) {
			const error = parseError(status, body);
			expect(error?.message).toBe('New rule');
			expect(error?.description.startsWith(known!.description)).toBe(true);
			expect(error?.failure?.cause).toBe(cause);
		}
	});

	test('prefers the message that Meta writes for users', () => {
		const { error } = createMetaError(100, 'Invalid parameter');
		const body = { error: { ...error, error_user_msg: 'This name is taken.' } };
		expect(parseError(400, body)?.message).toBe('This name is taken.');
	});

	test.each<[string, unknown, string]>([
		['an undocumented code', { code: 'WA-777', message: 'New rule' }, 'New rule'],
		['text in error', { code: 'WA-777', error: 'New rule' }, 'New rule'],
		['text nested in error', { code: 'WA-777', error: { rule: 'New rule' } }, 'New rule'],
		[
			'Meta’s message after another text',
			{ error: { type: 'OAuthException', message: 'New rule', code: 777 } },
			'New rule',
		],
		['no text', { code: 'WA-400', error: {} }, 'Kaleyra rejected the values'],
		['a message of spaces', { code: 'WA-400', message: ' ' }, 'Kaleyra rejected the values'],
	])('has a message for a body with %s', (_, body, message) => {
		expect(parseError(400, body)?.message).toBe(message);
	});

	test.each<[number, unknown, string, string | undefined]>([
		[199, '', 'The request was rejected', undefined],
		[302, '', 'The server responded with a redirect', 'configuration-invalid'],
		[401, '', 'The API key was rejected', 'credential-invalid'],
		[403, '<html>Forbidden</html>', 'Access denied', 'credential-invalid'],
		[
			404,
			{ message: 'no Route matched with those values' },
			'no Route matched with those values',
			'configuration-invalid',
		],
		[418, '', 'The request was rejected', undefined],
		[429, '', 'Too many requests', 'rate-limited'],
		[
			502,
			'<html>Bad gateway</html>',
			'Server error from Kaleyra or a server in between',
			'temporarily-unavailable',
		],
	])('has the message for HTTP %i without an error code', (status, body, message, cause) => {
		const error = parseError(status, body);
		expect(error).toMatchObject({ message, httpCode: String(status), body });
		expect(error?.failure?.cause).toBe(cause);
	});

	test.each<[number, string, string, number]>([
		[429, 'rate-limited', 'Try again in 1 second.', 1_000],
		[429, 'rate-limited', 'Try again in 2 seconds.', 2_000],
		[429, 'rate-limited', 'Try again in 2 minutes.', 90_000],
		[503, 'temporarily-unavailable', 'Try again in 10 minutes.', 600_000],
	])(
		'with HTTP %i has the time to retry in its description and failure (%s): %s',
		(status, cause, sentence, retryAfterMs) => {
			const error = parseError(status, '', retryAfterMs);
			expect(error?.description).toContain(sentence);
			expect(error?.failure).toEqual({ cause, retryAfterMs });
		},
	);

	test('has no time to retry in its failure when waiting does not help', () => {
		expect(parseError(403, '', 2_000)?.failure).toEqual({ cause: 'credential-invalid' });
	});

	test('keeps the message of an unexpected response', () => {
		const parsed = parseResponse(createResponse(200, { message: 'Maintenance' }), parseFlow);
		expect(getError(parsed)?.message).toBe('Maintenance');
	});

	test.each<[string, unknown]>([
		['HTML', '<html>Welcome</html>'],
		['an empty body', ''],
		['a list in place of a flow', []],
		['null', null],
	])('reports status 200 with %s as an unexpected response', (_, body) => {
		expect(getError(parseResponse(createResponse(200, body), parseFlow))).toMatchObject({
			message: expect.stringMatching(/Unexpected response from Kaleyra/),
			failure: { cause: 'configuration-invalid' },
		});
	});

	test.each([
		['ECONNREFUSED', 'Connection refused'],
		['ENOTFOUND', 'Host not found'],
		['ECONNRESET', 'Connection reset'],
		['ECONNABORTED', 'Request timed out'],
		['CERT_HAS_EXPIRED', 'failed'],
	])('has the message for the network error %s', (code, message) => {
		expect(getError(parseResponse(createNetworkError(code), keepData))).toMatchObject({
			message: expect.stringContaining(message),
			description: expect.stringContaining(`(${code})`),
			httpCode: code,
			failure: { cause: 'temporarily-unavailable' },
		});
	});
});

describe('parseWriteResponse', () => {
	test.each<[string, unknown]>([
		['without an envelope', { success: true }],
		['in an envelope', { code: 'WA200', message: 'OK', data: { success: true }, error: {} }],
	])('returns applied for success: true %s', (_, body) => {
		expect(parseWriteResponse(createResponse(200, body))).toMatchObject({ applied: true });
	});

	test.each<[string, HttpResult, boolean]>([
		['an invalid payload', createResponse(400, documented.incorrectPayload.body), false],
		['a wrong API key', createResponse(401, documented.incorrectKey.body), false],
		['a wrong account', createResponse(401, documented.wrongAccount.body), false],
		['an unknown flow with HTTP 500', createResponse(500, documented.noSuchFlow.body), false],
		['success: false', createResponse(200, { success: false }), false],
		[
			'a documented code with HTTP 200',
			createResponse(200, documented.incorrectPayload.body),
			false,
		],
		['a code of Meta’s with HTTP 200', createResponse(200, createMetaError(100, 'No')), false],
		['an unknown code with HTTP 200', createResponse(200, { code: 'WA-777', error: {} }), true],
		[
			'an unknown code of Meta’s with HTTP 200',
			createResponse(200, createMetaError(7, 'No')),
			true,
		],
		['a rate limit', createResponse(429, ''), false],
		['a redirect', createResponse(302, ''), false],
		['a refused connection', createNetworkError('ECONNREFUSED'), false],
		['an internal error', createResponse(500, documented.internalFault.body), true],
		['a gateway timeout', createResponse(504, '<html>'), true],
		['a timeout', createNetworkError('ECONNABORTED'), true],
		['a dropped connection', createNetworkError('ECONNRESET'), true],
		['HTTP 200 with HTML', createResponse(200, '<html>'), true],
		['HTTP 200 without a body', createResponse(200, ''), true],
		['HTTP 200 with another value of success', createResponse(200, { success: 'yes' }), true],
	])('does not return applied for %s (indeterminate: %j)', (_, result, indeterminate) => {
		expect(parseWriteResponse(result)).toMatchObject({ applied: false, indeterminate });
	});
});

describe('isIndeterminate for Kaleyra', () => {
	test.each<[string, number, unknown]>([
		['a wrong API key', 401, documented.incorrectKey.body],
		['a wrong API key', 500, documented.incorrectKey.body],
		['an unknown flow', 500, documented.noSuchFlow.body],
		['an invalid payload', 500, documented.incorrectPayload.body],
		['Meta’s error for an invalid parameter', 500, createMetaError(100, 'Invalid parameter')],
		['Meta’s error for a failed publish', 500, createMetaError(139002, 'Publishing failed')],
	])('is false for %s with HTTP %i', (_, status, body) => {
		expect(isIndeterminate(createResponse(status, body), getFailureCause)).toBe(false);
	});

	test.each<[string, number, unknown]>([
		['an internal error', 500, documented.internalFault.body],
		['an unknown code', 500, { code: 'WA-777', message: 'New' }],
		['HTML', 502, '<html>'],
		['no body', 500, ''],
	])('is true for %s with HTTP %i', (_, status, body) => {
		expect(isIndeterminate(createResponse(status, body), getFailureCause)).toBe(true);
	});
});

describe('parseFlowPage', () => {
	const rows = [{ id: '1', name: 'a' }];

	test.each<[string, unknown, string | undefined]>([
		['the documented form', { data: rows, paging: { cursors: { before: 'b', after: 'a' } } }, 'a'],
		['a list without an envelope', rows, undefined],
		['a page without paging', { data: rows }, undefined],
		['a page without cursors', { data: rows, paging: {} }, undefined],
		['a page with an empty cursor', { data: rows, paging: { cursors: { after: '' } } }, undefined],
		['a page with a numeric cursor', { data: rows, paging: { cursors: { after: 5 } } }, undefined],
		['a page with paging null', { data: rows, paging: null }, undefined],
		[
			'a page with the URL of the next page, which is ignored',
			{ data: rows, paging: { next: 'https://graph.facebook.com/?access_token=x&after=n' } },
			undefined,
		],
	])('accepts %s', (_, data, after) => {
		expect(parseFlowPage(data)).toEqual({ rows, after });
	});

	test.each<[string, unknown]>([
		['an object in place of the list', { data: {} }],
		['text', 'flows'],
		['undefined', undefined],
		['null', null],
		['an object without data', { flows: rows }],
		['a list that contains text', { data: [...rows, 'flow-2'] }],
		['a list that contains null', { data: [null] }],
	])('rejects %s', (_, data) => {
		expect(parseFlowPage(data)).toBeUndefined();
	});

	test('converts numeric IDs to text', () => {
		expect(parseFlowPage([{ id: 822625023859371, name: 'a' }])?.rows).toEqual([
			{ id: '822625023859371', name: 'a' },
		]);
	});

	test('rejects a numeric ID that exceeds the safe integers', () => {
		expect(parseFlowPage([{ id: 2 ** 60 }])).toBeUndefined();
	});

	test('keeps undocumented values and fields', () => {
		const flow = { id: '1', status: 'SUSPENDED', categories: ['NEW'], extra: { a: 1 } };
		expect(parseFlowPage([flow])?.rows).toEqual([flow]);
	});
});

describe('parseFlowWithId', () => {
	test.each(['name', 'status', 'categories', 'validation_errors', 'validation_error'])(
		'recognizes a flow by its %s',
		(field) => {
			expect(parseFlowWithId('1', { [field]: 'x' }, [])).toEqual({ id: '1', [field]: 'x' });
		},
	);

	test.each<[string, unknown]>([
		['an object without a field of a flow', { note: 'x' }],
		['an empty object', {}],
		['an object with an ID of another type', { id: null, name: 'x' }],
		['null', null],
	])('rejects %s', (_, data) => {
		expect(parseFlowWithId('1', data, [])).toBeUndefined();
	});
});

describe('getValidationErrors', () => {
	test.each<[string, number, unknown]>([
		['a list', 2, [{ message: 'a' }, { message: 'b' }]],
		['an empty list', 0, []],
		['undefined', 0, undefined],
		['null', 0, null],
		['a list that also contains text', 1, ['x', { message: 'a' }]],
		['one object, as a table of the page has it', 1, { message: 'a' }],
		['an empty object', 0, {}],
	])('in %s returns %i', (_, count, errors) => {
		expect(getValidationErrors({ id: '1', validation_errors: errors as never })).toHaveLength(
			count,
		);
	});

	test('reads the name that the text of the page uses', () => {
		expect(getValidationErrors({ id: '1', validation_error: [{ message: 'a' }] })).toHaveLength(1);
	});
});
