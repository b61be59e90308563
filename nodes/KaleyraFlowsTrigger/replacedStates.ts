import { createHash } from 'node:crypto';

/**
 * When this process replaced a poll state with a newer one, by node and state. With n8n's durable pollers, each poll
 * gets a copy of the stored state, and a poll that overlaps gets one that another poll is about to replace.
 */
const replacedAt = new Map<string, number>();
/**
 * Longer than n8n lets such a poll take, in milliseconds. A state that n8n still provides after that counts again:
 * n8n failed to store the newer one.
 */
const MAX_AGE_MS = 50_000;

const createKey = (nodeKey: string, state: string): string =>
	`${nodeKey} ${createHash('sha256').update(state).digest('base64url')}`;

/** @param nodeKey identifies the node in this n8n instance */
export function isReplaced(nodeKey: string, state: string): boolean {
	removeExpired();
	return replacedAt.has(createKey(nodeKey, state));
}

/** Records that a poll replaced a state, if there was one. The new one may be an earlier one again. */
export function recordReplacement(nodeKey: string, from: string | undefined, to: string): void {
	replacedAt.delete(createKey(nodeKey, to));
	if (from !== undefined) replacedAt.set(createKey(nodeKey, from), Date.now());
}

/** The oldest ones come first. */
function removeExpired(): void {
	for (const [key, time] of replacedAt) {
		if (Date.now() - time <= MAX_AGE_MS) break;
		replacedAt.delete(key);
	}
}
