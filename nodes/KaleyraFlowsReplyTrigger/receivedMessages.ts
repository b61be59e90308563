import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

/** More messages between a message and its repetition are unlikely, and each needs 12 bytes. */
const MAX_MESSAGES = 1_000;
const KEY = 'receivedMessages';

/**
 * Messages received by this process, by node. n8n loads the static data of each request before it saves those of
 * the requests before it, so static data alone doesn't detect a message that arrives twice at once.
 */
const receivedByNode = new Map<string, Set<string>>();
const MAX_NODES = 1_000;

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
	const received = getReceived(nodeKey);
	const stored = staticData[KEY];
	for (const hash of typeof stored === 'string' ? stored.split(' ') : []) received.add(hash);
	const hash = createHash('sha256').update(messageId).digest('base64url').slice(0, 11);
	if (received.has(hash)) return false;
	received.add(hash);
	for (const oldest of received) {
		if (received.size <= MAX_MESSAGES) break;
		received.delete(oldest);
	}
	staticData[KEY] = [...received].join(' ');
	return true;
}

function getReceived(nodeKey: string): Set<string> {
	const received = receivedByNode.get(nodeKey) ?? new Set();
	// The node that was used last is the last one.
	receivedByNode.delete(nodeKey);
	receivedByNode.set(nodeKey, received);
	for (const oldest of receivedByNode.keys()) {
		if (receivedByNode.size <= MAX_NODES) break;
		receivedByNode.delete(oldest);
	}
	return received;
}
