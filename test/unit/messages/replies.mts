import type { JsonObject } from 'n8n-workflow';

/** Payloads of webhooks, as Kaleyra and Meta send them. */

export const RESPONSE_JSON =
	'{"date":"2026-12-01","guests":2,"newsletter":true,"flow_token":"token-1"}';

export const createMessage = (changes: JsonObject = {}): JsonObject => ({
	context: { from: '919800000000', id: 'wamid.SENT' },
	from: '919876543210',
	id: 'wamid.REPLY',
	timestamp: '1760000000',
	type: 'interactive',
	interactive: {
		type: 'nfm_reply',
		nfm_reply: { name: 'flow', body: 'Sent', response_json: RESPONSE_JSON },
	},
	...changes,
});

export const createValue = (messages: JsonObject[] = [createMessage()]): JsonObject => ({
	messaging_product: 'whatsapp',
	metadata: { display_phone_number: '919800000000', phone_number_id: '106540352242922' },
	contacts: [{ profile: { name: 'Asha' }, wa_id: '919876543210' }],
	messages,
});

/** Kaleyra's V2 envelope. */
export const createEnvelope = (
	messages?: JsonObject[],
	extraInfo: JsonObject = {},
): JsonObject => ({
	meta_object: { value: createValue(messages), field: 'messages' },
	extra_info: {
		media_url: '',
		ref: 'order-1',
		ref1: 'shop',
		ref2: '',
		reply_to: '2b1f3c4d-0000-4000-8000-000000000001',
		trace_id: '2b1f3c4d-0000-4000-8000-000000000002',
		waba_id: '102290129340398',
		...extraInfo,
	},
});

/** Meta's envelope. */
export const createMetaPayload = (messages?: JsonObject[]): JsonObject => ({
	object: 'whatsapp_business_account',
	entry: [
		{ id: '102290129340398', changes: [{ field: 'messages', value: createValue(messages) }] },
	],
});

export const createNfmReply = (nfmReply: JsonObject): JsonObject =>
	createMessage({ interactive: { type: 'nfm_reply', nfm_reply: nfmReply } });

export const ADDRESS_MESSAGE = createNfmReply({
	name: 'address_message',
	body: 'Address',
	response_json: '{"values":{"city":"Pune"}}',
});

export const TEXT_MESSAGE = createMessage({
	type: 'text',
	text: { body: 'Hello' },
	interactive: null,
});
