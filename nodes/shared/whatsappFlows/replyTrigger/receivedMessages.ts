import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

/** In static data, where each takes 12 bytes. More messages between one and its repetition are unlikely. */
const MAX_MESSAGES = 1_000;
const KEY = 'receivedMessages';

/**
 * When this process received a message, by node and message. n8n loads the static data of each request before it
 * saves those of the requests before it, so static data alone doesn't detect a message that arrives twice at once.
 * Later, only static data counts, because what isn't saved there may not have been processed.
 */
const receivedAt = new Map<string, number>();
/** In milliseconds. */
const MAX_AGE_MS = 60_000;

/**
 * Records a message in the node's static data, which n8n keeps over restarts.
 *
 * @param nodeKey identifies the node in this n8n instance
 * @returns false if it was recorded before
 */
export function recordMessage(
	staticData: IDataObject,
	nodeKey: string,
	messageId: string,
): boolean {
	removeExpired();
	const hash = createHash('sha256').update(messageId).digest('base64url').slice(0, 11);
	const key = `${nodeKey} ${hash}`;
	const stored = getStored(staticData);
	if (receivedAt.has(key) || stored.includes(hash)) return false;
	receivedAt.set(key, Date.now());
	staticData[KEY] = [...stored, hash].slice(-MAX_MESSAGES).join(' ');
	return true;
}

function getStored(staticData: IDataObject): string[] {
	const stored = staticData[KEY];
	return typeof stored === 'string' ? stored.split(' ').filter(Boolean) : [];
}

/** The oldest ones come first. */
function removeExpired(): void {
	for (const [key, time] of receivedAt) {
		if (Date.now() - time <= MAX_AGE_MS) break;
		receivedAt.delete(key);
	}
}
