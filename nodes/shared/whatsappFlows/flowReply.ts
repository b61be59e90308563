import type { JsonObject } from 'n8n-workflow';
import { isObject, parseJson } from '../http/json';

/** A customer's reply to a flow, with texts of the provider beside these. What it didn't send is empty. */
export interface FlowReply extends JsonObject {
	/** The customer: a phone number, or another ID that WhatsApp uses in its place. */
	from: string;
	profile_name: string;
	message_id: string;
	/** The ID of the message with the flow. */
	in_reply_to: string;
	timestamp: string;
	flow_token: string;
	/** The fields of the flow's last screen; the text itself if it isn't a JSON object. */
	response: JsonObject | string;
}

export interface ReceivedReply<TReply extends FlowReply = FlowReply> {
	reply: TReply;
	/** What is unusual about it. */
	warning?: string;
	/** The whole payload with this reply. */
	payload: JsonObject;
}

/** The flow's fields. They arrive as JSON in a string, with the flow token among them. */
export function parseFlowFields(responseJson: unknown) {
	const parsed = typeof responseJson === 'string' ? parseJson(responseJson) : responseJson;
	if (isObject(parsed)) {
		const { flow_token: flowToken, ...fields } = parsed;
		return { fields, flowToken: toText(flowToken) };
	}
	const text =
		typeof responseJson === 'string' ? responseJson : (JSON.stringify(responseJson) ?? '');
	const warning = "The flow's fields aren't a JSON object, so 'response' is the text as received.";
	return { fields: text, flowToken: '', warning };
}

export function getObject(parent: JsonObject, key: string): JsonObject {
	const value = parent[key];
	return isObject(value) ? value : {};
}

export function toText(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' ? String(value) : '';
}
