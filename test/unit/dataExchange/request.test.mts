import { describe, expect, test } from 'vitest';
import { MalformedRequestError } from '../../../nodes/shared/whatsappFlows/dataExchange/errors.ts';
import { parseRequest } from '../../../nodes/shared/whatsappFlows/dataExchange/request.ts';

const parse = (value: unknown) => parseRequest(JSON.stringify(value));

describe('parseRequest', () => {
	test('recognizes a ping, which has no flow token', () => {
		expect(parse({ version: '3.0', action: 'ping' })).toEqual({
			kind: 'ping',
			action: 'ping',
			version: '3.0',
			screen: '',
			data: {},
			flowToken: undefined,
		});
	});

	test.each(['INIT', 'data_exchange', 'BACK'])('parses %s', (action) => {
		const request = parse({ version: '4.0', action, screen: 'A', data: { a: 1 }, flow_token: 't' });
		expect(request).toMatchObject({
			kind: 'screen',
			action,
			version: '4.0',
			screen: 'A',
			flowToken: 't',
		});
	});

	test('keeps all digits of long numbers', () => {
		const { data } = parseRequest('{"action":"INIT","data":{"id":12345678901234567890}}');
		expect(data).toEqual({ id: '12345678901234567890' });
	});

	test.each(['error', 'error_key'])('recognizes a client error by %s', (key) => {
		const data = { [key]: 'timeout_error', error_message: 'Timed out' };
		expect(parse({ action: 'data_exchange', data }).kind).toBe('clientError');
		expect(parse({ action: 'data_exchange', data: { [key]: 'a form field' } }).kind).toBe('screen');
	});

	test('takes an empty form field named error for no client error', () => {
		const data = { error: '', error_message: 'a form field' };
		expect(parse({ action: 'data_exchange', data }).kind).toBe('screen');
	});

	test.each([
		['without version, screen, data, and flow token', {}],
		['with an empty flow token', { data: '', screen: null, flow_token: '' }],
	])('accepts a request %s', (_, fields) => {
		expect(parse({ action: 'BACK', ...fields })).toEqual({
			kind: 'screen',
			action: 'BACK',
			version: '',
			screen: '',
			data: {},
			flowToken: undefined,
		});
	});

	test.each([
		['text that is not JSON', 'text'],
		['a list', '[]'],
		['null', 'null'],
		['no action', '{}'],
		['an unknown action', '{"action":"delete"}'],
		['an action in another case', '{"action":"PING"}'],
	])('rejects %s', (_, payload) => {
		expect(() => parseRequest(payload)).toThrow(MalformedRequestError);
	});
});
