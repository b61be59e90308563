import { InvalidInputError } from '../../shared/errors';
import { createLineOption, parseLine } from '../../shared/node/line';
import type { GetParameter } from '../../shared/node/parameters';

export const flowTokenOption = createLineOption(
	'Flow Token',
	'flowToken',
	"Text that identifies this message in the reply. Leave empty to generate one. The output contains it. Only 8x8's guide documents it.",
);

export const replyToOption = createLineOption(
	'Reply To',
	'replyTo',
	'The ID (umid) of a message to quote, up to 7 days old',
);

export const clientMessageIdOption = createLineOption(
	'Client Message ID',
	'clientMessageId',
	'Your own reference for the message, up to 50 characters, which the response contains',
);

/** Source: Send message, clientMessageId. */
const MAX_CLIENT_MESSAGE_ID = 50;

/** @throws {InvalidInputError} if it's too long */
export function parseClientMessageId(getParameter: GetParameter): string | undefined {
	const id = parseLine(getParameter('options.clientMessageId', ''), 'Client Message ID');
	if (id === undefined || id.length <= MAX_CLIENT_MESSAGE_ID) return id;
	throw new InvalidInputError(
		`'Client Message ID' has ${id.length} characters, and the limit is ${MAX_CLIENT_MESSAGE_ID}`,
		'Shorten the text.',
	);
}
