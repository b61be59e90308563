import { generateKeyPairSync } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { IDataObject, IN8nHttpFullResponse } from 'n8n-workflow';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parsePrivateKey } from '../../nodes/shared/whatsappFlows/dataExchange/privateKey.ts';
import { createSignedFlowToken } from '../../nodes/shared/whatsappFlows/signedFlowToken.ts';
import { encryptRequest } from '../mock-api/page/whatsAppEndpointClient.mjs';
import { vectors } from '../unit/dataExchange/vectors.mts';
import { getRegistrationResults, REGISTERED } from './messages/registration.mts';
import { callWebhook } from './messages/webhook.mts';
import type { RunOptions } from './n8nHarness.mts';
import { harness, setUp } from './setup.mts';

setUp();

const { keys, publicKey } = vectors;
const PING = { version: '3.0', action: 'ping' };
const SCREEN = { version: '3.0', action: 'data_exchange', screen: 'DATE', data: { day: '1' } };

const other = generateKeyPairSync('rsa', {
	modulusLength: 2048,
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
	publicKeyEncoding: { type: 'spki', format: 'pem' },
});

beforeEach(() => {
	harness.credential = { privateKey: keys.pkcs8 };
});
afterEach(() => void vi.useRealTimers());

let nodes = 0;
/** Sends an encrypted request to the trigger; each call is a node of its own unless `nodeId` names one. */
async function receive(
	payload: object,
	{ nodeId = `endpoint-${nodes++}`, key = publicKey, mode = 'webhook' as const } = {},
	parameters: IDataObject = {},
) {
	const { body, decryptResponse } = await encryptRequest(payload, key);
	const result = await callWebhook(
		'kaleyraFlowsEndpointTrigger',
		{ flowTokenPolicy: 'any', ...parameters },
		{ body, nodeId, mode },
	);
	return { ...result, decryptResponse };
}

describe('The endpoint trigger', () => {
	test('registers nothing at Kaleyra', async () => {
		expect(
			await getRegistrationResults(harness.loader.getNode('kaleyraFlowsEndpointTrigger').type),
		).toEqual(REGISTERED);
	});

	test('responds to a ping and starts nothing', async () => {
		const { response, items, noWebhookResponse, decryptResponse } = await receive(PING);
		expect(response).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain' } });
		expect(await decryptResponse(String(response.body))).toEqual({ data: { status: 'active' } });
		expect([items, noWebhookResponse]).toEqual([undefined, true]);
	});

	test('starts an execution for a screen and leaves the response to it', async () => {
		const { response, items, noWebhookResponse, warnings } = await receive(SCREEN);
		expect(items).toMatchObject([{ action: 'data_exchange', screen: 'DATE', data: { day: '1' } }]);
		expect([response, noWebhookResponse, warnings]).toEqual([{}, undefined, []]);
	});

	test.each([
		['the rejection message of its options', 'Ask again', 'Ask again'],
		['a default rejection message', ' ', 'This form has expired. Ask us for a new one.'],
	])('responds to an unsigned flow token with %s', async (_, rejectionMessage, message) => {
		const { response, decryptResponse } = await receive(
			SCREEN,
			{},
			{
				flowTokenPolicy: 'signed',
				options: { rejectionMessage },
			},
		);
		expect(response.status).toBe(427);
		expect(await decryptResponse(String(response.body))).toEqual({ error_msg: message });
	});

	test('fails with an unknown flow token policy', async () => {
		await expect(receive(SCREEN, {}, { flowTokenPolicy: 'none' })).rejects.toMatchObject({
			message: `'Flow Token' is unknown: "none"`,
			description: 'Use one of: signed, signedOrMissing, any.',
		});
	});

	test('logs why it rejected a request', async () => {
		const { response, items, warnings } = await receive(PING, { key: other.publicKey });
		expect([response.status, response.body, items]).toEqual([421, '', undefined]);
		expect(warnings).toEqual([
			expect.stringMatching(/^Data Exchange request rejected with 421: ./),
		]);
	});

	test('with an app secret, accepts only signed requests', async () => {
		const { appSecret, rawBody: body, header } = vectors.signature;
		harness.credential = { privateKey: keys.pkcs8, appSecret };
		const send = async (headers: IncomingHttpHeaders) =>
			await callWebhook(
				'kaleyraFlowsEndpointTrigger',
				{ flowTokenPolicy: 'any' },
				{ body, headers, nodeId: 'signed' },
			);
		const signed = await send({ 'x-hub-signature-256': header });
		expect([signed.response, signed.items]).toEqual([{}, [expect.anything()]]);
		const unsigned = await send({});
		expect([unsigned.response.status, unsigned.items]).toEqual([432, undefined]);
	});

	test('keeps its credential in memory', async () => {
		const nodeId = 'keeps';
		await receive(PING, { nodeId });
		harness.credential = { privateKey: 'removed' };
		expect((await receive(PING, { nodeId })).response.status).toBe(200);
	});

	test('reads its credential for each request in the editor', async () => {
		const options = { nodeId: 'editor', mode: 'manual' as never };
		await receive(PING, options);
		harness.credential = { privateKey: 'removed' };
		await expect(receive(PING, options)).rejects.toThrow(/private key/i);
	});

	test("reads its credential again for a request that it can't decrypt", async () => {
		vi.useFakeTimers({ toFake: ['Date'] });
		const nodeId = 'rotated';
		await receive(PING, { nodeId });
		harness.credential = { privateKey: other.privateKey };
		const statuses = [];
		for (const seconds of [4, 2]) {
			vi.setSystemTime(Date.now() + seconds * 1_000);
			const { response } = await receive(PING, { nodeId, key: other.publicKey });
			statuses.push(response.status);
		}
		expect(statuses).toEqual([421, 200]);
	});
});

