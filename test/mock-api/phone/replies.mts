import { randomUUID } from 'node:crypto';
import type { SentMessage } from '../messages.mts';

/** What Kaleyra posts to the Incoming URL of a number. Source: the webhook pages; flow replies are inferred. */

const PROFILE_NAME = 'Asha';
const PHONE_NUMBER_ID = '106540352242922';

export interface Account {
	phoneNumber: string;
	wabaId: string;
}

const createWamid = () => `wamid.${Buffer.from(randomUUID()).toString('base64')}`;
const toDigits = (phoneNumber: string) => phoneNumber.replace(/\D/g, '');

function createEnvelope(account: Account, customer: string, message: object, extraInfo: object) {
	return {
		meta_object: {
			value: {
				messaging_product: 'whatsapp',
				metadata: {
					display_phone_number: toDigits(account.phoneNumber),
					phone_number_id: PHONE_NUMBER_ID,
				},
				contacts: [{ profile: { name: PROFILE_NAME }, wa_id: toDigits(customer) }],
				messages: [
					{
						from: toDigits(customer),
						id: createWamid(),
						timestamp: String(Math.floor(Date.now() / 1000)),
						...message,
					},
				],
			},
			field: 'messages',
		},
		extra_info: {
			media_url: '',
			ref: '',
			ref1: '',
			ref2: '',
			reply_to: '',
			trace_id: randomUUID(),
			waba_id: account.wabaId,
			...extraInfo,
		},
	};
}

/** The reply to a flow message, with the fields of the screen that completed the flow. */
export function createReply(account: Account, message: SentMessage, fields: object) {
	const response = { ...fields, flow_token: message.flowToken };
	return createEnvelope(
		account,
		message.to,
		{
			context: { from: toDigits(message.from), id: message.wamid },
			type: 'interactive',
			interactive: {
				type: 'nfm_reply',
				nfm_reply: { name: 'flow', body: 'Sent', response_json: JSON.stringify(response) },
			},
		},
		{ ...message.references, reply_to: message.id },
	);
}

/** A message that replies to nothing. */
export const createTextMessage = (account: Account, customer: string, text: string) =>
	createEnvelope(account, customer, { type: 'text', text: { body: text } }, {});
