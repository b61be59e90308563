import { describe, expect, test } from 'vitest';
import type {
	EndpointSettings,
	Outcome,
} from '../../../nodes/shared/whatsappFlows/dataExchange/handleRequest.ts';
import { handleRequest } from '../../../nodes/shared/whatsappFlows/dataExchange/handleRequest.ts';
import { parsePrivateKey } from '../../../nodes/shared/whatsappFlows/dataExchange/privateKey.ts';
import { createSignedFlowToken } from '../../../nodes/shared/whatsappFlows/signedFlowToken.ts';
import { encryptRequest, signBody } from '../../mock-api/page/whatsAppEndpointClient.mjs';
import { mutateRequest } from './mutations.mts';
import { vectors } from './vectors.mts';

const { keys, publicKey } = vectors;
const APP_SECRET = vectors.signature.appSecret;
const privateKey = parsePrivateKey(keys.pkcs8, '');
const SETTINGS: EndpointSettings = {
	privateKey,
	appSecrets: [],
	flowTokenPolicy: 'signed',
	rejectionMessage: 'Ask for a new form.',
	emitClientErrors: false,
};
const HOUR = 3_600_000;
const createToken = (payload = {}, lifetime = HOUR, key = privateKey) =>
	createSignedFlowToken(payload, Date.now() + lifetime, key);
const TOKEN = createToken({ customer: 7 });
const SCREEN = { version: '3.0', action: 'data_exchange', screen: 'A', data: { x: 1 } };

const handle = (
	body: string | Buffer,
	changes: Partial<EndpointSettings> = {},
	signature?: string,
) => handleRequest({ rawBody: Buffer.from(body), signature }, { ...SETTINGS, ...changes });

/** Sends a payload. @returns the outcome with the decrypted response */
async function call(payload: object, changes: Partial<EndpointSettings> = {}, signature?: string) {
	const { body, decryptResponse } = await encryptRequest(payload, publicKey);
	const { response, ...outcome } = handle(JSON.stringify(body), changes, signature);
	if (!response) return outcome;
	const { statusCode: status } = response;
	return { ...outcome, status, response: response.body && (await decryptResponse(response.body)) };
}

describe('handleRequest', () => {
	test('responds to a ping without a flow token', async () => {
		expect(await call({ version: '3.0', action: 'ping' })).toEqual({
			status: 200,
			response: { data: { status: 'active' } },
		});
	});

	test.each(['INIT', 'data_exchange', 'BACK'])(
		'emits %s with the payload of its token',
		async (action) => {
			const { item, ...outcome } = await call({ ...SCREEN, action, flow_token: TOKEN });
			expect(outcome).toEqual({});
			expect(item).toMatchObject({
				action,
				screen: 'A',
				data: { x: 1 },
				flow_token: TOKEN,
				token: { customer: 7 },
				token_status: 'valid',
				version: '3.0',
				encryption: { encrypted_aes_key: expect.any(String), initial_vector: expect.any(String) },
			});
		},
	);

	const CLIENT_ERROR = {
		...SCREEN,
		data: { error: 'timeout_error', error_message: 'Timed out' },
		flow_token: TOKEN,
	};
	const ACKNOWLEDGED = { status: 200, response: { data: { acknowledged: true } } };

	test('acknowledges a client error without emitting it', async () => {
		expect(await call(CLIENT_ERROR)).toEqual(ACKNOWLEDGED);
	});

	test('acknowledges and emits a client error, without what a response needs', async () => {
		const { item, ...outcome } = await call(CLIENT_ERROR, { emitClientErrors: true });
		expect(outcome).toEqual(ACKNOWLEDGED);
		expect(item).toMatchObject({ data: CLIENT_ERROR.data, token: { customer: 7 } });
		expect(item).not.toHaveProperty('encryption');
	});

	test('never emits a client error with an invalid token', async () => {
		const changes = { emitClientErrors: true };
		expect(await call({ ...CLIENT_ERROR, flow_token: 'x' }, changes)).toEqual(ACKNOWLEDGED);
	});

	test('repeats the request: the same token is accepted until it expires', async () => {
		for (const _ of [1, 2]) {
			const { item } = await call({ ...SCREEN, flow_token: TOKEN });
			expect(item).toBeDefined();
		}
	});

	const tokens: [string, string | undefined, boolean, boolean, boolean][] = [
		['a signed token', TOKEN, true, true, true],
		['no token', undefined, false, true, true],
		['an unsigned token', 'b7a1-uuid', false, false, true],
		['an expired token', createToken({}, -1000), false, false, true],
		[
			'a token of another key',
			createToken({}, HOUR, parsePrivateKey(keys.other, '')),
			false,
			false,
			true,
		],
	];
	test.each(
		tokens.flatMap(([name, token, signed, signedOrMissing, any]) => [
			{ name, token, policy: 'signed' as const, accepted: signed },
			{ name, token, policy: 'signedOrMissing' as const, accepted: signedOrMissing },
			{ name, token, policy: 'any' as const, accepted: any },
		]),
	)('accepts $name under the policy $policy: $accepted', async ({ token, policy, accepted }) => {
		const outcome = await call(
			{ ...SCREEN, ...(token && { flow_token: token }) },
			{ flowTokenPolicy: policy },
		);
		const payload = token === TOKEN ? { customer: 7 } : {};
		if (accepted) return expect(outcome.item?.['token']).toEqual(payload);
		expect(outcome).toMatchObject({
			status: 427,
			response: { error_msg: 'Ask for a new form.' },
			rejection: expect.stringMatching(/^The flow token is (missing|unsigned|expired)$/),
		});
		return expect(outcome.item).toBeUndefined();
	});
});

