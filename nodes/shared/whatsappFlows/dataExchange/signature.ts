import { createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'sha256=';

/**
 * Verifies X-Hub-Signature-256, the HMAC of the raw body with the app secret, in constant time.
 *
 * @param appSecrets the current secret and, while it's being replaced, the previous one
 */
export function verifySignature(
	rawBody: Buffer,
	header: unknown,
	appSecrets: readonly string[],
): boolean {
	if (typeof header !== 'string' || !/^sha256=[0-9a-f]{64}$/i.test(header)) return false;
	const received = Buffer.from(header.slice(PREFIX.length), 'hex');
	const matches = appSecrets.map((secret) =>
		timingSafeEqual(createHmac('sha256', secret).update(rawBody).digest(), received),
	);
	return matches.includes(true);
}
