import { describe, expect, test } from 'vitest';
import {
	parseObjectParameter,
	SCREEN_DATA,
} from '../../../nodes/KaleyraFlows/resources/endpoint/objectParameters.ts';

const parseFields = (...fields: object[]) =>
	parseObjectParameter(
		(name, fallback) => (name === 'screenFields' ? { assignments: fields } : fallback),
		SCREEN_DATA,
	);
const parseJson = (value: unknown) =>
	parseObjectParameter((name) => (name === 'inputType' ? 'json' : value), SCREEN_DATA);

describe('Screen Data as fields', () => {
	test.each<[string, unknown, unknown]>([
		['string', 'text', 'text'],
		['string', 5, '5'],
		['string', '007', '007'],
		['string', { a: 1 }, '{"a":1}'],
		['number', '5', 5],
		['number', 0.5, 0.5],
		['boolean', 'true', true],
		['boolean', false, false],
		['array', '[{"id": "1"}]', [{ id: '1' }]],
		['array', ['a'], ['a']],
		['object', '{"a": 1}', { a: 1 }],
		['object', null, null],
	])('converts to the type %s: %j', (type, value, expected) => {
		expect(parseFields({ name: 'field', type, value })).toEqual({ field: expected });
	});

	test.each([
		['number', 'five'],
		['boolean', 'yes'],
		['array', '{"a": 1}'],
		['object', '[1]'],
		['object', 'text'],
	])('rejects a value that is not of the type %s: %j', (type, value) => {
		expect(() => parseFields({ name: 'field', type, value })).toThrow(
			`The field 'field' of 'Screen Data' is not of the type ${type}`,
		);
	});

	test.each([[' '], [undefined], [null]])('rejects a field with the name %j', (name) => {
		expect(() => parseFields({ name, type: 'string', value: '' })).toThrow(
			"A field of 'Screen Data' has no name",
		);
	});

	test('removes spaces around a name', () => {
		expect(parseFields({ name: ' field ', type: 'string', value: 'a' })).toEqual({ field: 'a' });
	});

	test('passes on a value without a type', () => {
		expect(parseFields({ name: 'field', value: [1] })).toEqual({ field: [1] });
	});

	test('is empty without fields', () => {
		expect(parseFields()).toEqual({});
		expect(parseObjectParameter((_name, fallback) => fallback, SCREEN_DATA)).toEqual({});
	});
});

describe('Screen Data as JSON', () => {
	test.each([
		['an object', { a: 1 }, { a: 1 }],
		['text', '{"a": 1}', { a: 1 }],
		['nothing', '', {}],
		['null', null, {}],
	])('accepts %s', (_, value, expected) => {
		expect(parseJson(value)).toEqual(expected);
	});

	test.each([['[1]'], ['text'], [5], ['{']])('rejects %j', (value) => {
		expect(() => parseJson(value)).toThrow("'Screen Data (JSON)' isn't a JSON object");
	});
});
