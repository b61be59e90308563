import { expect, test } from 'vitest';
import { parsePendingRequest } from '../../../nodes/shared/whatsappFlows/dataExchange/pendingRequest.ts';

const ENCRYPTION = { encrypted_aes_key: 'key', initial_vector: 'vector' };

test.each([
	null,
	{},
	{ encryption: 'text' },
	{ encryption: { ...ENCRYPTION, encrypted_aes_key: undefined } },
	{ encryption: { ...ENCRYPTION, initial_vector: 5 } },
])('The item %j waits for no response', (item) => {
	expect(() => parsePendingRequest(item)).toThrow('This request needs no response');
});

test('An item that waits for a response has what the response needs', () => {
	const receivedAt = '2026-12-01T08:00:00.000Z';
	const item = { screen: 'A', flow_token: null, received_at: receivedAt, encryption: ENCRYPTION };
	expect(parsePendingRequest(item)).toEqual({
		screen: 'A',
		flowToken: undefined,
		receivedAt: Date.parse(receivedAt),
		encryptedAesKey: 'key',
		initialVector: 'vector',
	});
});
