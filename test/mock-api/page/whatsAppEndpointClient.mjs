// WhatsApp's part of Data Exchange: encrypts requests to an endpoint and decrypts its responses, with Web Crypto
// instead of the package's cryptography. Runs in browsers and in Node.js.

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const ALGORITHM = { name: 'RSA-OAEP', hash: 'SHA-256' };
/** The endpoint's key has changed: WhatsApp reads the public key again and repeats the request once. */
const KEY_CHANGED = 421;

/** @param {Uint8Array} bytes */
export function encodeBase64(bytes) {
	return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** @param {string} text */
export function decodeBase64(text) {
	return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/**
 * Encrypts a request as WhatsApp does.
 *
 * @param {unknown} payload
 * @param {string} publicKey in PEM
 * @returns the body, and a function that decrypts the response
 */
export async function encryptRequest(payload, publicKey) {
	const { subtle } = crypto;
	const der = decodeBase64(publicKey.replace(/-----[^-]+-----|\s/g, ''));
	const rsaKey = await subtle.importKey('spki', der, ALGORITHM, false, ['encrypt']);
	const aesBytes = crypto.getRandomValues(new Uint8Array(16));
	const vector = crypto.getRandomValues(new Uint8Array(16));
	const usages = /** @type {const} */ (['encrypt', 'decrypt']);
	const aesKey = await subtle.importKey('raw', aesBytes, 'AES-GCM', false, usages);
	const encryptedKey = await subtle.encrypt(ALGORITHM, rsaKey, aesBytes);
	const text = encoder.encode(JSON.stringify(payload));
	const encryptedData = await subtle.encrypt({ name: 'AES-GCM', iv: vector }, aesKey, text);
	return {
		body: {
			encrypted_flow_data: encodeBase64(new Uint8Array(encryptedData)),
			encrypted_aes_key: encodeBase64(new Uint8Array(encryptedKey)),
			initial_vector: encodeBase64(vector),
		},
		aesBytes,
		/** @param {string} response in base64 */
		async decryptResponse(response) {
			const inverted = vector.map((byte) => byte ^ 0xff);
			const algorithm = { name: 'AES-GCM', iv: inverted };
			const decrypted = await subtle.decrypt(algorithm, aesKey, decodeBase64(response));
			return JSON.parse(decoder.decode(decrypted));
		},
	};
}

/**
 * Signs a body as Meta does.
 *
 * @param {string} body
 * @param {string} appSecret
 * @returns the value of X-Hub-Signature-256
 */
export async function signBody(body, appSecret) {
	const algorithm = { name: 'HMAC', hash: 'SHA-256' };
	const key = await crypto.subtle.importKey('raw', encoder.encode(appSecret), algorithm, false, [
		'sign',
	]);
	const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(body)));
	const hex = Array.from(signature, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return `sha256=${hex}`;
}

/**
 * Sends a request to an endpoint.
 *
 * @param {string} url
 * @param {unknown} payload
 * @param {object} options
 * @param {() => string | Promise<string>} options.getPublicKey called again after a 421
 * @param {string} [options.appSecret]
 * @param {AbortSignal} [options.signal]
 * @param {(aesBytes: Uint8Array) => void} [options.rememberKey] called with each request's AES key
 * @returns the status and the decrypted response; undefined if the body isn't encrypted
 */
export async function callEndpoint(url, payload, { getPublicKey, appSecret, signal, rememberKey }) {
	for (let attempt = 1; ; attempt++) {
		const encrypted = await encryptRequest(payload, await getPublicKey());
		const { body, aesBytes, decryptResponse } = encrypted;
		rememberKey?.(aesBytes);
		const text = JSON.stringify(body);
		const headers = {
			'content-type': 'application/json',
			...(appSecret && { 'x-hub-signature-256': await signBody(text, appSecret) }),
		};
		const response = await fetch(url, { method: 'POST', headers, body: text, signal });
		if (response.status === KEY_CHANGED && attempt === 1) continue;
		const received = await response.text();
		const decrypted = await decryptResponse(received).catch(() => undefined);
		return { status: response.status, response: decrypted, attempts: attempt };
	}
}
