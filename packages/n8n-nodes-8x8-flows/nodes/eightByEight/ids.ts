import { parseIdText, truncateForMessage } from '../shared/node/ids';
import { InvalidInputError } from '../shared/errors';

const WHERE_TO_FIND = {
	'Flow ID': 'Get Many shows it, and so does the address of the flow in WhatsApp Manager.',
	'Clone Flow ID': 'Enter the ID of the flow to copy, or remove Clone Flow ID.',
	'Application ID': 'Enter the ID of the Meta app, or remove Application ID.',
	'Channel ID': 'In 8x8 Connect, the page Channels shows it.',
};

/**
 * An ID of 8x8's, as text with all its digits. The pages give it no pattern, so anything that can be one
 * part of an address is taken.
 *
 * @throws {InvalidInput} where it cannot be one
 */
export function parseId(value: unknown, name: keyof typeof WHERE_TO_FIND): string {
	const id = parseIdText(value, name, WHERE_TO_FIND[name]);
	if (id.length > 200 || /[\p{Cc}\p{Cf}\p{Cs}\s/\\?#]/u.test(id) || id === '.' || id === '..') {
		throw new InvalidInputError(`${name} is no ID: ${truncateForMessage(id)}`, WHERE_TO_FIND[name]);
	}
	return id;
}
