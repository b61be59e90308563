import { describe, expect, test } from 'vitest';
import { parseResponse, parseWriteResponse } from '../../nodes/kaleyra/responses.ts';
import { parseFlow, parseFlowPage, getValidationErrors } from '../../nodes/kaleyra/flow.ts';
import type { HttpResponse, HttpResult } from '../../nodes/shared/http/httpResult.ts';
import type { ParseResult } from '../../nodes/shared/api/responses.ts';
import { createGetFailureCause } from '../../nodes/shared/api/responses.ts';
import { ERROR_PARSER } from '../../nodes/kaleyra/errors.ts';
import { toNetworkError } from '../../nodes/shared/http/httpResult.ts';
import { isIndeterminate } from '../../nodes/shared/http/retry.ts';
import * as documented from '../mock-api/errors.mts';

const answer = (status: number, body: unknown, retryAfter?: number): HttpResponse => ({
	kind: 'response',
	status,
	retryAfter,
	body,
});
const asIs = (data: unknown) => data;
const getError = (parsed: ParseResult<unknown>) => (parsed.ok ? undefined : parsed.error);
const getFailureCause = createGetFailureCause(ERROR_PARSER);
const createApiError = (status: number, body: unknown, retryAfter?: number) =>
	getError(parseResponse(answer(status, body, retryAfter), asIs));
const graphError = (code: number, message: string) => ({
	error: { message, type: 'OAuthException', code, fbtrace_id: 'A0' },
});
const dropped = (code: string) => toNetworkError(Object.assign(new Error('failed'), { code }));

describe('Success', () => {
	test('is taken bare, as of Publish Flow', () => {
		expect(parseResponse(answer(200, { success: true }), asIs)).toEqual({
			ok: true,
			data: { success: true },
		});
	});

	test('is taken out of its envelope, as of Update Flow Metadata', () => {
		const body = {
			code: 'WA200',
			message: 'Request Processed Successfully',
			data: { success: true },
			error: {},
		};
		expect(parseResponse(answer(200, body), asIs)).toEqual({ ok: true, data: { success: true } });
	});

	test('with a hyphen in its code is success too', () => {
		expect(parseResponse(answer(200, { code: 'WA-200', data: { id: '1' } }), asIs)).toEqual({
			ok: true,
			data: { id: '1' },
		});
	});

	test('of a list keeps its paging, because it has no code', () => {
		const body = { data: [{ id: '1' }], paging: { cursors: { after: 'a' } } };
		expect(parseResponse(answer(200, body), asIs)).toEqual({ ok: true, data: body });
	});

	test.each([200, 201, 202, 204, 299])('is any status from 200 to 299: %i', (status) => {
		expect(parseResponse(answer(status, { success: true }), asIs)).toEqual({
			ok: true,
			data: { success: true },
		});
	});
});

