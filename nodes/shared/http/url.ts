import { InvalidInputError } from '../errors';

/** What goes into an address and a header, checked before anything is sent. */

/** How people know the credential that a value stands in. */
export interface CredentialLabels {
	/** Such as "the Acme credential". */
	credential: string;
	/** A sentence: where people find its values. */
	whereToFind: string;
}

/**
 * One part of a path. The same address may serve several operations by its length, so a part that vanished
 * or climbed up would name another one.
 */
export function encodePathSegment(part: string): string {
	if (['', '.', '..'].includes(part)) {
		throw new InvalidInputError(`"${part}" cannot be part of an address`, 'Enter an ID.');
	}
	return encodeURIComponent(part);
}

/** A text field of a credential, trimmed; empty where it is none. */
export function trimmedString(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/** @throws {InvalidInput} where it is empty, or no header or path could carry it */
export function readSecret(
	value: unknown,
	name: string,
	{ credential, whereToFind }: CredentialLabels,
): string {
	const trimmed = trimmedString(value);
	if (trimmed === '') {
		throw new InvalidInputError(`The ${name} of ${credential} is empty`, whereToFind);
	}
	if (!/^[\x21-\x7e]+$/.test(trimmed)) {
		throw new InvalidInputError(
			`The ${name} of ${credential} has a space, a line break or a special character in it`,
			`Copy the ${name} once more, without anything before, in or after it. ${whereToFind}`,
		);
	}
	return trimmed;
}

/**
 * The origin of a domain that people typed: a host, or a whole origin. https, but for loopback: the key
 * travels in a header.
 *
 * @param example a host of the service
 * @throws {InvalidInput} where it is neither
 */
export function parseOrigin(apiDomain: string, credential: string, example: string): string {
	// What was typed is not repeated: a whole address may have been pasted, with secrets in it.
	const advice = `Enter a host such as ${example}, or an origin such as https://${example}.`;
	if (apiDomain === '') {
		throw new InvalidInputError(`The API Domain of ${credential} is empty`, advice);
	}
	let url: URL | undefined;
	try {
		url = new URL(apiDomain.includes('://') ? apiDomain : `https://${apiDomain}`);
	} catch {
		url = undefined;
	}
	const bare = url && !/[@?#\s\\]/.test(apiDomain) && url.pathname === '/' && url.hostname !== '';
	if (!url || !bare) {
		throw new InvalidInputError(
			`The API Domain of ${credential} is no plain host`,
			`${advice} No path, no user name, nothing behind it.`,
		);
	}
	const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
		throw new InvalidInputError(
			`The API Domain of ${credential} must start with https://`,
			'The API key would otherwise travel in the clear. Plain http is taken for this machine only (localhost).',
		);
	}
	return url.origin;
}
