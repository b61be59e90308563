import { describe, expect, test } from 'vitest';
import { decodeUtf8, isSameJson } from '../../nodes/shared/whatsappFlows/flowJson.ts';

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
		[{ 0: 1 }, [1]],
		[1, '1'],
		[null, {}],
		[undefined, {}],
	])('is false for %j and %j', (a, b) => expect(isSameJson(a, b)).toBe(false));
});

describe('decodeUtf8', () => {
	test('removes a byte order mark', () => {
		expect(decodeUtf8(Buffer.from('\uFEFF{}'))).toBe('{}');
	});

	test('returns an empty text for bytes that are not UTF-8', () => {
		expect(decodeUtf8(Buffer.from([0x7b, 0xff, 0x7d]))).toBe('');
	});
});
