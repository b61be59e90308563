import { describe, expect, test } from 'vitest';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import type { ApiError } from '../../nodes/shared/api/apiError.ts';
import { CancelledError, InvalidInputError } from '../../nodes/shared/errors.ts';
import { toNodeApiError, redactSecrets } from '../../nodes/shared/api/apiError.ts';
import { toNodeError } from '../../nodes/shared/node/errors.ts';

const KEY = 'A0/secret+key=';
const SID = 'HXAP1600000097IN';
const NODE: INode = {
	id: '1',
	name: 'Kaleyra Flows',
	type: 'n8n-nodes-kaleyra-flows.kaleyraFlows',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

describe('redactSecrets', () => {
	test.each<[string, unknown, unknown]>([
		['in text', `key ${KEY}, SID ${SID}`, 'key [hidden], SID [hidden]'],
		['that occur more than once', `${SID} and ${SID}`, '[hidden] and [hidden]'],
		['that are URL-encoded', `?key=${encodeURIComponent(KEY)}`, '?key=[hidden]'],
		['in nested values', { a: [{ b: `x${KEY}x` }] }, { a: [{ b: 'x[hidden]x' }] }],
		['in property names', { [SID]: { [KEY]: 1 } }, { '[hidden]': { '[hidden]': 1 } }],
	])('replaces secrets %s', (_, value, redacted) => {
		expect(redactSecrets(value, [SID, KEY])).toEqual(redacted);
	});

	test('returns a value without secrets unchanged', () => {
		const value = { a: [1, true, null, undefined, 'x'] };
		expect(redactSecrets(value, [SID, KEY])).toEqual(value);
	});

	test('replaces a secret that contains another one as a whole', () => {
		expect(redactSecrets('abcdef', ['abc', 'abcdef'])).toBe('[hidden]');
	});

	test('ignores empty secrets', () => {
		expect(redactSecrets('text', ['', ''])).toBe('text');
	});

	test('does not change its argument', () => {
		const value = { a: KEY };
		redactSecrets(value, [KEY]);
		expect(value).toEqual({ a: KEY });
	});
});

describe('toNodeApiError', () => {
	const apiError: ApiError = {
		message: 'Refer to correct payload format',
		description: 'Check the values. (code WA400, HTTP 400)',
		httpCode: '400',
		code: 'WA400',
		body: { code: 'WA-400', error: { payload: 'Incorrect payload format' } },
		failure: { cause: 'configuration-invalid' },
	};

	test('sets message, description, status, failure, and the full response', () => {
		const error = toNodeApiError(NODE, apiError);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: apiError.message,
			description: apiError.description,
			httpCode: '400',
			failure: { cause: 'configuration-invalid' },
			context: { data: { response: apiError.body } },
			node: NODE,
		});
	});

	test.each([
		'The deletePermission of this app is missing',
		'ECONNREFUSED is what the flow is called',
		'Request failed with status code 404',
	])('keeps the message "%s", which NodeApiError would replace', (message) => {
		expect(toNodeApiError(NODE, { ...apiError, message }).message).toBe(message);
	});

	test('keeps the message of a status for which n8n has its own message', () => {
		expect(toNodeApiError(NODE, { ...apiError, httpCode: '404' }).message).toBe(apiError.message);
	});

	test('creates a new error for each call', () => {
		expect(toNodeApiError(NODE, apiError)).not.toBe(toNodeApiError(NODE, apiError));
	});

	test('accepts an error without a response', () => {
		const { message, description } = apiError;
		expect(toNodeApiError(NODE, { message, description })).toMatchObject({
			message,
			description: description,
			context: { data: { response: null } },
		});
	});

	test('lets callers add the item index to its context', () => {
		const error = toNodeApiError(NODE, apiError);
		error.context['itemIndex'] = 2;
		expect(error.context).toMatchObject({ itemIndex: 2, data: { response: apiError.body } });
	});
});

describe('toNodeError', () => {
	test('returns an error of n8n unchanged', () => {
		const error = new NodeOperationError(NODE, 'Known to n8n');
		expect(toNodeError(NODE, error)).toBe(error);
	});

	test('keeps message and description of an InvalidInputError', () => {
		expect(
			toNodeError(NODE, new InvalidInputError('Name is empty', 'Enter a name.')),
		).toMatchObject({
			message: 'Name is empty',
			description: 'Enter a name.',
		});
	});

	test('adds the description to a tool’s message once', () => {
		const tool = { ...NODE, type: `${NODE.type}Tool` };
		const error = new NodeOperationError(tool, 'No flow', { description: 'Enter one.' });
		expect(toNodeError(tool, toNodeError(tool, error)).message).toBe('No flow. Enter one.');
		expect(toNodeError(tool, new Error('No flow')).message).toBe('No flow');
	});

	test.each<[unknown, string]>([
		[new CancelledError(), 'The execution was canceled'],
		[new Error('deletePermission'), 'deletePermission'],
		['a text', 'a text'],
	])('keeps the message of %s', (thrown, message) => {
		expect(toNodeError(NODE, thrown)).toBeInstanceOf(NodeOperationError);
		expect(toNodeError(NODE, thrown).message).toBe(message);
	});
});
