import type { IHttpRequestOptions, INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { KaleyraApi } from '../../credentials/KaleyraApi.credentials.ts';
import { InvalidInputError } from '../../nodes/shared/errors.ts';
import { EightByEightChatAppsApi } from '../../packages/n8n-nodes-8x8-flows/credentials/EightByEightChatAppsApi.credentials.ts';

const KEY = 'A0123456789abcdef0123456789abcdef';
const KALEYRA = { sid: 'HXAP1600000097IN', apiKey: KEY, pod: 'in' };
const EIGHT_BY_EIGHT = {
	apiKey: KEY,
	accountId: '1a2b3c4d-0000-4000-8000-00000000008f',
	region: 'apac',
};
const CUSTOM = { pod: 'custom', apiDomain: 'http://localhost:8080' };

const authenticate = async (options: object, changes: object = {}) =>
	await new KaleyraApi().authenticate({ ...KALEYRA, ...changes }, options as IHttpRequestOptions);

describe('The Kaleyra credential adds the API key', () => {
	test.each<[string, object]>([
		['a URL of its API domain', { url: 'https://api.in.kaleyra.io/v2/x' }],
		['the `uri` of n8n’s older request helper', { uri: 'https://api.in.kaleyra.io/v2/x' }],
		['a URL and a `uri` that is null', { url: 'https://api.in.kaleyra.io/v2/x', uri: null }],
		['a `uri` that is a URL object', { uri: new URL('https://api.in.kaleyra.io/v2/x') }],
		['upper case in scheme and host', { url: 'HTTPS://API.IN.KALEYRA.IO/v2/x' }],
		['the default port', { url: 'https://api.in.kaleyra.io:443/v2/x' }],
		['a user name', { url: 'https://user@api.in.kaleyra.io/v2/x' }],
		['a path below a base URL', { baseURL: 'https://api.in.kaleyra.io', url: '/v2/x' }],
		['a base URL alone', { baseURL: 'https://api.in.kaleyra.io' }],
		['an empty base URL', { baseURL: '', url: 'https://api.in.kaleyra.io/v2/x' }],
	])('to a request with %s', async (_, options) => {
		const { headers } = await authenticate({ ...options, headers: { accept: '*/*' } });
		expect(headers).toEqual({ accept: '*/*', 'api-key': KEY });
	});

	test('to a request to its custom API domain', async () => {
		const { headers } = await authenticate({ url: 'http://localhost:8080/v2/x' }, CUSTOM);
		expect(headers).toEqual({ 'api-key': KEY });
	});

	test('without the spaces around it', async () => {
		const url = 'https://api.in.kaleyra.io/';
		const { headers } = await authenticate({ url }, { apiKey: ` ${KEY}\n` });
		expect(headers).toEqual({ 'api-key': KEY });
	});

	test('and turns off redirects for both of n8n’s request helpers', async () => {
		const url = 'https://api.in.kaleyra.io/';
		const redirect = { followRedirect: true, followAllRedirects: true, maxRedirects: 21 };
		expect(await authenticate({ url, ...redirect })).toMatchObject({
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
		});
	});
});

describe('The Kaleyra credential rejects', () => {
	const OWN = 'https://api.in.kaleyra.io';
	test.each<[string, object]>([
		['another host', { url: 'https://evil.example/v2/x' }],
		['a `uri` of another host', { uri: 'https://evil.example/v2/x' }],
		[
			'a `uri` of another host beside its own URL',
			{ url: `${OWN}/x`, uri: 'https://evil.example' },
		],
		[
			'its own `uri` beside a URL of another host',
			{ url: 'https://evil.example', uri: `${OWN}/x` },
		],
		['another pod', { url: 'https://api.kaleyra.io/v2/x' }],
		['a subdomain', { url: 'https://x.api.in.kaleyra.io/' }],
		['a host that starts with its own', { url: 'https://api.in.kaleyra.io.evil.example/' }],
		['a host that ends with its own', { url: 'https://evil-api.in.kaleyra.io/' }],
		['its host with a trailing dot', { url: 'https://api.in.kaleyra.io./v2/x' }],
		['its host as the user name', { url: 'https://api.in.kaleyra.io@evil.example/' }],
		['its host as user name and password', { url: 'https://api.in.kaleyra.io:443@evil.example/' }],
		['its host before a backslash', { url: 'https:\\\\evil.example\\@api.in.kaleyra.io/' }],
		['another port', { url: 'https://api.in.kaleyra.io:8443/' }],
		['another scheme', { url: 'http://api.in.kaleyra.io/' }],
		['a blob of its origin', { url: 'blob:https://api.in.kaleyra.io/x' }],
		['another base URL', { baseURL: 'https://evil.example', url: '/v2/x' }],
		['another base URL beside its own URL', { baseURL: 'https://evil.example', url: `${OWN}/x` }],
		['another URL beside its own base URL', { baseURL: OWN, url: 'https://evil.example/x' }],
		['another host without a scheme', { baseURL: OWN, url: '//evil.example/x' }],
		['another host after a space', { baseURL: OWN, url: ' //evil.example/x' }],
		['a path without a base URL', { url: '/v2/x' }],
		['an empty URL', { url: '' }],
		['no URL', {}],
	])('%s', async (_, options) => {
		await expect(authenticate(options)).rejects.toThrow(InvalidInputError);
	});

	test('another origin with a message that names both and no secret', async () => {
		const url = `https://user:${KEY}@evil.example:8443/v2/${KALEYRA.sid}?key=${KEY}`;
		const error: unknown = await authenticate({ url }).catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({
			message:
				'You can’t use the Kaleyra credential for https://evil.example:8443: its API key is sent to https://api.in.kaleyra.io only',
			description:
				'Change the URL of the request, the API domain of the credential, or the credential. No request was sent.',
		});
	});

	test('a request without a valid URL with a message that says so', async () => {
		await expect(authenticate({ url: '/v2/x' })).rejects.toThrow(
			/^You can’t use the Kaleyra credential for a URL that is not valid: /,
		);
	});
});

describe('The 8x8 credential', () => {
	const authenticate = async (url: string) =>
		await new EightByEightChatAppsApi().authenticate(EIGHT_BY_EIGHT, { url });

	test('adds the API key to a request to its own region', async () => {
		const { headers } = await authenticate('https://chatapps.8x8.com/api/v1/x');
		expect(headers).toEqual({ Authorization: `Bearer ${KEY}` });
	});

	test.each(['https://chatapps.8x8.uk/api/v1/x', 'https://evil.example/'])(
		'rejects %s',
		async (url) => {
			await expect(authenticate(url)).rejects.toThrow(
				/^You can’t use the 8x8 credential for .*: its API key is sent to https:\/\/chatapps\.8x8\.com only$/,
			);
		},
	);
});

describe.each([
	[
		'Kaleyra',
		new KaleyraApi().properties,
		{ ...KALEYRA },
		CUSTOM,
		'api.in.kaleyra.io, api.kaleyra.io, api.ap.kaleyra.io, api.eu.kaleyra.io, api.na.kaleyra.ai',
	],
	[
		'8x8',
		new EightByEightChatAppsApi().properties,
		{ ...EIGHT_BY_EIGHT },
		{ region: 'custom', apiDomain: 'localhost' },
		'chatapps.8x8.com, chatapps.us.8x8.com, chatapps.8x8.uk, chatapps.8x8.id',
	],
])('Allowed HTTP Request Domains of the %s credential', (_, properties, data, custom, domains) => {
	/** As n8n reads a stored credential, and as its editor stores one. */
	const read = (stored: INodeParameters) =>
		NodeHelpers.getNodeParameters(properties, stored, true, false, null, null);
	const store = (edited: INodeParameters) =>
		NodeHelpers.getNodeParameters(properties, edited, false, false, null, null);

	test('are the hosts of the API, unless users enter a host', () => {
		expect(read(data)).toMatchObject({
			allowedHttpRequestDomains: 'domains',
			allowedDomains: domains,
		});
		const entered = read({ ...data, ...custom });
		expect(entered).not.toHaveProperty('allowedHttpRequestDomains');
		expect(entered).not.toHaveProperty('allowedDomains');
	});

	test('are not stored, so that a change of the host has no old ones left', () => {
		const stored = store({
			...data,
			allowedHttpRequestDomains: 'domains',
			allowedDomains: domains,
		});
		expect(stored).not.toHaveProperty('allowedHttpRequestDomains');
		expect(stored).not.toHaveProperty('allowedDomains');
	});

	test('are not shown', () => {
		const hidden = properties.filter(({ name }) => name.startsWith('allowed'));
		expect(hidden.map(({ type }) => type)).toEqual(['hidden', 'hidden']);
	});
});
