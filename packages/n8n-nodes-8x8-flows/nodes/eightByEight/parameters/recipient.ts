import type { INodeProperties } from 'n8n-workflow';
import type { GetParameter } from '../../shared/node/parameters';
import { parsePhoneNumber } from '../../shared/whatsappFlows/phoneNumber';
import type { Recipient } from '../flowMessage';
import { isUserId } from '../flowMessage';

export const recipientParameter: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. +6591234567',
	description:
		"The customer's WhatsApp number, with its country code, or business-scoped user ID, such as US.13491208655302741918",
};

/** @throws {InvalidInputError} if it's neither a phone number nor a user ID */
export function parseRecipient(getParameter: GetParameter): Recipient {
	const to = getParameter('to');
	const text = typeof to === 'string' ? to.trim() : '';
	return isUserId(text) ? { channelUserId: text } : { msisdn: parsePhoneNumber(to, "'To'") };
}
