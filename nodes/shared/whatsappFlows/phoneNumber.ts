import { InvalidInputError } from '../errors';
import { parseIdText, truncateForMessage } from '../node/parameters';

/**
 * E.164: a country code, which doesn't start with 0, and at most 15 digits in all. Without +, up to 10 digits can be
 * a national number, which would reach somebody in another country.
 */
const E164 = /^(?:\+[1-9][0-9]{6,14}|[1-9][0-9]{10,14})$/;
/** The trunk prefix in +44 (0)20 isn't part of the international number. */
const TRUNK_PREFIX = /\(0\)/;
/** How people write numbers: spaces, hyphens, dots, parentheses. */
const SEPARATORS = /[\s().\u00a0\u2010-\u2013-]/g;

/**
 * Parses a phone number with its country code.
 *
 * @param label names the value in errors, such as "'To'"
 * @returns E.164 with a leading +
 * @throws {InvalidInputError} if it isn't such a number
 */
export function parsePhoneNumber(value: unknown, label: string): string {
	const help = 'Enter the number with its country code, such as +919876543210.';
	const text = parseIdText(value, label, help);
	const number = text.replace(SEPARATORS, '');
	if (E164.test(number) && !TRUNK_PREFIX.test(text)) {
		return number.startsWith('+') ? number : `+${number}`;
	}
	throw new InvalidInputError(
		`${label} isn't a phone number in international format: ${truncateForMessage(text)}`,
		`${getAdvice(text, number)}${help}`,
	);
}

function getAdvice(text: string, number: string): string {
	if (number.startsWith('00')) return 'Write + in place of 00. ';
	if (TRUNK_PREFIX.test(text)) return 'Leave out (0). ';
	const mayBeNational = /^[1-9][0-9]{0,9}$/.test(number);
	return mayBeNational ? 'Numbers of up to 10 digits need a + before the country code. ' : '';
}

/**
 * WhatsApp reports some numbers with other digits after the country code than they were written with (Brazil,
 * Mexico, Argentina), but with the same ending.
 */
const SIGNIFICANT_DIGITS = 8;

/** Whether two spellings can be the same WhatsApp number. */
export function isSamePhoneNumber(one: string, other: string): boolean {
	const [a, b] = [one, other].map((text) => text.replace(/\D/g, '').slice(-SIGNIFICANT_DIGITS));
	return a === b && a !== '';
}
