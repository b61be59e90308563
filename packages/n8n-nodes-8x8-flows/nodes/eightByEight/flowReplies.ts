import type { JsonObject } from 'n8n-workflow';
import { isObject } from '../shared/http/json';
import type { FlowReply, ReceivedReply } from '../shared/whatsappFlows/flowReply';
import { getObject, parseFlowFields, toText } from '../shared/whatsappFlows/flowReply';
import type { ReplyFormat } from '../shared/whatsappFlows/messages/awaitedReply';
import { isSamePhoneNumber } from '../shared/whatsappFlows/phoneNumber';
import { isUserId } from './flowMessage';

/** A reply as 8x8 sends it: `timestamp` is ISO 8601. Source: Inbound Messaging Apps message, v2 and v3. */
export interface EightByEightReply extends FlowReply {
	/** WhatsApp's ID of the customer, who may hide the phone number; the phone number in v2. */
	channel_user_id: string;
	channel_id: string;
	subaccount_id: string;
}

export const REPLY_FORMAT: ReplyFormat = {
	texts: ['channel_user_id', 'channel_id', 'subaccount_id'],
	isFrom: ({ from, channel_user_id: userId }, customer) => {
		if (!isUserId(customer)) return isSamePhoneNumber(from, customer);
		// Version 2 has no user IDs. The flow token, which n8n signs, identifies the reply.
		return !isUserId(String(userId)) || userId === customer;
	},
};

/** The event of an inbound message. All others, such as delivery receipts, are left out. */
const INBOUND_MESSAGE = 'inbound_message_received';

/** Finds the flow replies in a webhook's payload: one event, or a list of events (inferred). */
export const parseFlowReplies = (payload: unknown): ReceivedReply<EightByEightReply>[] =>
	(Array.isArray(payload) ? payload : [payload]).flatMap((event: unknown) =>
		isObject(event) && event['eventType'] === INBOUND_MESSAGE ? parseEvent(event) : [],
	);

function parseEvent(event: JsonObject): ReceivedReply<EightByEightReply>[] {
	const message = getObject(event, 'payload');
	const { type, nfmReply } = getObject(getObject(message, 'content'), 'interactive');
	if (type !== 'nfmReply' || !isObject(nfmReply)) return [];
	const { fields, flowToken, warning } = parseFlowFields(nfmReply['responseJson']);
	const user = getObject(message, 'user');
	const userId = toText(user['channelUserId']);
	const reply = {
		from: toText(user['msisdn']) || userId,
		profile_name: toText(user['name']),
		message_id: toText(message['umid']),
		in_reply_to: toText(message['replyToUmid']),
		timestamp: toText(message['timestamp']),
		flow_token: flowToken,
		response: fields,
		channel_user_id: userId,
		channel_id: toText(getObject(message, 'recipient')['channelId']),
		subaccount_id: toText(message['subAccountId']),
	};
	return [{ reply, payload: event, ...(warning !== undefined && { warning }) }];
}
