import { InvalidInputError } from '../shared/errors';
import { parseIdText, truncateForMessage } from '../shared/node/parameters';

const HELP = 'Enter the number with its country code, such as +919876543210.';

/**
 * Parses a phone number in international format (E.164), which may contain spaces, hyphens, and parentheses.
 *
 * @returns `+` and its digits, as in the samples of Kaleyra's pages
 * @throws {InvalidInputError} if it isn't one
 */
export function parsePhoneNumber(value: unknown, label: string): string {
	const text = parseIdText(value, label, HELP);
	const digits = text.replace(/^\+|[\s().-]/g, '');
	if (/^[1-9]\d{6,14}$/.test(digits)) return `+${digits}`;
	throw new InvalidInputError(`${label} is not a phone number: ${truncateForMessage(text)}`, HELP);
}
