import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../../shared/errors';
import type { GetParameter } from '../../shared/node/parameters';
import { isBlank, truncateForMessage } from '../../shared/node/parameters';

/** Source: Send message, path parameter subAccountId. */
const SUBACCOUNT_ID = /^[A-Za-z0-9\-._&]{3,50}$/;
const WHERE_TO_FIND = 'Copy it from the API keys page in 8x8 Connect.';

export const subaccountIdParameter: INodeProperties = {
	displayName: 'Subaccount ID',
	name: 'subaccountId',
	type: 'string',
	default: '',
	placeholder: 'e.g. Example_Marketing',
	description: 'The subaccount that sends the message',
	hint: "Leave empty to use the credential's subaccount ID",
};

/** @throws {InvalidInputError} if it's missing or doesn't have the documented form */
export function parseSubaccountId(getParameter: GetParameter, defaultId: string): string {
	const value = getParameter('subaccountId', '');
	const [text, label] = isBlank(value)
		? [defaultId, "'Subaccount ID' in the credential"]
		: [String(value).trim(), "'Subaccount ID'"];
	if (text === '') {
		throw new InvalidInputError(
			"'Subaccount ID' is empty, and the credential has none",
			`Enter it in the node or in the credential. ${WHERE_TO_FIND}`,
		);
	}
	if (SUBACCOUNT_ID.test(text)) return text;
	throw new InvalidInputError(
		`${label} isn't a subaccount ID: ${truncateForMessage(text)}`,
		`It has 3 to 50 letters, digits, and the characters - . _ &. ${WHERE_TO_FIND}`,
	);
}
