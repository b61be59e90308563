import { expect, test } from 'vitest';
import { parseAccount } from '../../../packages/n8n-nodes-8x8-flows/nodes/eightByEight/credentials.ts';
import {
	flowPath,
	flowsPath,
} from '../../../packages/n8n-nodes-8x8-flows/nodes/eightByEight/paths.ts';

const ID = '1a2b3c4d-0000-4000-8000-00000000008f';
const COMPACT_ID = ID.replaceAll('-', '');
const credential = { apiKey: ' api-key ', accountId: ID, region: 'apac', apiDomain: '' };

test.each([
	['apac', 'https://chatapps.8x8.com'],
	['us', 'https://chatapps.us.8x8.com'],
	['eu', 'https://chatapps.8x8.uk'],
	['id', 'https://chatapps.8x8.id'],
])('the region %s resolves to %s', (region, origin) => {
	const { baseUrl } = parseAccount({ ...credential, region });
	expect(baseUrl).toBe(`${origin}/api/v1/accounts/${ID}`);
});

test.each([
	['chatapps.example.com', 'https://chatapps.example.com'],
	['https://chatapps.example.com/', 'https://chatapps.example.com'],
	['http://127.0.0.1:5681', 'http://127.0.0.1:5681'],
])('the API domain %s resolves to %s', (apiDomain, origin) => {
	const { baseUrl } = parseAccount({ ...credential, region: 'custom', apiDomain });
	expect(baseUrl).toBe(`${origin}/api/v1/accounts/${ID}`);
});

test.each([ID, COMPACT_ID, ID.toUpperCase(), ID.replace('-', '')])(
	'the account ID %s is accepted, and all its variants are secrets',
	(accountId) => {
		const { baseUrl, secrets } = parseAccount({ ...credential, accountId });
		expect(baseUrl).toContain(`/accounts/${accountId}`);
		const variants = [ID, ID.toUpperCase(), COMPACT_ID, COMPACT_ID.toUpperCase()];
		expect(secrets).toEqual(expect.arrayContaining(['api-key', accountId, ...variants]));
	},
);

test.each([`${ID}0`, ID.slice(1), `${ID} x`, 'apiKey'])(
	'the account ID %j is rejected',
	(accountId) => {
		expect(() => parseAccount({ ...credential, accountId })).toThrow(/Account ID/);
	},
);

test('an account ID with surrounding line breaks is trimmed', () => {
	expect(parseAccount({ ...credential, accountId: `${ID}\n` }).baseUrl).toMatch(
		new RegExp(`${ID}$`),
	);
});

test('every ID in a path is encoded as one segment', () => {
	expect(flowPath('a/b', 'c?d')).toBe('/channels/a%2Fb/flows/c%3Fd');
});

test('a path segment of two dots is rejected', () => {
	expect(() => flowsPath('..')).toThrow();
});
