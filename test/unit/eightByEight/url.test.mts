import { describe, expect, test } from 'vitest';
import { parseAccount } from '../../../packages/n8n-nodes-8x8-flows/nodes/eightByEight/credentials.ts';
import {
	flowPath,
	flowsPath,
} from '../../../packages/n8n-nodes-8x8-flows/nodes/eightByEight/paths.ts';

const ID = '1a2b3c4d-0000-4000-8000-00000000008f';
const credential = { apiKey: ' key ', accountId: ID, region: 'apac', apiDomain: '' };

describe('An account', () => {
	test.each([
		['apac', 'https://chatapps.8x8.com'],
		['us', 'https://chatapps.us.8x8.com'],
		['eu', 'https://chatapps.8x8.uk'],
		['id', 'https://chatapps.8x8.id'],
	])('of region %s is at %s', (region, origin) => {
		const { baseUrl } = parseAccount({ ...credential, region });
		expect(baseUrl).toBe(`${origin}/api/v1/accounts/${ID}`);
	});

	test.each([
		['chatapps.example.com', 'https://chatapps.example.com'],
		['https://chatapps.example.com/', 'https://chatapps.example.com'],
		['http://127.0.0.1:5681', 'http://127.0.0.1:5681'],
	])('of another domain, %s, is at %s', (apiDomain, origin) => {
		const { baseUrl } = parseAccount({ ...credential, region: 'custom', apiDomain });
		expect(baseUrl).toBe(`${origin}/api/v1/accounts/${ID}`);
	});

	test.each([ID, ID.replaceAll('-', ''), ID.toUpperCase()])('may have the ID %s', (accountId) => {
		const { baseUrl, secrets } = parseAccount({ ...credential, accountId });
		expect(baseUrl).toContain(`/accounts/${accountId}`);
		expect(secrets).toEqual(
			expect.arrayContaining(['key', accountId, ID, ID.replaceAll('-', '').toUpperCase()]),
		);
	});

	test('hides an ID that was typed with some of its hyphens', () => {
		const accountId = ID.replace('-', '');
		expect(parseAccount({ ...credential, accountId }).secrets).toContain(ID);
	});

	test.each([`${ID}0`, ID.slice(1), `${ID}\n`.trim() + ' x', 'apiKey'])(
		'may not have the ID %j',
		(accountId) => {
			expect(() => parseAccount({ ...credential, accountId })).toThrow(
				/'Account ID' (of|in) the 8x8/,
			);
		},
	);
});

test('IDs are one part of a path each', () => {
	expect(flowPath('a/b', 'c?d')).toBe('/channels/a%2Fb/flows/c%3Fd');
	expect(() => flowsPath('..')).toThrow();
});
