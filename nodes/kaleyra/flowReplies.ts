import type { JsonObject, JsonValue } from 'n8n-workflow';
import { isObject } from '../shared/http/json';
import type { FlowReply, ReceivedReply } from '../shared/whatsappFlows/flowReply';
import { getObject, parseFlowFields, toText } from '../shared/whatsappFlows/flowReply';
import type { ReplyFormat } from '../shared/whatsappFlows/messages/awaitedReply';
import { isSamePhoneNumber } from '../shared/whatsappFlows/phoneNumber';

/** A reply as Kaleyra sends it: `from` contains digits, and `timestamp` is Unix time in seconds. */
export interface KaleyraReply extends FlowReply {
	/** The references that the message was sent with. */
	ref: string;
	ref1: string;
	ref2: string;
	waba_id: string;
	phone_number_id: string;
}

export const REPLY_FORMAT: ReplyFormat = {
	texts: ['ref', 'ref1', 'ref2', 'waba_id', 'phone_number_id'],
	isFrom: ({ from }, customer) => isSamePhoneNumber(from, customer),
};

/** What surrounds messages in a payload. */
interface Surroundings {
	payload?: JsonObject;
	extraInfo: JsonObject;
	wabaId: string;
}

/** Meta's envelope has five levels, and Kaleyra adds one or two. */
const MAX_DEPTH = 10;

/**
 * Finds the flow replies in a webhook's payload: Kaleyra's envelope (`meta_object`, `extra_info`), Meta's
 * (`entry`, `changes`, `value`), or neither, singly or in lists. Everything else in it, such as statuses and
 * other messages, is left out.
 */
export function parseFlowReplies(payload: unknown): ReceivedReply<KaleyraReply>[] {
	return findReplies(payload, { extraInfo: {}, wabaId: '' }, 0);
}

function findReplies(
	part: unknown,
	outer: Surroundings,
	depth: number,
): ReceivedReply<KaleyraReply>[] {
	if (depth > MAX_DEPTH) return [];
	if (Array.isArray(part)) return part.flatMap((each) => findReplies(each, outer, depth + 1));
	if (!isObject(part)) return [];
	const { extra_info: extraInfo, messages, entry, meta_object: metaObject, changes, value } = part;
	const inner = {
		payload: outer.payload ?? part,
		extraInfo: isObject(extraInfo) ? extraInfo : outer.extraInfo,
		wabaId: Array.isArray(changes) ? toText(part['id']) : outer.wabaId,
	};
	if (Array.isArray(messages)) return parseMessages(messages, part, inner);
	return [metaObject, entry, changes, value].flatMap((each) => findReplies(each, inner, depth + 1));
}

function parseMessages(
	messages: JsonValue[],
	value: JsonObject,
	{ payload = value, extraInfo, wabaId }: Surroundings,
): ReceivedReply<KaleyraReply>[] {
	// The references belong to one message.
	const info = messages.length === 1 ? extraInfo : {};
	return messages.flatMap((message) => {
		if (!isObject(message)) return [];
		const nfmReply = getFlowNfmReply(message);
		if (!nfmReply) return [];
		const { fields, flowToken, warning } = parseFlowFields(nfmReply['response_json']);
		const contact = findContact(value['contacts'], message['from']);
		const reply = {
			from: toText(message['from']) || toText(contact['wa_id']),
			profile_name: toText(getObject(contact, 'profile')['name']),
			message_id: toText(message['id']),
			in_reply_to: toText(getObject(message, 'context')['id']),
			timestamp: toText(message['timestamp']),
			flow_token: flowToken,
			response: fields,
			ref: toText(info['ref']),
			ref1: toText(info['ref1']),
			ref2: toText(info['ref2']),
			waba_id: toText(extraInfo['waba_id']) || wabaId,
			phone_number_id: toText(getObject(value, 'metadata')['phone_number_id']),
		};
		return [{ reply, payload, ...(warning !== undefined && { warning }) }];
	});
}

/**
 * The `nfm_reply` of a flow. An address message has one too, with its own name. Meta names that of a flow
 * `flow`; a missing name counts as well, because not every provider documents the reply (inferred).
 */
function getFlowNfmReply(message: JsonObject): JsonObject | undefined {
	const { type, nfm_reply: nfmReply } = getObject(message, 'interactive');
	if (type !== 'nfm_reply' || !isObject(nfmReply)) return undefined;
	return (nfmReply['name'] ?? 'flow') === 'flow' ? nfmReply : undefined;
}

function findContact(contacts: unknown, from: unknown): JsonObject {
	const all = Array.isArray(contacts) ? contacts.filter(isObject) : [];
	const sender = all.find((contact) => contact['wa_id'] === from);
	return sender ?? (all.length === 1 ? all[0] : undefined) ?? {};
}
