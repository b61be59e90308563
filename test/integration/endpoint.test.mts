import type { IDataObject } from 'n8n-workflow';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkFlowToken } from '../../nodes/shared/whatsappFlows/signedFlowToken.ts';
import { parsePrivateKey } from '../../nodes/shared/whatsappFlows/dataExchange/privateKey.ts';
import { vectors } from '../unit/dataExchange/vectors.mts';
import type { RunOptions } from './n8nHarness.mts';
import { harness, mockApi, setUp } from './setup.mts';

setUp();

const { keys, passphrase, publicKey, fingerprint } = vectors;
const credentials = {
	kaleyraApi: { id: '1', name: 'Mock API' },
	kaleyraFlowsEndpointApi: { id: '2', name: 'Endpoint' },
};

beforeEach(() => {
	harness.credential = { ...mockApi.credential, privateKey: keys.pkcs8 };
});

const run = async (operation: string, parameters: IDataObject, options: RunOptions = {}) =>
	await harness.run(
		{ resource: 'endpoint', operation, ...parameters },
		{ node: { credentials }, ...options },
	);

describe('Set Public Key', () => {
	const setPublicKey = async (parameters: IDataObject = {}) =>
		await run('setPublicKey', { from: '+91 98765 43210', ...parameters });

	test('registers the public key of the private key for the phone number', async () => {
		const { main } = await setPublicKey();
		expect(main.map(({ json }) => json)).toEqual([
			{ success: true, phone_number: '+919876543210', fingerprint },
		]);
		expect([...mockApi.account.publicKeys]).toEqual([['+919876543210', publicKey]]);
		expect(mockApi.requests).toHaveLength(1);
		expect(mockApi.requests[0]).toMatchObject({
			method: 'POST',
			target: '/v2/HXAP0000000000IN/whatsapp/%2B919876543210/flows_encryption',
			headers: { 'content-type': expect.stringContaining('application/x-www-form-urlencoded') },
		});
		expect(mockApi.requests[0]!.body).not.toContain('PRIVATE');
	});

	test("uses the credential's phone number if there is none", async () => {
		harness.credential = { ...harness.credential, phoneNumber: '+919000000001' };
		await setPublicKey({ from: '' });
		expect([...mockApi.account.publicKeys.keys()]).toEqual(['+919000000001']);
	});

	test('is repeated after a server error, because it is idempotent', async () => {
		mockApi.addFaults('{"fault":"WA-500 internal error","times":1}');
		const { status } = await setPublicKey();
		expect(status).toBe('success');
		expect(mockApi.requests).toHaveLength(2);
	});

	test('says that retrying is safe if the response is lost', async () => {
		mockApi.addFaults('{"fault":"connection reset after the write was applied"}');
		const { error } = await setPublicKey({ options: { maxRetries: 0 } });
		expect(error?.description).toMatch(/The key may have been set\. It's safe to retry/);
	});

	test('reports an HTML page instead of a success', async () => {
		mockApi.addFaults('{"fault":"HTML with status 200"}');
		const { status } = await setPublicKey({ options: { maxRetries: 0 } });
		expect(status).toBe('error');
	});

	test('rejects an invalid phone number before any request', async () => {
		const { error } = await setPublicKey({ from: 'Kaleyra' });
		expect(error?.message).toMatch(/^'From' isn't a phone number/);
		expect(mockApi.requests).toEqual([]);
	});

	test('rejects an unusable private key before any request', async () => {
		harness.credential = { ...harness.credential, privateKey: keys.small };
		const { error } = await setPublicKey();
		expect(error?.message).toBe('The private key has 1024 bits; WhatsApp requires 2048');
		expect(mockApi.requests).toEqual([]);
	});
});

describe('Create Flow Token', () => {
	const HOUR = 3_600_000;
	const privateKey = parsePrivateKey(keys.pkcs8, '');
	const create = async (parameters: IDataObject, options?: RunOptions) =>
		await run('createFlowToken', parameters, options);

	test('creates a token with the payload, which expires after three days', async () => {
		const { main } = await create({ payload: '{"customer": "42"}' });
		const { flow_token: token, expires_at: expiresAt } = main[0]!.json;
		const check = (hours: number) =>
			checkFlowToken(String(token), privateKey, Date.now() + hours * HOUR);
		expect(check(71.9)).toEqual({ status: 'valid', payload: { customer: '42' } });
		expect(check(72.1)).toEqual({ status: 'expired' });
		expect(Date.parse(String(expiresAt))).toBeGreaterThan(Date.now() + 71 * HOUR);
		expect(mockApi.requests).toEqual([]);
	});

	test('creates a token for each item without the Kaleyra credential', async () => {
		const { kaleyraFlowsEndpointApi } = credentials;
		const { main } = await create(
			{ payload: '={{ { id: $json.id } }}', expiresIn: 1 },
			{ items: [{ id: 1 }, { id: 2 }], node: { credentials: { kaleyraFlowsEndpointApi } } },
		);
		const payloads = main.map(({ json }) =>
			checkFlowToken(String(json['flow_token']), privateKey, Date.now()),
		);
		expect(payloads).toMatchObject([{ payload: { id: 1 } }, { payload: { id: 2 } }]);
	});

	test.each<[string, IDataObject, string]>([
		['text', { payload: 'text' }, "'Payload' isn't a JSON object"],
		['a list', { payload: '[1]' }, "'Payload' isn't a JSON object"],
		['0 hours', { expiresIn: 0 }, "'Expires In (Hours)' must be an integer, 1 to 8760: 0"],
		['a long payload', { payload: { text: 'x'.repeat(2000) } }, 'characters; 2048 are possible'],
	])('rejects %s', async (_, parameters, message) => {
		const { error } = await create(parameters);
		expect(error?.message).toContain(message);
	});
});

test('Respond without a Kaleyra Flows Endpoint Trigger fails with an explanation', async () => {
	const { error } = await run('respond', { responseType: 'nextScreen', screen: 'A' });
	expect(error?.message).toBe('There is no Kaleyra Flows Endpoint Trigger before this node');
});

describe('The test of the endpoint credential', () => {
	const testCredential = async (credential: Record<string, string>) => {
		const credentialTest = harness.tested.methods!.credentialTest!['kaleyraFlowsEndpointApiTest']!;
		const type = 'kaleyraFlowsEndpointApi';
		const decrypted = { id: '2', name: 'Endpoint', type, data: credential };
		return await credentialTest.call({} as never, decrypted);
	};

	test('passes with the fingerprint and says whether signatures are verified', async () => {
		const message = `2048-bit RSA key. SHA-256 fingerprint of its public key: ${fingerprint}.`;
		expect(await testCredential({ privateKey: keys.encryptedPkcs1, passphrase })).toEqual({
			status: 'OK',
			message: `${message} Without an app secret, signatures are not verified.`,
		});
		expect(await testCredential({ privateKey: keys.pkcs8, appSecret: 'secret' })).toEqual({
			status: 'OK',
			message: `${message} Signatures are verified.`,
		});
	});

	test.each([
		['no PEM', { privateKey: 'MIIE' }, /^The private key is not in PEM format\. Create a key/],
		[
			'a wrong passphrase',
			{ privateKey: keys.encryptedPkcs8, passphrase: 'x' },
			/^The private key can't be decrypted with this passphrase\./,
		],
		[
			'an elliptic-curve key',
			{ privateKey: keys.notRsa },
			/^The private key is not an RSA key: ec\./,
		],
		['1024 bits', { privateKey: keys.small }, /^The private key has 1024 bits/],
	])('fails with %s', async (_, credential, message) => {
		const result = await testCredential(credential);
		expect(result).toEqual({ status: 'Error', message: expect.stringMatching(message) });
	});
});
