import { describe, expect, test } from 'vitest';
import {
	getFingerprint,
	getPublicKeyPem,
	parsePrivateKey,
} from '../../../nodes/shared/whatsappFlows/dataExchange/privateKey.ts';
import { vectors } from './vectors.mts';

const { keys, passphrase } = vectors;
const singleLine = (pem: string) => pem.trim().replaceAll('\n', ' ');

describe('parsePrivateKey', () => {
	test.each([
		['PKCS #8', keys.pkcs8, ''],
		['PKCS #1', keys.pkcs1, ''],
		['encrypted PKCS #8', keys.encryptedPkcs8, passphrase],
		["encrypted PKCS #1, as Meta's key generator writes it", keys.encryptedPkcs1, passphrase],
		['PKCS #8 with spaces instead of line breaks', singleLine(keys.pkcs8), ''],
		['encrypted PKCS #1 with spaces', singleLine(keys.encryptedPkcs1), passphrase],
		['PKCS #8 with \\n instead of line breaks', keys.pkcs8.replaceAll('\n', '\\n'), ''],
		['PKCS #8 with Windows line breaks', keys.pkcs8.replaceAll('\n', '\r\n'), ''],
		['an unencrypted key with a passphrase', keys.pkcs8, 'unused'],
	])('reads %s', (_, pem, secret) => {
		const privateKey = parsePrivateKey(pem, secret);
		expect(getPublicKeyPem(privateKey)).toBe(vectors.publicKey);
		expect(getFingerprint(privateKey)).toBe(vectors.fingerprint);
	});

	test.each([
		['an empty text', '', '', 'The private key is not in PEM format'],
		['a missing end', keys.pkcs8.slice(0, -40), '', 'The private key is not in PEM format'],
		['a public key', vectors.publicKey, '', 'The private key is a public key'],
		['a damaged key', keys.pkcs8.replace(/^MII/m, 'AAA'), '', "The private key can't be read"],
		[
			'no passphrase',
			keys.encryptedPkcs8,
			'',
			'The private key is encrypted, and the passphrase is empty',
		],
		[
			'a wrong passphrase',
			keys.encryptedPkcs1,
			'wrong',
			"The private key can't be decrypted with this passphrase",
		],
		['an elliptic-curve key', keys.notRsa, '', 'The private key is not an RSA key: ec'],
		['1024 bits', keys.small, '', 'The private key has 1024 bits; WhatsApp requires 2048'],
	])('rejects %s', (_, pem, secret, message) => {
		expect(() => parsePrivateKey(pem, secret)).toThrow(message);
	});

	test('asks for the private key in place of a public key', () => {
		expect(() => parsePrivateKey(vectors.publicKey, '')).toThrow(
			expect.objectContaining({
				description: expect.stringMatching(/^Paste the private key instead\. Create a key with/),
			}),
		);
	});
});
