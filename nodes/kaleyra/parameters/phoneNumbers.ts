import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../../shared/errors';
import type { GetParameter } from '../../shared/node/parameters';
import { isBlank } from '../../shared/node/parameters';
import { parsePhoneNumber } from '../../shared/whatsappFlows/phoneNumber';

/** Who sends a message, and to whom. */
export const phoneNumberParameters: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'string',
		default: '',
		placeholder: 'e.g. +919800000000',
		description: 'Your WhatsApp business number, with its country code',
		hint: "Leave empty to use the credential's phone number",
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. +919876543210',
		description: "The customer's WhatsApp number, with its country code",
	},
];

/** @throws {InvalidInputError} if a number is missing or isn't in international format */
export function parsePhoneNumbers(
	getParameter: GetParameter,
	defaultFrom: string | undefined,
): { from: string; to: string } {
	return {
		from: parseFrom(getParameter('from', ''), defaultFrom),
		to: parsePhoneNumber(getParameter('to'), "'To'"),
	};
}

function parseFrom(from: unknown, defaultFrom: string | undefined): string {
	if (!isBlank(from)) return parsePhoneNumber(from, "'From'");
	if (defaultFrom !== undefined) {
		return parsePhoneNumber(defaultFrom, "'Phone Number' in the credential");
	}
	throw new InvalidInputError(
		"'From' is empty, and the credential has no phone number",
		'Enter your WhatsApp business number with its country code in the node or in the credential.',
	);
}
