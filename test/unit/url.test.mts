import { describe, expect, test } from 'vitest';
import { parseAccount } from '../../nodes/kaleyra/credentials.ts';
import { flowPath, flowsPath, publishPath } from '../../nodes/kaleyra/paths.ts';
import { encodePathSegment } from '../../nodes/shared/http/url.ts';
import { InvalidInputError } from '../../nodes/shared/errors.ts';

const SID = 'HXAP1600000097IN';
const KEY = 'A0123456789abcdef0123456789abcdef';
const credential = (changes: Record<string, unknown> = {}) => ({
	sid: SID,
	apiKey: KEY,
	pod: 'in',
	...changes,
});
const custom = (apiDomain: unknown) => credential({ pod: 'custom', apiDomain });

describe('The base URL', () => {
	test.each([
		['in', 'api.in.kaleyra.io'],
		['sg', 'api.kaleyra.io'],
		['sgLegacy', 'api.ap.kaleyra.io'],
		['eu', 'api.eu.kaleyra.io'],
		['na', 'api.na.kaleyra.ai'],
	])('of pod %s is at %s', (pod, host) => {
		expect(parseAccount(credential({ pod })).baseUrl).toBe(`https://${host}/v2/${SID}`);
	});

	test.each([
		['a host', 'api.in.kaleyra.io', 'https://api.in.kaleyra.io'],
		['a host with a port', 'gateway.example.com:8443', 'https://gateway.example.com:8443'],
		['an origin', 'https://api.in.kaleyra.io', 'https://api.in.kaleyra.io'],
		['an origin with a slash behind it', 'https://api.in.kaleyra.io/', 'https://api.in.kaleyra.io'],
		['a host between blanks', ' api.in.kaleyra.io ', 'https://api.in.kaleyra.io'],
		['this machine by name', 'http://localhost:3000', 'http://localhost:3000'],
		['this machine by number', 'http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
		['this machine by its other number', 'http://[::1]:3000', 'http://[::1]:3000'],
	])('of a domain of one’s own: %s', (_, apiDomain, origin) => {
		expect(parseAccount(custom(apiDomain)).baseUrl).toBe(`${origin}/v2/${SID}`);
	});

	test.each([
		['http of a public host', 'http://api.in.kaleyra.io'],
		['http of a host that only begins like this machine', 'http://localhost.example.com'],
		['http of a host that only begins like its number', 'http://127.0.0.1.example.com'],
		['another protocol', 'ftp://api.in.kaleyra.io'],
	])('is refused, because the key would travel in the clear: %s', (_, apiDomain) => {
		expect(() => parseAccount(custom(apiDomain))).toThrow(/must start with https:\/\//);
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
		['a blank inside', 'api.in.kaleyra.io example.com'],
		['a line break inside', 'api.in\n.kaleyra.io'],
		['a protocol only', 'https://'],
		['an impossible port', 'api.in.kaleyra.io:99999'],
	])('is refused as no plain host: %s', (_, apiDomain) => {
		expect(() => parseAccount(custom(apiDomain))).toThrow(/isn't a host/);
	});

	test.each([[''], ['  '], [undefined], [5]])(
		'of a domain of one’s own that is empty (%j) is asked for',
		(apiDomain) => {
			expect(() => parseAccount(custom(apiDomain))).toThrow(/'API Domain' .* is empty/);
		},
	);

	test.each([['us'], [''], [undefined], ['toString'], ['__proto__']])(
		'of pod %j, which does not exist, is refused with those that do',
		(pod) => {
			const read = () => parseAccount(credential({ pod }));
			expect(read).toThrow(/'Pod' in the Kaleyra credential is unknown/);
			expect(read).toThrow(
				expect.objectContaining({ description: expect.stringContaining('sgLegacy') }),
			);
		},
	);
});

describe('SID and key', () => {
	test('are taken without the blanks around them', () => {
		expect(parseAccount(credential({ sid: ` ${SID}\n`, apiKey: `\t${KEY} ` }))).toMatchObject({
			baseUrl: `https://api.in.kaleyra.io/v2/${SID}`,
			apiKey: KEY,
			secrets: [SID, KEY],
		});
	});

	test.each(['sid', 'apiKey'])('%s is asked for when it is empty', (name) => {
		for (const value of ['', '  ', undefined, null, 5]) {
			expect(() => parseAccount(credential({ [name]: value }))).toThrow(/is empty$/);
		}
	});

	test.each([
		['a line break', 'A012\r\n3456'],
		['a blank', 'A012 3456'],
		['a NUL character', 'A012\u00003456'],
		['a no-break space', 'A012\u00a03456'],
		['a typographic dash', 'A012–3456'],
	])('with %s inside are refused without being shown', (_, value) => {
		for (const name of ['sid', 'apiKey']) {
			const read = () => parseAccount(credential({ [name]: value }));
			expect(read).toThrow(/contains a space, a line break, or a special character/);
			expect(read).not.toThrow('3456');
		}
	});

	test('in an API Domain that was pasted with its path are not shown', () => {
		const read = () => parseAccount(custom(`https://api.in.kaleyra.io/v2/${SID}?api-key=${KEY}`));
		expect(read).toThrow(InvalidInputError);
		expect(read).not.toThrow(SID);
		expect(read).not.toThrow(KEY);
	});

	test('that are characters of an address are escaped in it', () => {
		expect(parseAccount(credential({ sid: 'a/b?c' })).baseUrl).toMatch('/v2/a%2Fb%3Fc');
	});

	test('that would climb in the address are refused', () => {
		expect(() => parseAccount(credential({ sid: '..' }))).toThrow(InvalidInputError);
	});
});

describe('The default WABA', () => {
	test.each([
		[' 102290129340398 ', '102290129340398'],
		['', undefined],
		['  ', undefined],
		[undefined, undefined],
	])('%j is read as %j', (wabaId, read) => {
		expect(parseAccount(credential({ wabaId })).wabaId).toBe(read);
	});
});

describe('A path', () => {
	test('names each of Kaleyra’s pages', () => {
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
	])('holds %j as one part', (part, escaped) => {
		expect(encodePathSegment(part)).toBe(escaped);
		expect(flowPath(part)).toBe(`/whatsapp/${escaped}`);
	});

	test.each(['', '.', '..'])('refuses the part %j, which would name another operation', (part) => {
		for (const path of [encodePathSegment, flowsPath, flowPath, publishPath]) {
			expect(() => path(part)).toThrow(InvalidInputError);
		}
	});
});
