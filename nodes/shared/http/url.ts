import { InvalidInputError } from '../errors';

/**
 * Encodes one path segment (RFC 3986 §3.3). Paths of different length name different endpoints, so a
 * segment that vanishes or climbs up would address another one.
 *
 * @throws {InvalidInputError} if the segment is empty, `.` or `..`
 */
export function encodePathSegment(segment: string): string {
	if (['', '.', '..'].includes(segment)) {
		throw new InvalidInputError(`"${segment}" can't be part of a URL`, 'Enter an ID.');
	}
	return encodeURIComponent(segment);
}

/**
 * Parses an API domain: a host, or an origin. It must be https, except on loopback, because the API key
 * travels in a header.
 *
 * @param credential the credential's name in a sentence, such as "the Acme credential"
 * @param example a host of the service
 * @throws {InvalidInputError} if it's neither a host nor an origin
 */
export function parseOrigin(apiDomain: string, credential: string, example: string): string {
	// The error doesn't repeat the value: someone may have pasted a whole URL with secrets in it.
	const remedy = `Enter a host such as ${example}, or an origin such as https://${example}.`;
	if (apiDomain === '') {
		throw new InvalidInputError(`'API Domain' in ${credential} is empty`, remedy);
	}
	const url = parseUrl(apiDomain.includes('://') ? apiDomain : `https://${apiDomain}`);
	const isOrigin =
		url && !/[@?#\s\\]/.test(apiDomain) && url.pathname === '/' && url.hostname !== '';
	if (!isOrigin) {
		throw new InvalidInputError(
			`'API Domain' in ${credential} isn't a host`,
			`${remedy} Leave out the path and the user name.`,
		);
	}
	if (url.protocol !== 'https:' && !isLoopbackHttp(url)) {
		throw new InvalidInputError(
			`'API Domain' in ${credential} must start with https://`,
			'Otherwise the API key would be sent unencrypted. http:// is allowed for localhost only.',
		);
	}
	return url.origin;
}

/** Unencrypted, but within this machine. */
export function isLoopbackHttp({ protocol, hostname }: URL): boolean {
	return protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** @param base of a relative URL */
export function parseUrl(text: string, base?: string): URL | undefined {
	try {
		return new URL(text, base);
	} catch {
		// URL.canParse rejects some valid URLs with letters such as ü in Node.js 22.
		return undefined;
	}
}
