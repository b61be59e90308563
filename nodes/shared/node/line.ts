import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../errors';
import { isBlank, trimText, truncateForMessage } from './parameters';

/** An option for a single line of text. */
export function createLineOption(
	displayName: string,
	name: string,
	description: string,
): INodeProperties {
	return { displayName, name, type: 'string', default: '', description };
}

/**
 * @returns undefined if it's blank
 * @throws {InvalidInputError} if it isn't a single line of text
 */
export function parseLine(value: unknown, name: string): string | undefined {
	if (isBlank(value)) return undefined;
	const text = trimText(value);
	if (text !== '' && !/\p{Cc}/u.test(text)) return text;
	throw new InvalidInputError(
		`'${name}' must be a single line of text: ${truncateForMessage(String(JSON.stringify(value)))}`,
		'Enter text without line breaks.',
	);
}
