import { describe, expect, test } from 'vitest';
import { parsePrivateKey } from '../../../nodes/shared/whatsappFlows/dataExchange/privateKey.ts';
import {
	checkFlowToken,
	createSignedFlowToken,
	MAX_TOKEN_LENGTH,
} from '../../../nodes/shared/whatsappFlows/signedFlowToken.ts';
import { vectors } from './vectors.mts';

const { token, expires, payload } = vectors.flowToken;
const privateKey = parsePrivateKey(vectors.keys.pkcs8, '');
const otherKey = parsePrivateKey(vectors.keys.other, '');
const NOW = (expires - 60) * 1000;
const check = (value: string | undefined, key = privateKey, now = NOW) =>
	checkFlowToken(value, key, now);

describe('checkFlowToken', () => {
	test("accepts a token that Python's cryptography signed", () => {
		expect(check(token)).toEqual({ status: 'valid', payload });
	});

	test('accepts a token of this package, which is different each time', () => {
		const create = () => createSignedFlowToken({ customer: 7 }, expires * 1000, privateKey);
		expect(check(create())).toEqual({ status: 'valid', payload: { customer: 7 } });
		expect(create()).not.toBe(create());
	});

	test('accepts the same key in another format', () => {
		expect(check(token, parsePrivateKey(vectors.keys.pkcs1, '')).status).toBe('valid');
	});

	test('accepts a signed token of the maximum length, but not a longer one', () => {
		const create = (length: number) =>
			createSignedFlowToken({ text: 'x'.repeat(length) }, expires * 1000, privateKey);
		const lengths = Array.from({ length: 10 }, (_, index) => 1_440 + index);
		const tokens = lengths.map(create);
		const longest = tokens.filter((value) => value.length === MAX_TOKEN_LENGTH);
		expect(longest.map((value) => check(value).status)).toContain('valid');
		const longer = tokens.filter((value) => value.length > MAX_TOKEN_LENGTH);
		expect(new Set(longer.map((value) => check(value).status))).toEqual(new Set(['unsigned']));
	});

	test('rejects a token from the second in which it expires', () => {
		expect(check(token, privateKey, expires * 1000 - 1).status).toBe('valid');
		expect(check(token, privateKey, expires * 1000)).toEqual({ status: 'expired' });
	});

	test('reports a missing token', () => {
		expect(check(undefined)).toEqual({ status: 'missing' });
	});

	test.each([
		['of another key', token, otherKey],
		['of another form', '1b5c-uuid', privateKey],
		['without a signature', token.split('.').slice(0, 2).join('.'), privateKey],
		['with another payload', token.replace(/\.\w/, '.A'), privateKey],
		['with a space at its end', `${token} `, privateKey],
		['that is too long', `sft1.${'A'.repeat(3000)}.${'A'.repeat(43)}`, privateKey],
	])('rejects a token %s', (_, value, key) => {
		expect(check(value, key)).toEqual({ status: 'unsigned' });
	});

	test('rejects a token with any character of its signature changed', () => {
		const start = token.lastIndexOf('.') + 1;
		for (let index = start; index < token.length; index++) {
			const changed = token[index] === 'A' ? 'B' : 'A';
			const forged = `${token.slice(0, index)}${changed}${token.slice(index + 1)}`;
			expect(check(forged).status).toBe('unsigned');
		}
	});

	test('rejects another spelling of the same signature', () => {
		const start = token.lastIndexOf('.') + 1;
		const bytes = Buffer.from(token.slice(start), 'base64url');
		const respell = (last: string) => `${token.slice(0, -1)}${last}`;
		const spellings = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
			.map(respell)
			.filter((text) => Buffer.from(text.slice(start), 'base64url').equals(bytes));
		expect(spellings).toHaveLength(4);
		const accepted = spellings.filter((text) => check(text).status === 'valid');
		expect(accepted).toEqual([token]);
	});
});
