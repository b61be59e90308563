import { randomUUID } from 'node:crypto';
import type { SentMessage } from '../messages.mts';

/** What 8x8 posts to the webhook for inbound messages. Source: Inbound Messaging Apps message, version 3. */

const CHANNEL_USER_ID = 'SG.13491208655302741918';
const PROFILE_NAME = 'Asha';

export interface Sender {
	subAccountId: string;
	channelId: string;
}

const createEvent = (sender: Sender, customer: string, message: object) => ({
	version: 3,
	namespace: 'ChatApps',
	eventType: 'inbound_message_received',
	description: 'ChatApps inbound message',
	payload: {
		umid: randomUUID(),
		subAccountId: sender.subAccountId,
		timestamp: new Date().toISOString(),
		user: customer.startsWith('+')
			? { msisdn: customer, channelUserId: CHANNEL_USER_ID, name: PROFILE_NAME }
			: { channelUserId: customer, name: PROFILE_NAME },
		recipient: { channel: 'whatsapp', channelId: sender.channelId },
		...message,
	},
});

/** The reply to a flow message, with the fields of the screen that completed the flow. */
export function createReply(sender: Sender, { to, flowToken }: SentMessage, fields: object) {
	const responseJson = JSON.stringify({ ...fields, flow_token: flowToken });
	return createEvent(sender, to, {
		type: 'Interactive',
		content: { interactive: { type: 'nfmReply', nfmReply: { responseJson } } },
	});
}

/** A message that replies to nothing. */
export const createTextMessage = (sender: Sender, customer: string, text: string) =>
	createEvent(sender, customer, { type: 'Text', content: { text } });
