import { describe, expect, test } from 'vitest';
import { isObject, parseJson } from '../../nodes/shared/http/json.ts';

describe('parseJson', () => {
	test.each<[string, string, unknown]>([
		[
			'keeps all digits of a long number',
			'{"id":90071992547409931234}',
			{ id: '90071992547409931234' },
		],
		[
			'keeps all digits just above the safe integers',
			'{"id":9007199254740993}',
			{ id: '9007199254740993' },
		],
		[
			'keeps all digits of a long negative number',
			'{"id": -9007199254740993}',
			{ id: '-9007199254740993' },
		],
		[
			'keeps all digits in nested values',
			'{"data":[{"waba":{"ids":[1,\n 12345678901234567890]}}]}',
			{ data: [{ waba: { ids: [1, '12345678901234567890'] } }] },
		],
		['keeps all digits in a list', '[12345678901234567890]', ['12345678901234567890']],
		[
			'returns safe integers as numbers',
			'{"id":9007199254740991,"line":10,"x":12345678901234567890}',
			{ id: 9007199254740991, line: 10, x: '12345678901234567890' },
		],
		[
			'returns a fraction next to a long number as a number',
			'{"id":12345678901234567890,"rate":0.5}',
			{ id: '12345678901234567890', rate: 0.5 },
		],
		[
			'does not change strings',
			'{"name":"a: 12345678901234567890","id":"012345678901234567890"}',
			{ name: 'a: 12345678901234567890', id: '012345678901234567890' },
		],
		['returns HTML as text', '<html>Bad gateway</html>', '<html>Bad gateway</html>'],
		['returns truncated JSON as text', '{"data":[', '{"data":['],
		['returns an empty body as text', '', ''],
		['returns null', 'null', null],
	])('%s', (_, text, value) => {
		expect(parseJson(text)).toEqual(value);
	});
});

describe('isObject', () => {
	test.each<[unknown, boolean]>([
		[{}, true],
		[[], false],
		[null, false],
		['{}', false],
		[undefined, false],
	])('of %j is %j', (value, expected) => {
		expect(isObject(value)).toBe(expected);
	});
});