describe('A refusal', () => {
	test.each<[string, documented.Reply, string, string, string | undefined, RegExp]>([
		[
			'RBC001, whose data is a list',
			documented.incorrectKey,
			'Incorrect SID or API key.',
			'RBC001',
			'credential-invalid',
			/check the SID, API key, and pod/,
		],
		[
			'WA-401, whose error is a text',
			documented.wrongAccount,
			'API is not available for given customer.Please contact support for more info',
			'WA401',
			'credential-invalid',
			/Check that the right credential is selected.*ask Kaleyra support/,
		],
		[
			'WA-401 of a flow, under the heading 500',
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
		'of the pages is told in their words: %s',
		(_, { status, body }, message, code, cause, next) => {
			const refusal = createApiError(status, body);
			expect(refusal).toMatchObject({ message, code, httpCode: String(status), body });
			expect(refusal?.failure?.cause).toBe(cause);
			expect(refusal?.description).toMatch(next);
			// As Kaleyra spells it, so that it can be searched for.
			const { code: spelt } = body as { code: string };
			expect(refusal?.description).toContain(`(code ${spelt}, HTTP ${status})`);
		},
	);

	test('is the same with WA400 as with WA-400', () => {
		const { body } = documented.incorrectPayload;
		const old = { ...(body as object), code: 'WA400' };
		const { code, message, failure } = createApiError(400, body)!;
		expect(createApiError(400, old)).toMatchObject({ code, message, failure, body: old });
	});

	test.each([
		['under 200', 200],
		['under 500', 500],
	])('is known by its body %s', (_, status) => {
		expect(createApiError(status, documented.incorrectKey.body)).toMatchObject({
			code: 'RBC001',
			failure: { cause: 'credential-invalid' },
		});
	});

	test.each<[string, unknown]>([
		['bare', { success: false }],
		['in an envelope', { code: 'WA200', message: 'Done', data: { success: false }, error: {} }],
	])('is success: false with 200, %s', (_, body) => {
		expect(createApiError(200, body)).toMatchObject({
			recognized: true,
			body,
			description: expect.stringContaining('(success: false, HTTP 200)'),
		});
	});

	test.each<[number, string | undefined, RegExp]>([
		[100, 'configuration-invalid', /name must be unique within a WABA/],
		[139002, 'configuration-invalid', /publishing checks/],
		[4, 'rate-limited', /Wait, then try again/],
	])('of Meta’s with code %i is told with what to do', (code, cause, next) => {
		const refusal = createApiError(400, graphError(code, 'In Meta’s words'));
		expect(refusal).toMatchObject({ message: 'In Meta’s words', code: `Meta ${code}` });
		expect(refusal?.failure?.cause).toBe(cause);
		expect(refusal?.description).toMatch(next);
	});

	test('of Meta’s is told with the sentence that Meta writes for people', () => {
		const { error } = graphError(100, 'Invalid parameter');
		const body = { error: { ...error, error_user_msg: 'This name is taken.' } };
		expect(createApiError(400, body)?.message).toBe('This name is taken.');
	});

	test.each<[string, unknown, string]>([
		['a code that no page names', { code: 'WA-777', message: 'New rule' }, 'New rule'],
		['a sentence in error only', { code: 'WA-777', error: 'New rule' }, 'New rule'],
		['a sentence deeper only', { code: 'WA-777', error: { rule: 'New rule' } }, 'New rule'],
		['no sentence', { code: 'WA-400', error: {} }, 'Kaleyra rejected the values'],
		['blank sentences', { code: 'WA-400', message: ' ' }, 'Kaleyra rejected the values'],
	])('with %s still says what happened', (_, body, message) => {
		expect(createApiError(400, body)?.message).toBe(message);
	});

	test.each<[number, unknown, string, string | undefined]>([
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
	])('of HTTP %i without a code is told by its status', (status, body, message, cause) => {
		const refusal = createApiError(status, body);
		expect(refusal).toMatchObject({ message, httpCode: String(status), body });
		expect(refusal?.failure?.cause).toBe(cause);
	});

	test.each<[number, string]>([
		[2_000, 'Try again in 2 seconds.'],
		[600_000, 'Try again in 10 minutes.'],
	])('that names a time (%i ms) says when to come back, to people and to n8n', (wait, sentence) => {
		const refusal = createApiError(429, '', wait);
		expect(refusal?.description).toContain(sentence);
		expect(refusal?.failure).toEqual({ cause: 'rate-limited', retryAfterMs: wait });
	});

	test.each<[string, unknown]>([
		['a web page', '<html>Welcome</html>'],
		['an empty body', ''],
		['a list in place of a flow', []],
		['null', null],
	])('is also success with %s: that is no answer of Kaleyra’s', (_, body) => {
		expect(getError(parseResponse(answer(200, body), parseFlow))).toMatchObject({
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
	])('is also no answer at all, told by the network’s code %s', (code, message) => {
		expect(getError(parseResponse(dropped(code), asIs))).toMatchObject({
			message: expect.stringContaining(message),
			description: expect.stringContaining(`(${code})`),
			httpCode: code,
			failure: { cause: 'temporarily-unavailable' },
		});
	});
});

describe('A write', () => {
	test.each<[string, unknown]>([
		['bare', { success: true }],
		['wrapped', { code: 'WA200', message: 'OK', data: { success: true }, error: {} }],
	])('is done where it is said, %s', (_, body) => {
		expect(parseWriteResponse(answer(200, body))).toMatchObject({ applied: true });
	});

	test.each<[string, HttpResult, boolean]>([
		['a refusal of the values', answer(400, documented.incorrectPayload.body), false],
		['a wrong key', answer(401, documented.incorrectKey.body), false],
		['a wrong account', answer(401, documented.wrongAccount.body), false],
		['a flow that is not there, under 500', answer(500, documented.noSuchFlow.body), false],
		['success: false', answer(200, { success: false }), false],
		['too many requests', answer(429, ''), false],
		['a redirect', answer(302, ''), false],
		['nothing listening', dropped('ECONNREFUSED'), false],
		['an internal error', answer(500, documented.internalFault.body), true],
		['a gateway that gave up', answer(504, '<html>'), true],
		['a timeout', dropped('ECONNABORTED'), true],
		['a broken connection', dropped('ECONNRESET'), true],
		['success with a web page', answer(200, '<html>'), true],
		['success without a body', answer(200, ''), true],
		['success that says something else', answer(200, { success: 'yes' }), true],
	])('that ended with %s is not done', (_, outcome, open) => {
		expect(parseWriteResponse(outcome)).toMatchObject({ applied: false, indeterminate: open });
	});
});

describe('The last word', () => {
	test.each<[string, number, unknown]>([
		['a wrong key', 401, documented.incorrectKey.body],
		['a wrong key under 500', 500, documented.incorrectKey.body],
		['a flow that is not there, under 500', 500, documented.noSuchFlow.body],
		['values refused under 500', 500, documented.incorrectPayload.body],
		['Meta’s refusal of a value under 500', 500, graphError(100, 'Invalid parameter')],
		['Meta’s refusal to publish under 500', 500, graphError(139002, 'Publishing failed')],
	])('is %s (HTTP %i)', (_, status, body) => {
		expect(isIndeterminate(answer(status, body), getFailureCause)).toBe(false);
	});

	test.each<[string, number, unknown]>([
		['an internal error', 500, documented.internalFault.body],
		['an unknown code under 500', 500, { code: 'WA-777', message: 'New' }],
		['a web page under 502', 502, '<html>'],
		['no body', 500, ''],
	])('is not %s (HTTP %i)', (_, status, body) => {
		expect(isIndeterminate(answer(status, body), getFailureCause)).toBe(true);
	});
});

describe('A page of flows', () => {
	const rows = [{ id: '1', name: 'a' }];

	test.each<[string, unknown, string | undefined]>([
		['as documented', { data: rows, paging: { cursors: { before: 'b', after: 'a' } } }, 'a'],
		['as a bare list', rows, undefined],
		['without paging', { data: rows }, undefined],
		['without cursors', { data: rows, paging: {} }, undefined],
		['with an empty cursor', { data: rows, paging: { cursors: { after: '' } } }, undefined],
		['with a cursor that is no text', { data: rows, paging: { cursors: { after: 5 } } }, undefined],
		['with paging null', { data: rows, paging: null }, undefined],
		[
			'with an address of the next page, which is not used',
			{ data: rows, paging: { next: 'https://graph.facebook.com/?access_token=x&after=n' } },
			undefined,
		],
	])('is read %s', (_, data, after) => {
		expect(parseFlowPage(data)).toEqual({ rows, after });
	});

	test.each<[string, unknown]>([
		['no list', { data: {} }],
		['a text', 'flows'],
		['nothing', undefined],
		['null', null],
		['an object without data', { flows: rows }],
		['a list with something else in it', { data: [...rows, 'flow-2'] }],
		['a list with null in it', { data: [null] }],
	])('is not %s', (_, data) => {
		expect(parseFlowPage(data)).toBeUndefined();
	});

	test('has IDs as text, also where they came as numbers', () => {
		expect(parseFlowPage([{ id: 822625023859371, name: 'a' }])?.rows).toEqual([
			{ id: '822625023859371', name: 'a' },
		]);
	});

	test('with an ID whose digits are lost is not taken', () => {
		expect(parseFlowPage([{ id: 2 ** 60 }])).toBeUndefined();
	});

	test('keeps what no page names yet', () => {
		const flow = { id: '1', status: 'SUSPENDED', categories: ['NEW'], extra: { a: 1 } };
		expect(parseFlowPage([flow])?.rows).toEqual([flow]);
	});

	test.each<[string, number, unknown]>([
		['a list', 2, [{ message: 'a' }, { message: 'b' }]],
		['an empty list', 0, []],
		['missing', 0, undefined],
		['null', 0, null],
		['a list with something else in it', 1, ['x', { message: 'a' }]],
	])('has validation errors that are %s: %i', (_, count, errors) => {
		expect(getValidationErrors({ id: '1', validation_errors: errors as never })).toHaveLength(
			count,
		);
	});
});
