import type { JsonObject } from 'n8n-workflow';

/** Webhook events as 8x8's pages show them: Inbound Messaging Apps message (version 3), and the guide. */

export const createEvent = (changes: JsonObject = {}): JsonObject => ({
	version: 3,
	namespace: 'ChatApps',
	eventType: 'inbound_message_received',
	description: 'ChatApps inbound message',
	payload: {
		umid: '5f0c6a3e-0000-4000-8000-00000000000a',
		subAccountId: 'Mock_API',
		timestamp: '2026-03-19T22:51:55.00Z',
		user: { msisdn: '+6591234567', channelUserId: 'SG.13491208655302741918', name: 'Asha' },
		recipient: { channel: 'whatsapp', channelId: '3f1c2b4a-0000-4000-8000-0000000000c1' },
		...createContent('{"flow_token": "token-1", "date": "2026-12-01", "guests": 2}'),
		...changes,
	},
});

const createContent = (responseJson: unknown): JsonObject => ({
	type: 'Interactive',
	content: {
		interactive: { type: 'nfmReply', nfmReply: { responseJson: responseJson as string } },
	},
});

export const createFlowReply = (responseJson: unknown): JsonObject =>
	createEvent(createContent(responseJson));

export const TEXT_EVENT = createEvent({ type: 'Text', content: { text: 'Hello' } });

export const DELIVERY_RECEIPT: JsonObject = {
	namespace: 'ChatApps',
	eventType: 'outbound_message_status_changed',
	description: 'ChatApps outbound message delivery receipt',
	payload: {
		umid: '5f0c6a3e-0000-4000-8000-00000000000b',
		subAccountId: 'Mock_API',
		channel: 'whatsapp',
		user: { msisdn: '+6591234567' },
		status: { state: 'delivered', timestamp: '2026-03-19T22:52:00.00Z' },
	},
};