describe('handleRequest rejects', () => {
	const validBody = async () =>
		(await encryptRequest({ ...SCREEN, flow_token: TOKEN }, publicKey)).body;
	const cut = (base64: string, bytes: number) =>
		Buffer.from(base64, 'base64').subarray(0, bytes).toString('base64');
	const flip = (base64: string) => {
		const bytes = Buffer.from(base64, 'base64');
		bytes[bytes.length - 1]! ^= 1;
		return bytes.toString('base64');
	};
	type Body = Awaited<ReturnType<typeof validBody>>;
	const expectRejected = ({ response, item, rejection }: Outcome, status: number) => {
		expect(response).toEqual({ statusCode: status, body: '' });
		expect(item).toBeUndefined();
		expect(rejection).toEqual(expect.any(String));
	};

	test.each<[string, number, (body: Body) => string | Promise<string>]>([
		[
			'a request for another key',
			421,
			async () => JSON.stringify((await encryptRequest(SCREEN, vectors.otherPublicKey)).body),
		],
		[
			'a truncated initialization vector',
			421,
			(body) => JSON.stringify({ ...body, initial_vector: cut(body.initial_vector, 8) }),
		],
		[
			'a flipped bit in the tag',
			421,
			(body) => JSON.stringify({ ...body, encrypted_flow_data: flip(body.encrypted_flow_data) }),
		],
		[
			'a flipped bit in the key',
			421,
			(body) => JSON.stringify({ ...body, encrypted_aes_key: flip(body.encrypted_aes_key) }),
		],
		['invalid base64', 421, (body) => JSON.stringify({ ...body, encrypted_flow_data: '***' })],
		['an empty body', 400, () => ''],
		['a body that is not JSON', 400, () => 'action=ping'],
		['a missing field', 400, ({ initial_vector: _, ...body }) => JSON.stringify(body)],
		['fields of the wrong type', 400, (body) => JSON.stringify({ ...body, encrypted_aes_key: {} })],
		[
			'an unknown action',
			400,
			async () => JSON.stringify((await encryptRequest({ action: 'x' }, publicKey)).body),
		],
		[
			'an encrypted text that is not JSON',
			400,
			async () => JSON.stringify((await encryptRequest('text', publicKey)).body),
		],
		['a body of 5 MB', 413, (body) => JSON.stringify({ ...body, padding: 'x'.repeat(5_000_000) })],
	])('%s with %i', async (_, status, change) => {
		expectRejected(handle(await change(await validBody())), status);
	});

	test('a missing or wrong signature with 432 if there is an app secret', async () => {
		const body = JSON.stringify(await validBody());
		const appSecrets = [APP_SECRET];
		expectRejected(handle(body, { appSecrets }), 432);
		expectRejected(handle(body, { appSecrets }, await signBody(body, 'other')), 432);
		expectRejected(handle(`${body} `, { appSecrets }, await signBody(body, APP_SECRET)), 432);
		const { item } = handle(body, { appSecrets }, await signBody(body, APP_SECRET));
		expect(item).toBeDefined();
	});

	test('1,000 random mutations of a valid request', async () => {
		const statuses = new Map<number, number>();
		const accepted: string[] = [];
		for (let seed = 1; seed <= 1_000; seed++) {
			const { mutated, description } = mutateRequest(await validBody(), seed);
			const { response, item } = handle(mutated, { flowTokenPolicy: 'any' });
			const status = response?.statusCode ?? 200;
			statuses.set(status, (statuses.get(status) ?? 0) + 1);
			if (item !== undefined || status < 400) accepted.push(`seed ${seed}: ${description}`);
		}
		expect(accepted).toEqual([]);
		expect([...statuses.keys()].sort()).toEqual([400, 421]);
	});
});
