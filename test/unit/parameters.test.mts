import { describe, expect, test } from 'vitest';
import { parseOptions } from '../../nodes/shared/node/options.ts';
import { EVENTS } from '../../nodes/KaleyraFlowsTrigger/parameters.ts';
import { LIST_FIELDS } from '../../nodes/kaleyra/constants.ts';
import { parseFields } from '../../nodes/kaleyra/parameters/fields.ts';
import { parseInteger, parseStringList } from '../../nodes/shared/node/parameters.ts';
import { InvalidInputError } from '../../nodes/shared/errors.ts';

describe('parseStringList and parseFields', () => {
	test.each<[string, unknown, string[]]>([
		['an array', ['id', 'name'], ['id', 'name']],
		['comma-separated text', 'id,name', ['id', 'name']],
		['text with spaces', ' id , name ', ['id', 'name']],
		['text with empty entries', 'id,,name,', ['id', 'name']],
		['an array with spaces', [' id ', '', ' '], ['id']],
		['an array with duplicates', ['id', 'name', 'id'], ['id', 'name']],
		['undocumented names', 'preview,metric.name(X)', ['preview', 'metric.name(X)']],
		['undefined', undefined, []],
		['null', null, []],
		['an empty array', [], []],
		['empty text', '', []],
		['a JSON array as text', '["id","name"]', ['id', 'name']],
		['a JSON array as text with spaces and line breaks', ' [\n "id" , "name" ]\n', ['id', 'name']],
		['an empty JSON array as text', '[]', []],
	])('accept %s', (_, value, names) => {
		expect(parseStringList(value, 'Fields', 'id,name')).toEqual(names);
		expect(parseFields((_name, fallback) => value ?? fallback, LIST_FIELDS)).toEqual(names);
	});

	test.each<[string, unknown]>([
		['a label', ['Updated At']],
		['a label in another case', 'updated at'],
		['a value in another case', 'UPDATED_AT'],
		['a value with a hyphen', '["updated-at"]'],
		['a label with spaces around it', ' Updated At ,'],
		['a label with two spaces', 'Updated  At'],
	])('take %s for the option', (_, value) => {
		expect(parseFields(() => value, LIST_FIELDS)).toEqual(['updated_at']);
	});

	test('take a label for the option whose value has another form', () => {
		expect(parseStringList('Flow Created, statuschanged', 'Events', '', EVENTS)).toEqual([
			'flowCreated',
			'statusChanged',
		]);
	});

	test.each<[string, unknown]>([
		['an unfinished array', '["id","name"'],
		['single quotes', "['id','name']"],
		['names without quotes', '[id,name]'],
		['text after the array', '["id"] and ["name"]'],
	])('reject text that starts like a JSON array (%s)', (_, value) => {
		expect(() => parseStringList(value, 'Fields', 'id,name')).toThrow(
			/^'Fields' starts with \[ but isn't a JSON array/,
		);
	});

	test.each<[string, unknown]>([
		['a number', 5],
		['true', true],
		['an object', { id: true }],
		['an array that contains a number', ['id', 5]],
		['an array that contains null', ['id', null]],
		['a sentence', 'the name of it'],
		['an array entry with a comma', ['id,name']],
		['a control character', ['id\u0000']],
		['a line break inside', 'id,na\nme'],
		['quoted names', '"id","name"'],
		['a JSON object as text', '{"fields":["id"]}'],
		['a JSON array as an array entry', ['["id"', '"name"]']],
		['a JSON array of numbers', '[5]'],
		['a nested JSON array', '[["id"]]'],
	])('reject %s', (_, value) => {
		for (const options of [[], LIST_FIELDS]) {
			expect(() => parseStringList(value, 'Fields', 'id,name', options)).toThrow(
				/^'Fields' must contain only names without spaces/,
			);
		}
	});
});

describe('parseInteger', () => {
	const range = { name: 'Limit', min: 1, max: 50 };

	test.each<[unknown, number]>([
		[1, 1],
		[50, 50],
		['7', 7],
		[' 7 ', 7],
	])('accepts %j', (value, number) => {
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
	])('rejects %j and names the range', (value) => {
		expect(() => parseInteger(value, range)).toThrow(/^'Limit' must be an integer, 1 to 50: /);
	});

	test.each(['', ' '])('does not take %j for 0', (value) => {
		expect(() => parseInteger(value, { name: 'Limit', min: 0 })).toThrow(/must be an integer/);
	});

	test('names only the minimum when there is no maximum', () => {
		expect(() => parseInteger(0, { name: 'Limit', min: 1 })).toThrow(
			"'Limit' must be an integer, 1 or more: 0",
		);
	});
});

describe('parseOptions', () => {
	const options = (values: Record<string, unknown>, writes = false) =>
		parseOptions((name, fallback) => (name === 'options' ? values : fallback), { writes });

	test('returns the defaults for reads', () => {
		expect(options({})).toEqual({
			concurrency: 10,
			requestOptions: { timeoutMs: 30_000, maxRetries: 4, rateLimitTimeoutMs: 120_000 },
		});
	});

	test('defaults to one concurrent item for writes', () => {
		expect(options({}, true).concurrency).toBe(1);
	});

	test('returns the values that are set, times in milliseconds', () => {
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
	])('rejects %s of %j and names the option', (name, value, displayName) => {
		expect(() => options({ [name]: value })).toThrow(InvalidInputError);
		expect(() => options({ [name]: value })).toThrow(displayName);
	});
});
