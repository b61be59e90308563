import { describe, expect, test } from 'vitest';
import { isObject, parseJson } from '../../nodes/shared/http/json.ts';

describe('JSON', () => {
	test.each<[string, string, unknown]>([
		[
			'keeps all digits of a long number',
			'{"id":90071992547409931234}',
			{ id: '90071992547409931234' },
		],
		['keeps them just above 2^53', '{"id":9007199254740993}', { id: '9007199254740993' }],
		['keeps them below zero', '{"id": -9007199254740993}', { id: '-9007199254740993' }],
		[
			'keeps them deep inside',
			'{"data":[{"waba":{"ids":[1,\n 12345678901234567890]}}]}',
			{ data: [{ waba: { ids: [1, '12345678901234567890'] } }] },
		],
		['keeps them in a bare value of a list', '[12345678901234567890]', ['12345678901234567890']],
		[
			'leaves numbers that need no help as numbers',
			'{"id":9007199254740991,"line":10,"x":12345678901234567890}',
			{ id: 9007199254740991, line: 10, x: '12345678901234567890' },
		],
		[
			'leaves a fraction beside a long number a number',
			'{"id":12345678901234567890,"rate":0.5}',
			{ id: '12345678901234567890', rate: 0.5 },
		],
		[
			'leaves strings as they are',
			'{"name":"a: 12345678901234567890","id":"012345678901234567890"}',
			{ name: 'a: 12345678901234567890', id: '012345678901234567890' },
		],
		['gives a web page as its text', '<html>Bad gateway</html>', '<html>Bad gateway</html>'],
		['gives a body that was cut off as its text', '{"data":[', '{"data":['],
		['gives an empty body as its text', '', ''],
		['gives null as null', 'null', null],
	])('%s', (_, text, value) => {
		expect(parseJson(text)).toEqual(value);
	});

	test.each<[unknown, boolean]>([
		[{}, true],
		[[], false],
		[null, false],
		['{}', false],
		[undefined, false],
	])('%j is an object: %j', (value, is) => {
		expect(isObject(value)).toBe(is);
	});
});
