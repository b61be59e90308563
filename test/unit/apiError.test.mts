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

describe('Secrets', () => {
	test.each<[string, unknown, unknown]>([
		['in a text', `key ${KEY}, SID ${SID}`, 'key [hidden], SID [hidden]'],
		['more than once', `${SID} and ${SID}`, '[hidden] and [hidden]'],
		['encoded', `?key=${encodeURIComponent(KEY)}`, '?key=[hidden]'],
		['deep inside', { a: [{ b: `x${KEY}x` }] }, { a: [{ b: 'x[hidden]x' }] }],
		['as a key', { [SID]: { [KEY]: 1 } }, { '[hidden]': { '[hidden]': 1 } }],
		['nowhere', { a: [1, true, null, undefined, 'x'] }, { a: [1, true, null, undefined, 'x'] }],
	])('are hidden: %s', (_, value, shown) => {
		expect(redactSecrets(value, [SID, KEY])).toEqual(shown);
	});

	test('that are empty hide nothing', () => {
		expect(redactSecrets('text', ['', ''])).toBe('text');
	});

	test('are not taken out of the value itself', () => {
		const value = { a: KEY };
		redactSecrets(value, [KEY]);
		expect(value).toEqual({ a: KEY });
	});
});

describe('The error that n8n shows', () => {
	const refusal: ApiError = {
		message: 'Refer to correct payload format',
		description: 'Check the values. (code WA400, HTTP 400)',
		httpCode: '400',
		code: 'WA400',
		body: { code: 'WA-400', error: { payload: 'Incorrect payload format' } },
		failure: { cause: 'configuration-invalid' },
	};

	test('has the message, what to do, the status, the reason and the whole answer', () => {
		const error = toNodeApiError(NODE, refusal);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: refusal.message,
			description: refusal.description,
			httpCode: '400',
			failure: { cause: 'configuration-invalid' },
			context: { data: { response: refusal.body } },
			node: NODE,
		});
	});

	test.each([
		'The deletePermission of this app is missing',
		'ECONNREFUSED is what the flow is called',
		'Request failed with status code 404',
	])('keeps the message "%s", which n8n would rewrite', (message) => {
		expect(toNodeApiError(NODE, { ...refusal, message }).message).toBe(message);
	});

	test('keeps the message under a status that n8n has words of its own for', () => {
		expect(toNodeApiError(NODE, { ...refusal, httpCode: '404' }).message).toBe(refusal.message);
	});

	test('is a new one each time', () => {
		expect(toNodeApiError(NODE, refusal)).not.toBe(toNodeApiError(NODE, refusal));
	});

	test('can be made where no answer came', () => {
		const { message, description } = refusal;
		expect(toNodeApiError(NODE, { message, description })).toMatchObject({
			message,
			description: description,
			context: { data: { response: null } },
		});
	});

	test('has room for the item', () => {
		const error = toNodeApiError(NODE, refusal);
		error.context['itemIndex'] = 2;
		expect(error.context).toMatchObject({ itemIndex: 2, data: { response: refusal.body } });
	});
});

describe('What is thrown', () => {
	test('is shown as it is when n8n can show it', () => {
		const error = new NodeOperationError(NODE, 'Known to n8n');
		expect(toNodeError(NODE, error)).toBe(error);
	});

	test('is shown with what to do when the input is wrong', () => {
		expect(
			toNodeError(NODE, new InvalidInputError('Name is empty', 'Enter a name.')),
		).toMatchObject({
			message: 'Name is empty',
			description: 'Enter a name.',
		});
	});

	test.each<[unknown, string]>([
		[new CancelledError(), 'The execution was canceled'],
		[new Error('deletePermission'), 'deletePermission'],
		['a text', 'a text'],
	])('is shown with its own words: %s', (thrown, message) => {
		expect(toNodeError(NODE, thrown)).toBeInstanceOf(NodeOperationError);
		expect(toNodeError(NODE, thrown).message).toBe(message);
	});
});
