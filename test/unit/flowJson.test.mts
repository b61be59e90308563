import { describe, expect, test } from 'vitest';
import {
	decodeUtf8,
	isSameJson,
	MAX_FLOW_JSON_BYTES,
	parseFlowJson,
} from '../../nodes/shared/whatsappFlows/flowJson.ts';

describe('isSameJson', () => {
	test.each<[unknown, unknown]>([
		[
			{ a: 1, b: [{ c: null }] },
			{ b: [{ c: null }], a: 1 },
		],
		[[], []],
		[{}, {}],
		['👋', '👋'],
	])('is true for %j and %j', (a, b) => expect(isSameJson(a, b)).toBe(true));

	test.each<[unknown, unknown]>([
		[{ a: 1 }, { a: 1, b: 2 }],
		[{ a: 1, b: 2 }, { a: 1 }],
		[{ a: 1 }, { b: 1 }],
		[{ toString: 1 }, {}],
		[
			[1, 2],
			[2, 1],
		],
		[[1], [1, 2]],
		[[], null],
		[[1], { 0: 1, length: 1 }],
		[{ 0: 1 }, [1]],
		[1, '1'],
		[null, {}],
		[undefined, {}],
	])('is false for %j and %j', (a, b) => expect(isSameJson(a, b)).toBe(false));
});

test('Flow JSON can have 10 MB, and not a byte more', () => {
	const empty = JSON.stringify({ version: '7.1', screens: [], filler: '' });
	const filler = 'x'.repeat(MAX_FLOW_JSON_BYTES - empty.length - 2);
	const text = JSON.stringify({ version: '7.1', screens: [], filler: `${filler}é` });
	expect(parseFlowJson(text, "'Flow JSON'").text).toBe(text);
	expect(() => parseFlowJson(`${text} `, "'Flow JSON'")).toThrow('The flow JSON has 10.0 MB');
});

describe('decodeUtf8', () => {
	test('removes a byte order mark', () => {
		expect(decodeUtf8(Buffer.from('\uFEFF{}'))).toBe('{}');
	});

	test('returns an empty text for bytes that are not UTF-8', () => {
		expect(decodeUtf8(Buffer.from([0x7b, 0xff, 0x7d]))).toBe('');
	});
});
