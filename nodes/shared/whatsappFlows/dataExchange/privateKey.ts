import type { KeyObject } from 'node:crypto';
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { InvalidInputError } from '../../errors';

/** WhatsApp accepts 2048-bit RSA keys only. */
const RSA_KEY_BITS = 2048;
export const RSA_KEY_BYTES = RSA_KEY_BITS / 8;

/** PEM as OpenSSL writes it, with the headers of a key in the traditional encrypted format. */
const PEM =
	/-----BEGIN ([A-Z ]+)-----\s*(?:Proc-Type: 4,ENCRYPTED\s+DEK-Info: (\S+)\s+)?([A-Za-z0-9+/=\s]+?)-----END \1-----/;

const HOW_TO_CREATE =
	'Create a key with "openssl genrsa -out private.pem 2048" and paste all of private.pem, including the lines BEGIN and END.';

/**
 * Parses a private key of any PEM format that OpenSSL writes, also if its line breaks were lost.
 *
 * @throws {InvalidInputError} if it isn't a 2048-bit RSA key, or the passphrase is wrong. Never contains the key.
 */
export function parsePrivateKey(text: string, passphrase: string): KeyObject {
	const pem = normalizePem(text);
	const privateKey = decodePrivateKey(pem, passphrase);
	const { asymmetricKeyType, asymmetricKeyDetails } = privateKey;
	if (asymmetricKeyType !== 'rsa') {
		throw new InvalidInputError(
			`The private key is not an RSA key: ${asymmetricKeyType ?? 'unknown type'}`,
			HOW_TO_CREATE,
		);
	}
	const bits = asymmetricKeyDetails?.modulusLength;
	if (bits !== RSA_KEY_BITS) {
		throw new InvalidInputError(
			`The private key has ${bits} bits; WhatsApp requires ${RSA_KEY_BITS}`,
			HOW_TO_CREATE,
		);
	}
	return privateKey;
}

/** The public key in PEM, as WhatsApp expects it. */
export function getPublicKeyPem(privateKey: KeyObject): string {
	return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
}

/** SHA-256 of the public key, as `openssl pkey -pubout -outform DER | openssl sha256` prints it. */
export function getFingerprint(privateKey: KeyObject): string {
	const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
	return createHash('sha256').update(der).digest('hex');
}

function decodePrivateKey(pem: string, passphrase: string): KeyObject {
	const encrypted = pem.includes('ENCRYPTED');
	if (encrypted && passphrase === '') {
		throw new InvalidInputError(
			'The private key is encrypted, and the passphrase is empty',
			'Enter the passphrase that you chose when you created the key.',
		);
	}
	try {
		return createPrivateKey({ key: pem, ...(encrypted && { passphrase }) });
	} catch {
		throw encrypted
			? new InvalidInputError(
					"The private key can't be decrypted with this passphrase",
					'Check the passphrase, and that the whole key was pasted.',
				)
			: new InvalidInputError("The private key can't be read", HOW_TO_CREATE);
	}
}

/** A password field replaces line breaks by spaces; environment variables often contain "\n" in their place. */
function normalizePem(text: string): string {
	const match = PEM.exec(text.replaceAll('\\n', '\n'));
	if (!match) {
		throw new InvalidInputError('The private key is not in PEM format', HOW_TO_CREATE);
	}
	const [, type = '', dekInfo, body = ''] = match;
	if (!type.endsWith('PRIVATE KEY')) {
		throw new InvalidInputError(
			`The private key is a ${type.toLowerCase()}`,
			`Paste the private key instead. ${HOW_TO_CREATE}`,
		);
	}
	const lines = body.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
	const headers = dekInfo ? ['Proc-Type: 4,ENCRYPTED', `DEK-Info: ${dekInfo}`, ''] : [];
	return [`-----BEGIN ${type}-----`, ...headers, ...lines, `-----END ${type}-----`, ''].join('\n');
}
