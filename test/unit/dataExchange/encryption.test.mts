import { describe, expect, test } from 'vitest';
import { parseEncryptedRequest } from '../../../nodes/shared/whatsappFlows/dataExchange/encryptedRequest.ts';
import {
	decryptRequest,
	encryptResponse,
} from '../../../nodes/shared/whatsappFlows/dataExchange/encryption.ts';
import {
	DecryptionError,
	MalformedRequestError,
} from '../../../nodes/shared/whatsappFlows/dataExchange/errors.ts';
import { parsePrivateKey } from '../../../nodes/shared/whatsappFlows/dataExchange/privateKey.ts';
import { verifySignature } from '../../../nodes/shared/whatsappFlows/dataExchange/signature.ts';
import { vectors } from './vectors.mts';

const privateKey = parsePrivateKey(vectors.keys.pkcs8, '');
const { body, plaintext } = vectors.request;
const decrypt = (changes: object, key = privateKey) =>
	decryptRequest(parseEncryptedRequest({ ...body, ...changes }), key);

/** Changes one bit of a base64 text's bytes. */
function flipBit(base64: string, index: number): string {
	const bytes = Buffer.from(base64, 'base64');
	bytes[bytes.length + index]! ^= 1;
	return bytes.toString('base64');
}

const truncate = (base64: string, length: number) =>
	Buffer.from(base64, 'base64').subarray(0, length).toString('base64');

describe('decryptRequest', () => {
	test("decrypts a request that Python's cryptography encrypted", () => {
		const { payload, responseKey } = decrypt({});
		expect(JSON.parse(payload)).toEqual(plaintext);
		expect(responseKey.aesKey.toString('base64')).toBe(vectors.response.aesKey);
	});

	const UNDECRYPTABLE_KEY = "The AES key can't be decrypted with this private key";
	const UNDECRYPTABLE_PAYLOAD = "The payload can't be decrypted";
	const NOT_BASE64 = 'A field of the request is not base64';
	test.each<[string, object, string]>([
		[
			'an encrypted key with a flipped bit',
			{ encrypted_aes_key: flipBit(body.encrypted_aes_key, -1) },
			UNDECRYPTABLE_KEY,
		],
		[
			'an encrypted key of 255 bytes',
			{ encrypted_aes_key: truncate(body.encrypted_aes_key, 255) },
			'The encrypted AES key must have 256 bytes',
		],
		['an encrypted key with SHA-1 in MGF1', vectors.requestWithSha1Mask, UNDECRYPTABLE_KEY],
		['an AES key of 256 bits', vectors.requestWith256BitKey, 'The AES key must have 16 bytes'],
		[
			'an initialization vector of 12 bytes',
			{ initial_vector: truncate(body.initial_vector, 12) },
			'The initialization vector must have 16 bytes',
		],
		[
			'a flipped bit in the vector',
			{ initial_vector: flipBit(body.initial_vector, -1) },
			UNDECRYPTABLE_PAYLOAD,
		],
		[
			'a flipped bit in the tag',
			{ encrypted_flow_data: flipBit(body.encrypted_flow_data, -1) },
			UNDECRYPTABLE_PAYLOAD,
		],
		[
			'a flipped bit in the payload',
			{ encrypted_flow_data: flipBit(body.encrypted_flow_data, -17) },
			UNDECRYPTABLE_PAYLOAD,
		],
		[
			'only a tag',
			{ encrypted_flow_data: truncate(body.encrypted_flow_data, 16) },
			'The payload is too short',
		],
		['a payload that is not base64', { encrypted_flow_data: '%%%' }, NOT_BASE64],
		['a line break in base64', { initial_vector: `${body.initial_vector}\n` }, NOT_BASE64],
		['base64 with unused bits set', { initial_vector: 'ZGVmZ2hpamtsbW5vcHFycx==' }, NOT_BASE64],
	])('rejects %s, and says why', (_, changes, message) => {
		expect(() => decrypt(changes)).toThrow(new DecryptionError(message));
	});

	test('rejects a request for another key', () => {
		expect(() => decrypt({}, parsePrivateKey(vectors.keys.other, ''))).toThrow(DecryptionError);
	});
});

describe('parseEncryptedRequest', () => {
	test.each([
		['text', 'text'],
		['a list', [body]],
		['null', null],
		['an empty object', {}],
		['an empty field', { ...body, initial_vector: '' }],
		['a number as field', { ...body, encrypted_aes_key: 1 }],
	])('rejects %s', (_, value) => {
		expect(() => parseEncryptedRequest(value)).toThrow(MalformedRequestError);
	});

	test('names the missing field', () => {
		expect(() => parseEncryptedRequest({ ...body, initial_vector: undefined })).toThrow(
			'The body must contain initial_vector',
		);
	});
});

test("encryptResponse returns the bytes that Python's cryptography returns", () => {
	const { plaintext: response, aesKey, initialVector, ciphertext } = vectors.response;
	const encrypted = encryptResponse(response, {
		aesKey: Buffer.from(aesKey, 'base64'),
		initialVector: Buffer.from(initialVector, 'base64'),
	});
	expect(encrypted).toBe(ciphertext);
});

describe('verifySignature', () => {
	const { appSecret, rawBody, header } = vectors.signature;
	const verify = (value: unknown, secrets = [appSecret], text = rawBody) =>
		verifySignature(Buffer.from(text), value, secrets);

	test("accepts Python's signature, also with the previous app secret", () => {
		expect(verify(header)).toBe(true);
		expect(verify(header, ['new secret', appSecret])).toBe(true);
	});

	test.each([
		['a missing header', undefined],
		['two headers', [header, header]],
		['a list of one header', [header]],
		['a header without a prefix', header.slice(7)],
		['a header with text before its prefix', `x${header}`],
		['a truncated header', header.slice(0, -2)],
		['a header with more digits', `${header}00`],
		['another signature', `sha256=${'0'.repeat(64)}`],
	])('rejects %s', (_, value) => {
		expect(verify(value)).toBe(false);
	});

	test('rejects another secret and another body', () => {
		expect(verify(header, ['other'])).toBe(false);
		expect(verify(header, [appSecret], `${rawBody} `)).toBe(false);
	});
});