test('A request with an unreadable body gets a 400 and starts nothing', async () => {
	const { response, items, noWebhookResponse } = await callWebhook(
		'kaleyraFlowsEndpointTrigger',
		{ flowTokenPolicy: 'any' },
		{ body: {}, bodyState: 'unreadable', nodeId: 'unreadable' },
	);
	expect([response.status, items, noWebhookResponse]).toEqual([400, undefined, true]);
});

test('A token of a new key makes WhatsApp read the public key again', async () => {
	vi.useFakeTimers({ toFake: ['Date'] });
	const nodeId = 'new-token';
	await receive(PING, { nodeId });
	harness.credential = { privateKey: other.privateKey };
	vi.setSystemTime(Date.now() + 6_000);
	const privateKey = parsePrivateKey(other.privateKey, '');
	const token = createSignedFlowToken({}, Date.now() + 3_600_000, privateKey);
	const payload = { ...SCREEN, flow_token: token };
	const { response } = await receive(payload, { nodeId }, { flowTokenPolicy: 'signed' });
	expect(response.status).toBe(421);
});

describe('Respond', () => {
	const TRIGGER = 'n8n-nodes-kaleyra-flows.kaleyraFlowsEndpointTrigger';
	const NEXT = { responseType: 'nextScreen', screen: 'SLOT', inputType: 'json', screenData: '{}' };
	const ALREADY = 'This execution has already responded to the request';

	beforeEach(() => {
		harness.others.set(TRIGGER, harness.loader.getNode('kaleyraFlowsEndpointTrigger').type);
	});

	/** Runs trigger -> Respond. */
	async function respond(
		parameters: IDataObject,
		{ item = {}, count = 1, ...options }: RunOptions & { item?: IDataObject; count?: number } = {},
	) {
		const { items = [], decryptResponse } = await receive(SCREEN);
		const emitted = { ...(items[0] as IDataObject), ...item };
		const result = await harness.run(
			{ resource: 'endpoint', operation: 'respond', ...parameters },
			{
				mode: 'webhook',
				items: Array.from({ length: count }, () => emitted),
				start: { type: TRIGGER },
				node: { credentials: { kaleyraFlowsEndpointApi: { id: '2', name: 'Endpoint' } } },
				...options,
			},
		);
		const responses = result.responses as IN8nHttpFullResponse[];
		const decrypt = async () => await decryptResponse(String(responses[0]?.body));
		return { ...result, responses, decrypt };
	}

	const getPastTime = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();

	test('sends the encrypted screen to WhatsApp', async () => {
		const { main, hints, responses, decrypt } = await respond(NEXT);
		expect(responses).toMatchObject([
			{ statusCode: 200, headers: { 'content-type': 'text/plain' } },
		]);
		const response = { screen: 'SLOT', data: {} };
		expect(await decrypt()).toEqual(response);
		expect(main.map(({ json }) => json)).toEqual([{ success: true, status_code: 200, response }]);
		expect(hints).toEqual([]);
	});

	test('sends one response, whatever the number of items', async () => {
		const { error, responses } = await respond(NEXT, { count: 2 });
		expect(responses).toHaveLength(1);
		expect(error?.message).toBe(ALREADY);
	});

	test('marks a response after 10 seconds as late', async () => {
		const { main, hints, responses } = await respond(NEXT, {
			item: { received_at: getPastTime(11) },
		});
		expect(main[0]?.json).toMatchObject({ success: true, late: true });
		expect(hints).toEqual([expect.stringMatching(/^WhatsApp waits 10 seconds\./)]);
		expect(responses).toHaveLength(1);
	});

	test('fails after a minute', async () => {
		const { error, responses } = await respond(NEXT, { item: { received_at: getPastTime(61) } });
		expect(error?.message).toBe('The request no longer waits for a response');
		expect(error?.description).toMatch(/^WhatsApp waits 10 seconds\. Open the flow in WhatsApp/);
		expect(responses).toEqual([]);
	});

	test('accepts an old request in the editor, where it may be pinned', async () => {
		const { main } = await respond(NEXT, {
			mode: 'manual',
			item: { received_at: getPastTime(3_600) },
		});
		expect(main[0]?.json).toEqual(expect.not.objectContaining({ late: true }));
		expect(main[0]?.json).toMatchObject({ success: true });
	});

	test('fails in a retried execution', async () => {
		const { error, responses } = await respond(NEXT, { mode: 'retry' });
		expect(error?.message).toBe('The request no longer waits for a response');
		expect(responses).toEqual([]);
	});

	test('fails for a client error, which the trigger has acknowledged', async () => {
		const { error } = await respond(NEXT, { item: { encryption: null } });
		expect(error?.message).toBe('This request needs no response');
	});

	test('shows an error on the screen of the request', async () => {
		const parameters = { responseType: 'error', errorMessage: 'Closed', inputType: 'json' };
		const { decrypt } = await respond(parameters);
		expect(await decrypt()).toEqual({ screen: 'DATE', data: { error_message: 'Closed' } });
	});

	test('shows no error before the first screen', async () => {
		const { error, responses } = await respond(
			{ responseType: 'error', errorMessage: 'Closed' },
			{ item: { screen: '' } },
		);
		expect(error?.message).toMatch(/^'Show Error' stays on the same screen/);
		expect(responses).toEqual([]);
	});

	test.each<[string, IDataObject, IDataObject]>([
		['with the flow token', { flow_token: 'a' }, { flow_token: 'a', day: '1' }],
		['without a flow token', {}, { day: '1' }],
	])('completes the flow %s', async (_, item, params) => {
		const { decrypt } = await respond(
			{ responseType: 'complete', inputType: 'json', params: '{ "day": "1" }' },
			{ item },
		);
		expect(await decrypt()).toEqual({
			screen: 'SUCCESS',
			data: { extension_message_response: { params } },
		});
	});

	test.each([
		['a message', 'Sold out', 'Sold out'],
		['a message without the spaces around it', ' Sold out ', 'Sold out'],
		['a number as its message', '={{ 42 }}', '42'],
	])('expires the flow token with %s', async (_, errorMessage, sent) => {
		const { responses, decrypt } = await respond({ responseType: 'expireToken', errorMessage });
		expect(responses[0]?.statusCode).toBe(427);
		expect(await decrypt()).toEqual({ error_msg: sent });
	});

	test.each<[string, IDataObject, string]>([
		['an unknown response type', { responseType: 'x' }, `'Response Type' is unknown: "x"`],
		['an empty screen', { ...NEXT, screen: ' ' }, "'Screen' is empty"],
		['a failed calculation as a screen', { ...NEXT, screen: '={{ NaN }}' }, "'Screen' is empty"],
		[
			'an empty error message',
			{ responseType: 'expireToken', errorMessage: ' ' },
			"'Error Message' is empty",
		],
	])('rejects %s without a response', async (_, parameters, message) => {
		const { error, responses } = await respond(parameters);
		expect(error?.message).toBe(message);
		expect(responses).toEqual([]);
	});

	test('finds the request of the trigger that started the execution, among several', async () => {
		const { responses } = await respond(NEXT, { idleTrigger: TRIGGER });
		expect(responses).toHaveLength(1);
	});

	test('says so if no trigger has received a request', async () => {
		const { error, responses } = await respond(NEXT, { start: {}, idleTrigger: TRIGGER });
		expect(error?.message).toBe('No request waits for a response');
		expect(responses).toEqual([]);
	});

	test('works only after an endpoint trigger', async () => {
		const { error } = await respond(NEXT, { start: {} });
		expect(error?.message).toBe('There is no Kaleyra Flows Endpoint Trigger before this node');
	});
});
