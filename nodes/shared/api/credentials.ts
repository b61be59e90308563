import { InvalidInputError } from '../errors';

/** What the user calls a credential, for error messages. */
export interface CredentialLabels {
	/** Such as "the Acme credential". */
	credential: string;
	/** A sentence that says where to find its values. */
	whereToFind: string;
}

/** A text field of a credential, trimmed; empty if it isn't text. */
export function trimmedString(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/** Redacting each occurrence of a shorter value would make errors unreadable. Documented samples have 16 or more. */
const MIN_SECRET_LENGTH = 6;

/** @throws {InvalidInputError} if the value is empty, too short, or can't be part of a header or path */
export function parseSecret(
	value: unknown,
	name: string,
	{ credential, whereToFind }: CredentialLabels,
): string {
	const secret = trimmedString(value);
	if (secret === '') {
		throw new InvalidInputError(`'${name}' in ${credential} is empty`, whereToFind);
	}
	if (!/^[\x21-\x7e]+$/.test(secret)) {
		throw new InvalidInputError(
			`'${name}' in ${credential} contains a space, a line break, or a special character`,
			`Copy the ${name} again, without anything before or after it. ${whereToFind}`,
		);
	}
	if (secret.length < MIN_SECRET_LENGTH) {
		throw new InvalidInputError(
			`'${name}' in ${credential} is too short`,
			`Copy the whole ${name}. ${whereToFind}`,
		);
	}
	return secret;
}
