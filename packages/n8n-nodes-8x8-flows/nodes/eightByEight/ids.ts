import { parseIdText, truncateForMessage } from '../shared/node/parameters';
import { InvalidInputError } from '../shared/errors';

const DESCRIPTIONS = {
	'Flow ID':
		'Copy the ID from the output of Get Many or from the URL of the flow in WhatsApp Manager.',
	'Clone Flow ID': "Enter the ID of the flow to copy, or remove 'Clone Flow ID'.",
	'Application ID': "Enter the ID of the Meta app, or remove 'Application ID'.",
	'Channel ID': 'Copy the ID from the Channels page in 8x8 Connect.',
};

const MAX_LENGTH = 200;

/**
 * Parses an ID. 8x8 documents no pattern, so this accepts every string that is a valid URL path segment.
 *
 * @throws {InvalidInputError}
 */
export function parseId(value: unknown, name: keyof typeof DESCRIPTIONS): string {
	const description = DESCRIPTIONS[name];
	const id = parseIdText(value, `'${name}'`, description);
	const isPathSegment = !/[\p{Cc}\p{Cf}\p{Cs}\s/\\?#]/u.test(id) && id !== '.' && id !== '..';
	if (isPathSegment && id.length <= MAX_LENGTH) return id;
	throw new InvalidInputError(`'${name}' isn't a valid ID: ${truncateForMessage(id)}`, description);
}
