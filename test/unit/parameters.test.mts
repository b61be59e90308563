import { describe, expect, test } from 'vitest';
import { parseOptions } from '../../nodes/shared/node/options.ts';
import { parseFields } from '../../nodes/kaleyra/parameters/fields.ts';
import { parseInteger, parseStringList } from '../../nodes/shared/node/parameters.ts';
import { InvalidInputError } from '../../nodes/shared/errors.ts';

describe('Fields', () => {
	test.each<[string, unknown, string[]]>([
		['an array', ['id', 'name'], ['id', 'name']],
		['comma-separated text', 'id,name', ['id', 'name']],
		['text with blanks', ' id , name ', ['id', 'name']],
		['text with empty places', 'id,,name,', ['id', 'name']],
		['an array with blanks', [' id ', '', ' '], ['id']],
		['the same one twice', ['id', 'name', 'id'], ['id', 'name']],
		['one that no page names', 'preview,metric.name(X)', ['preview', 'metric.name(X)']],
		['nothing', undefined, []],
		['null', null, []],
		['an empty array', [], []],
		['empty text', '', []],
	])('may be %s', (_, value, words) => {
		expect(parseStringList(value, 'Fields', 'id,name')).toEqual(words);
		expect(parseFields((_name, fallback) => value ?? fallback)).toEqual(words);
	});

	test.each<[string, unknown]>([
		['a number', 5],
		['true', true],
		['an object', { id: true }],
		['a number among words', ['id', 5]],
		['null among words', ['id', null]],
		['a sentence', 'the name of it'],
		['a comma within one word', ['id,name']],
		['a control character', ['id\u0000']],
		['a line break inside', 'id,na\nme'],
	])('may not be %s', (_, value) => {
		expect(() => parseStringList(value, 'Fields', 'id,name')).toThrow(
			/^'Fields' must contain only names without spaces/,
		);
	});
});

describe('A whole number', () => {
	const range = { name: 'Limit', min: 1, max: 50 };

	test.each<[unknown, number]>([
		[1, 1],
		[50, 50],
		['7', 7],
		[' 7 ', 7],
	])('%j is taken', (value, number) => {
		expect(parseInteger(value, range)).toBe(number);
	});

	test.each<[unknown]>([
		[0],
		[-1],
		[1.5],
		[51],
		['many'],
		[''],
		[' '],
		[Number.NaN],
		[Number.POSITIVE_INFINITY],
		[undefined],
		[null],
		[true],
		[[7]],
	])('%j is refused with the range', (value) => {
		expect(() => parseInteger(value, range)).toThrow(/^'Limit' must be an integer, 1 to 50: /);
	});

	test('without an upper end is refused with the lower one', () => {
		expect(() => parseInteger(0, { name: 'Limit', min: 1 })).toThrow(
			"'Limit' must be an integer, 1 or more: 0",
		);
	});
});

describe('Options', () => {
	const options = (values: Record<string, unknown>, writes = false) =>
		parseOptions((name, fallback) => (name === 'options' ? values : fallback), { writes });

	test('left alone give reads ten items at once, 30 seconds and four retries', () => {
		expect(options({})).toEqual({
			concurrency: 10,
			requestOptions: { timeoutMs: 30_000, maxRetries: 4, rateLimitTimeoutMs: 120_000 },
		});
	});

	test('left alone give writes one item at a time', () => {
		expect(options({}, true).concurrency).toBe(1);
	});

	test('are taken as set, the timeout in seconds', () => {
		expect(options({ concurrency: 3, timeout: 5, maxRetries: 0 }, true)).toEqual({
			concurrency: 3,
			requestOptions: { timeoutMs: 5_000, maxRetries: 0, rateLimitTimeoutMs: 120_000 },
		});
	});

	test.each<[string, unknown, string]>([
		['concurrency', 0, 'Max Concurrent Items'],
		['concurrency', 51, 'Max Concurrent Items'],
		['concurrency', 1.5, 'Max Concurrent Items'],
		['timeout', 0, 'Timeout (Seconds)'],
		['timeout', 301, 'Timeout (Seconds)'],
		['timeout', 'long', 'Timeout (Seconds)'],
		['maxRetries', -1, 'Max Retries'],
		['maxRetries', 11, 'Max Retries'],
	])('%s of %j is refused', (name, value, shown) => {
		expect(() => options({ [name]: value })).toThrow(InvalidInputError);
		expect(() => options({ [name]: value })).toThrow(shown);
	});
});
