import type { KeyObject } from 'node:crypto';
import { constants, createCipheriv, createDecipheriv, privateDecrypt } from 'node:crypto';
import type { EncryptedRequest } from './encryptedRequest';
import { DecryptionError } from './errors';
import { RSA_KEY_BYTES } from './privateKey';

/** Source: Meta, Implementing Endpoints for Flows, data_api_version 3.0. */
const CIPHER = 'aes-128-gcm';
const AES_KEY_BYTES = 16;
const IV_BYTES = 16;
const TAG_BYTES = 16;

/** What a response needs: the key and the initialization vector of its request. */
export interface ResponseKey {
	aesKey: Buffer;
	initialVector: Buffer;
}

/**
 * Decrypts a request: the AES key with RSA-OAEP (SHA-256, also for MGF1), the payload with AES-128-GCM.
 *
 * @returns the payload's text, and what the response needs
 * @throws {DecryptionError} if the key or the payload can't be decrypted
 */
export function decryptRequest(
	request: EncryptedRequest,
	privateKey: KeyObject,
): { payload: string; responseKey: ResponseKey } {
	const encrypted = decodeBase64(request.encryptedFlowData);
	if (encrypted.length <= TAG_BYTES) throw new DecryptionError('The payload is too short');
	const responseKey = decryptResponseKey(request, privateKey);
	const payload = decryptPayload(encrypted, responseKey);
	if (payload === undefined) throw new DecryptionError("The payload can't be decrypted");
	return { payload, responseKey };
}

/** Decrypts only what the response needs. @throws {DecryptionError} if that isn't possible */
export function decryptResponseKey(
	{ encryptedAesKey, initialVector: encodedVector }: Omit<EncryptedRequest, 'encryptedFlowData'>,
	privateKey: KeyObject,
): ResponseKey {
	const initialVector = decodeBase64(encodedVector);
	if (initialVector.length !== IV_BYTES) {
		throw new DecryptionError(`The initialization vector must have ${IV_BYTES} bytes`);
	}
	const encryptedKey = decodeBase64(encryptedAesKey);
	// Checked before the RSA operation, which is what a request costs.
	if (encryptedKey.length !== RSA_KEY_BYTES) {
		throw new DecryptionError(`The encrypted AES key must have ${RSA_KEY_BYTES} bytes`);
	}
	const aesKey = decryptAesKey(encryptedKey, privateKey);
	if (aesKey === undefined) {
		throw new DecryptionError("The AES key can't be decrypted with this private key");
	}
	if (aesKey.length !== AES_KEY_BYTES) {
		throw new DecryptionError(`The AES key must have ${AES_KEY_BYTES} bytes`);
	}
	return { aesKey, initialVector };
}

/** Encrypts a response with the request's key and the inverted initialization vector. @returns base64 */
export function encryptResponse(response: unknown, { aesKey, initialVector }: ResponseKey): string {
	const invertedVector = initialVector.map((byte) => ~byte);
	const cipher = createCipheriv(CIPHER, aesKey, invertedVector, { authTagLength: TAG_BYTES });
	const content = cipher.update(JSON.stringify(response), 'utf8');
	return Buffer.concat([content, cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** @returns undefined if the key is for another public key */
function decryptAesKey(encryptedKey: Buffer, key: KeyObject): Buffer | undefined {
	try {
		const padding = constants.RSA_PKCS1_OAEP_PADDING;
		return privateDecrypt({ key, padding, oaepHash: 'sha256' }, encryptedKey);
	} catch {
		return undefined;
	}
}

/** @returns undefined if the tag doesn't match */
function decryptPayload(
	encrypted: Buffer,
	{ aesKey, initialVector }: ResponseKey,
): string | undefined {
	try {
		const decipher = createDecipheriv(CIPHER, aesKey, initialVector, { authTagLength: TAG_BYTES });
		decipher.setAuthTag(encrypted.subarray(-TAG_BYTES));
		const content = decipher.update(encrypted.subarray(0, -TAG_BYTES));
		return Buffer.concat([content, decipher.final()]).toString('utf8');
	} catch {
		return undefined;
	}
}

/** Strict: Buffer skips what isn't base64, and several texts would stand for the same bytes. */
function decodeBase64(text: string): Buffer {
	const bytes = Buffer.from(text, 'base64');
	if (bytes.toString('base64') === text) return bytes;
	throw new DecryptionError('A field of the request is not base64');
}
