import { describe, expect, test } from 'vitest';
import { parseAccount } from '../../nodes/kaleyra/credentials.ts';
import { flowPath, flowsPath, publishPath } from '../../nodes/kaleyra/paths.ts';
import { encodePathSegment } from '../../nodes/shared/http/url.ts';
import { InvalidInputError } from '../../nodes/shared/errors.ts';

const SID = 'HXAP1600000097IN';
const KEY = 'A0123456789abcdef0123456789abcdef';
const createCredential = (changes: Record<string, unknown> = {}) => ({
	sid: SID,
	apiKey: KEY,
	pod: 'in',
	...changes,
});
const createCustomCredential = (apiDomain: unknown) =>
	createCredential({ pod: 'custom', apiDomain });

describe('parseAccount base URL', () => {
	test.each([
		['in', 'api.in.kaleyra.io'],
		['sg', 'api.kaleyra.io'],
		['sgLegacy', 'api.ap.kaleyra.io'],
		['eu', 'api.eu.kaleyra.io'],
		['na', 'api.na.kaleyra.ai'],
	])('has for pod %s the host %s', (pod, host) => {
		expect(parseAccount(createCredential({ pod })).baseUrl).toBe(`https://${host}/v2/${SID}`);
	});

	test.each([
		['a host', 'api.in.kaleyra.io', 'https://api.in.kaleyra.io'],
		['a host with a port', 'gateway.example.com:8443', 'https://gateway.example.com:8443'],
		['an origin', 'https://api.in.kaleyra.io', 'https://api.in.kaleyra.io'],
		['an origin with a trailing slash', 'https://api.in.kaleyra.io/', 'https://api.in.kaleyra.io'],
		['a host with spaces around it', ' api.in.kaleyra.io ', 'https://api.in.kaleyra.io'],
		['http:// with localhost', 'http://localhost:3000', 'http://localhost:3000'],
		['http:// with 127.0.0.1', 'http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
		['http:// with ::1', 'http://[::1]:3000', 'http://[::1]:3000'],
	])('accepts as custom domain %s', (_, apiDomain, origin) => {
		expect(parseAccount(createCustomCredential(apiDomain)).baseUrl).toBe(`${origin}/v2/${SID}`);
	});

	test.each([
		['http:// with a public host', 'http://api.in.kaleyra.io'],
		['http:// with a host that starts with localhost', 'http://localhost.example.com'],
		['http:// with a host that starts with 127.0.0.1', 'http://127.0.0.1.example.com'],
		['another protocol', 'ftp://api.in.kaleyra.io'],
	])('rejects %s, which would send the API key unencrypted', (_, apiDomain) => {
		expect(() => parseAccount(createCustomCredential(apiDomain))).toThrow(
			/must start with https:\/\//,
		);
	});

	test.each([
		['a path', 'https://api.in.kaleyra.io/v2'],
		['a user name', 'https://kaleyra@example.com'],
		['a user name without a protocol', 'api.in.kaleyra.io@example.com'],
		['a user name and a password', 'https://a:b@example.com'],
		['a query', 'https://api.in.kaleyra.io?x=1'],
		['an empty query', 'https://api.in.kaleyra.io?'],
		['a hash', 'https://api.in.kaleyra.io#x'],
		['a backslash', 'api.in.kaleyra.io\\example.com'],
		['a space', 'api.in.kaleyra.io example.com'],
		['a line break', 'api.in\n.kaleyra.io'],
		['a protocol only', 'https://'],
		['an impossible port', 'api.in.kaleyra.io:99999'],
	])('rejects a custom domain with %s', (_, apiDomain) => {
		expect(() => parseAccount(createCustomCredential(apiDomain))).toThrow(/isn't a host/);
	});

	test.each([[''], ['  '], [undefined], [5]])(
		'rejects an empty custom domain (%j)',
		(apiDomain) => {
			expect(() => parseAccount(createCustomCredential(apiDomain))).toThrow(
				/'API Domain' .* is empty/,
			);
		},
	);

	test.each([['us'], [''], [undefined], ['toString'], ['__proto__']])(
		'rejects the unknown pod %j and lists the known ones',
		(pod) => {
			const parse = () => parseAccount(createCredential({ pod }));
			expect(parse).toThrow(/'Pod' in the Kaleyra credential is unknown/);
			expect(parse).toThrow(
				expect.objectContaining({ description: expect.stringContaining('sgLegacy') }),
			);
		},
	);
});

describe('parseAccount SID and API key', () => {
	test('are trimmed', () => {
		expect(parseAccount(createCredential({ sid: ` ${SID}\n`, apiKey: `\t${KEY} ` }))).toMatchObject(
			{
				baseUrl: `https://api.in.kaleyra.io/v2/${SID}`,
				apiKey: KEY,
				secrets: [SID, KEY],
			},
		);
	});

	test.each(['sid', 'apiKey'])('are rejected when %s is empty', (name) => {
		for (const value of ['', '  ', undefined, null, 5]) {
			expect(() => parseAccount(createCredential({ [name]: value }))).toThrow(/is empty$/);
		}
	});

	test.each(['sid', 'apiKey'])(
		'are rejected when %s is too short to be replaced in error messages',
		(name) => {
			for (const value of ['e', ' abcde ']) {
				expect(() => parseAccount(createCredential({ [name]: value }))).toThrow(/is too short$/);
			}
			expect(() => parseAccount(createCredential({ [name]: 'abcdef' }))).not.toThrow();
		},
	);

	test.each([
		['a line break', 'A012\r\n3456'],
		['a space', 'A012 3456'],
		['a NUL character', 'A012\u00003456'],
		['a no-break space', 'A012\u00a03456'],
		['a typographic dash', 'A012–3456'],
	])('are rejected with %s inside and not shown', (_, value) => {
		for (const name of ['sid', 'apiKey']) {
			const parse = () => parseAccount(createCredential({ [name]: value }));
			expect(parse).toThrow(/contains a space, a line break, or a special character/);
			expect(parse).not.toThrow('3456');
		}
	});

	test('are not shown when the API Domain contains them', () => {
		const parse = () =>
			parseAccount(createCustomCredential(`https://api.in.kaleyra.io/v2/${SID}?api-key=${KEY}`));
		expect(parse).toThrow(InvalidInputError);
		expect(parse).not.toThrow(SID);
		expect(parse).not.toThrow(KEY);
	});

	test('are escaped in the URL', () => {
		expect(parseAccount(createCredential({ sid: 'ab/c?de' })).baseUrl).toMatch('/v2/ab%2Fc%3Fde');
	});

	test('are rejected when the SID is a relative path', () => {
		expect(() => parseAccount(createCredential({ sid: '..' }))).toThrow(InvalidInputError);
	});
});

describe('parseAccount WABA ID', () => {
	test.each([
		[' 102290129340398 ', '102290129340398'],
		['', undefined],
		['  ', undefined],
		[undefined, undefined],
	])('is for %j the value %j', (wabaId, expected) => {
		expect(parseAccount(createCredential({ wabaId })).wabaId).toBe(expected);
	});
});

describe('Paths', () => {
	test('are those of Kaleyra’s endpoints', () => {
		expect([flowsPath('1'), flowPath('2'), publishPath('3')]).toEqual([
			'/whatsapp/1/flows',
			'/whatsapp/2',
			'/whatsapp/3/publish',
		]);
	});

	test.each([
		['a/b', 'a%2Fb'],
		['../x', '..%2Fx'],
		['a?b', 'a%3Fb'],
		['a#b', 'a%23b'],
		['a%2fb', 'a%252fb'],
		['a b', 'a%20b'],
	])('encode %j as one segment', (segment, escaped) => {
		expect(encodePathSegment(segment)).toBe(escaped);
		expect(flowPath(segment)).toBe(`/whatsapp/${escaped}`);
	});

	test.each(['', '.', '..'])(
		'reject the segment %j, which would address another resource',
		(segment) => {
			for (const path of [encodePathSegment, flowsPath, flowPath, publishPath]) {
				expect(() => path(segment)).toThrow(
					new InvalidInputError(`"${segment}" can't be part of a URL`, 'Enter an ID.'),
				);
			}
		},
	);
});
