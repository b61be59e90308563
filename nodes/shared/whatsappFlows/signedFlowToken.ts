import type { KeyObject } from 'node:crypto';
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { JsonObject } from 'n8n-workflow';
import { isObject, parseJson } from '../http/json';

/** Names the format, and separates its key from any other key derived from the same private key. */
const FORMAT = 'sft1';
const KEY_PURPOSE = 'WhatsApp Flows: signed flow token 1';
const KEY_BYTES = 32;
const NONCE_BYTES = 9;

/** No limit of WhatsApp's is documented; a token is sent with each request of its flow. In characters. */
export const MAX_TOKEN_LENGTH = 2048;

/** What became of a flow token. */
export type FlowTokenCheck =
	| { status: 'valid'; payload: JsonObject }
	| { status: 'missing' | 'unsigned' | 'expired' };

/**
 * Creates a flow token that carries a payload: `sft1.<content>.<HMAC-SHA256>`, base64url. Anyone who has the
 * token can read the payload, but not change it.
 *
 * @param expiresAt in milliseconds since 1970
 */
export function createSignedFlowToken(
	payload: JsonObject,
	expiresAt: number,
	privateKey: KeyObject,
): string {
	const content = {
		p: payload,
		e: Math.ceil(expiresAt / 1000),
		n: randomBytes(NONCE_BYTES).toString('base64url'),
	};
	const text = Buffer.from(JSON.stringify(content)).toString('base64url');
	return sign(`${FORMAT}.${text}`, privateKey);
}

/** Verifies the signature in constant time, then the expiration. @param now in milliseconds since 1970 */
export function checkFlowToken(
	token: string | undefined,
	privateKey: KeyObject,
	now: number,
): FlowTokenCheck {
	if (token === undefined) return { status: 'missing' };
	if (token.length > MAX_TOKEN_LENGTH) return { status: 'unsigned' };
	const unsigned = token.slice(0, token.lastIndexOf('.'));
	// Compared as text, because several texts can stand for the same bytes of a signature.
	const [received, expected] = [Buffer.from(token), Buffer.from(sign(unsigned, privateKey))];
	const isSigned = received.length === expected.length && timingSafeEqual(received, expected);
	if (!isSigned) return { status: 'unsigned' };
	const content = Buffer.from(unsigned.slice(FORMAT.length + 1), 'base64url');
	const parsed = parseJson(content.toString('utf8'));
	const { p: payload, e: expires } = isObject(parsed) ? parsed : {};
	if (!isObject(payload) || typeof expires !== 'number') return { status: 'unsigned' };
	return now < expires * 1000 ? { status: 'valid', payload } : { status: 'expired' };
}

/**
 * Appends the signature. Its key is derived from the private key, the one secret that the sender and the endpoint
 * share.
 */
function sign(text: string, privateKey: KeyObject): string {
	const der = privateKey.export({ type: 'pkcs8', format: 'der' });
	const key = hkdfSync('sha256', der, Buffer.alloc(0), KEY_PURPOSE, KEY_BYTES);
	const signature = createHmac('sha256', Buffer.from(key)).update(text).digest('base64url');
	return `${text}.${signature}`;
}
