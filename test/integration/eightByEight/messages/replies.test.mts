import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseFlowReplies } from '../../../../packages/n8n-nodes-8x8-flows/nodes/eightByEight/flowReplies.ts';
import {
	createEvent,
	createFlowReply,
	DELIVERY_RECEIPT,
	TEXT_EVENT,
} from '../../../unit/eightByEight/events.mts';
import type { WebhookRequest } from '../../messages/webhook.mts';
import { callWebhook } from '../../messages/webhook.mts';
import { harness, mockApi, PUBLISHED, setUp } from '../setup.mts';
import { CUSTOMER, sendAndWait, sendFlow, USER_ID } from './setup.mts';

setUp();

const ACCEPTED = { status: 200, body: { received: true } };
const HEADER = { headerName: 'Authorization', headerValue: 'Bearer c4llb4ck-s3cr3t-0123456789' };

/** Each call is another node, because the process remembers the messages that arrived. */
let nodes = 0;
const receive = async (body: unknown, parameters: IDataObject = {}, request: WebhookRequest = {}) =>
	await callWebhook('eightByEightFlowsReplyTrigger', parameters, {
		body,
		nodeId: `node-${nodes++}`,
		harness,
		...request,
	});

/** Stands for n8n's address for waiting executions, and for the webhook's URL. */
let received: { target: string; body: unknown }[] = [];
const server = createServer((request, response) => {
	void (async () => {
		let body = '';
		for await (const chunk of request) body += chunk;
		received.push({ target: request.url!, body: JSON.parse(body) });
		response.writeHead(200, { 'content-type': 'application/json' }).end('{"resumed":true}');
	})();
});
let origin: string;
beforeAll(async () => {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
	received = [];
});
afterAll(() => server.close());

describe('The 8x8 reply trigger', () => {
	test('starts with the fields of the reply, and the IDs of the subaccount and the channel', async () => {
		const { items, response } = await receive(createEvent());
		expect(items).toEqual([
			{
				from: '+6591234567',
				profile_name: 'Asha',
				message_id: '5f0c6a3e-0000-4000-8000-00000000000a',
				in_reply_to: '',
				timestamp: '2026-03-19T22:51:55.00Z',
				flow_token: 'token-1',
				response: { date: '2026-12-01', guests: 2 },
				channel_user_id: USER_ID,
				channel_id: '3f1c2b4a-0000-4000-8000-0000000000c1',
				subaccount_id: 'Mock_API',
			},
		]);
		expect(response).toEqual(ACCEPTED);
	});

	test.each([[TEXT_EVENT], [DELIVERY_RECEIPT], [{}], [[]], [''], ['{"broken"'], [undefined]])(
		'accepts %j and starts nothing',
		async (body) => {
			const { items, response } = await receive(body);
			expect(items).toBeUndefined();
			expect(response).toEqual(ACCEPTED);
		},
	);

	test('passes on fields that are no JSON as text, with a warning in the item and the log', async () => {
		const { items, warnings } = await receive(createFlowReply('Sent'));
		expect(items).toMatchObject([
			{ response: 'Sent', warning: expect.stringContaining("aren't a JSON object") },
		]);
		expect(warnings).toHaveLength(1);
	});

	test('starts once for a umid that arrives again', async () => {
		const request = { nodeId: 'again', staticData: {} };
		expect((await receive(createEvent(), {}, request)).items).toHaveLength(1);
		expect((await receive(createEvent(), {}, request)).items).toBeUndefined();
		expect((await receive(createEvent({ umid: 'other' }), {}, request)).items).toHaveLength(1);
	});

	test.each([
		[{ flowTokenPrefix: 'token-' }, 1],
		[{ flowTokenPrefix: 'survey-' }, 0],
	])('with the filters %j starts for %i reply', async (options, count) => {
		const { items = [] } = await receive(createEvent(), { options });
		expect(items).toHaveLength(count);
	});

	test('includes the raw payload on request', async () => {
		const { items } = await receive(createEvent(), { options: { includeRawPayload: true } });
		expect(items).toMatchObject([{ raw_payload: createEvent() }]);
	});

	test('passes a reply on to the execution that waits for it, and starts nothing', async () => {
		const { flowToken, from } = await wait();
		const event = createFlowReply(JSON.stringify({ a: 1, flow_token: flowToken }));
		const { items } = await receive(event, {}, { waitingBaseUrl: `${origin}/waiting` });
		expect(items).toBeUndefined();
		expect(received).toEqual([
			{
				target: expect.stringMatching(/^\/waiting\/1\/node\?signature=[0-9a-f]{64}$/),
				body: expect.objectContaining({ from, flow_token: flowToken, response: { a: 1 } }),
			},
		]);
	});
});

describe('The Authorization header of the 8x8 reply trigger', () => {
	const parameters = { authentication: 'header' };
	beforeEach(() => {
		harness.credential = HEADER;
	});

	test('starts the workflow if it is right', async () => {
		const headers = { authorization: HEADER.headerValue };
		const { items, response } = await receive(createEvent(), parameters, { headers });
		expect(items).toHaveLength(1);
		expect(response).toEqual(ACCEPTED);
	});

	test.each([{}, { authorization: 'Bearer wrong-wrong' }, { 'x-other': HEADER.headerValue }])(
		'gets 401 with %j',
		async (headers) => {
			const result = await receive(createEvent(), parameters, { headers });
			expect(result).toMatchObject({ noWebhookResponse: true, response: { status: 401 } });
			expect(result.items).toBeUndefined();
		},
	);
});

/** Starts an execution that waits. */
async function wait() {
	await sendAndWait();
	const [{ flowToken, to }] = mockApi.messages as [(typeof mockApi.messages)[0]];
	return { flowToken, from: to };
}

describe('Send Flow and Wait for Reply on 8x8', () => {
	test('sends the message with a flow token of its execution, and waits', async () => {
		const limitWaitTime = { values: { resumeAmount: 5, resumeUnit: 'minutes' } };
		const { status, run } = await sendAndWait({ limitWaitTime });
		expect(status).toBe('waiting');
		const [{ id, flowToken }] = mockApi.messages as [(typeof mockApi.messages)[0]];
		const [execution] = run.data.executionData?.nodeExecutionStack ?? [];
		expect(execution?.data['main']?.[0]?.map(({ json }) => json)).toEqual([
			{
				timed_out: true,
				message_id: id,
				to: CUSTOMER,
				flow_id: PUBLISHED,
				flow_token: flowToken,
			},
		]);
	});

	test('does not wait when the message was not accepted', async () => {
		mockApi.settings.always = () => ({ fault: 'reset', applyFirst: true });
		const { status } = await sendAndWait();
		expect(status).toBe('error');
		expect(mockApi.requests).toHaveLength(1);
	});

	test('fails before sending with several items', async () => {
		const { error } = await sendAndWait({}, { items: [{}, {}] });
		expect(error?.message).toMatch(/waits for one reply at a time/);
		expect(mockApi.requests).toEqual([]);
	});

	const awaited = { timed_out: true, to: CUSTOMER, flow_token: 'n8n1-token' };
	const reply = { from: CUSTOMER, flow_token: 'n8n1-token', response: { a: 1 } };
	const continueWith = async (body: unknown, waitingItem: IDataObject) =>
		await callWebhook(
			'eightByEightFlows',
			{ resource: 'message', operation: 'sendAndWait' },
			{ body, waitingItems: [{ json: waitingItem }], harness },
		);

	test.each([
		['a phone number', reply, awaited],
		['a user ID', { ...reply, channel_user_id: USER_ID }, { ...awaited, to: USER_ID }],
		[
			'a user ID, whose reply has a phone number only',
			{ ...reply, channel_user_id: '6591234567' },
			{ ...awaited, to: USER_ID },
		],
	])('continues with the reply of %s', async (_, body, waitingItem) => {
		const { items } = await continueWith({ ...body, injected: 1 }, waitingItem);
		expect(items).toMatchObject([{ timed_out: false, ...body }]);
		expect(items?.[0]).not.toHaveProperty('injected');
		expect(items?.[0]).toHaveProperty('subaccount_id', '');
	});

	test.each([
		['another customer', { ...reply, from: '+6591234568' }, awaited],
		['another user', { ...reply, channel_user_id: 'SG.1' }, { ...awaited, to: USER_ID }],
		[
			'another message to a user ID',
			{ ...reply, channel_user_id: '6591234567', flow_token: 'other' },
			{ ...awaited, to: USER_ID },
		],
		['another message', { ...reply, flow_token: 'other' }, awaited],
		['a reference, which 8x8 has not', { ...reply, flow_token: '', ref: 'n8n1-token' }, awaited],
		['an item that awaits nothing', { ...reply, flow_token: 'undefined' }, {}],
	])('rejects %s and keeps waiting', async (_, body, waitingItem) => {
		const result = await continueWith(body, waitingItem);
		expect(result.items).toBeUndefined();
		expect(result).toMatchObject({ noWebhookResponse: true, response: { status: 410 } });
	});
});

describe('The phone of the 8x8 mock API', () => {
	test('posts the event of a reply, and of another message', async () => {
		const act = async (action: string, body: string) =>
			(await fetch(`${mockApi.origin}/__page/phone/${action}`, { method: 'POST', body })).status;
		await act('setIncomingUrl', `${origin}/webhook`);
		await sendFlow();
		const [{ id }] = mockApi.messages as [(typeof mockApi.messages)[0]];
		expect(await act('reply', JSON.stringify({ messageId: id, fields: { a: 1 } }))).toBe(204);
		expect(await act('sendText', 'Hello')).toBe(204);
		await vi.waitFor(() => expect(received).toHaveLength(2), { timeout: 5_000 });
		const replies = received.flatMap(({ body }) => parseFlowReplies(body));
		expect(replies).toMatchObject([
			{ reply: { from: CUSTOMER, flow_token: 'token-1', response: { a: 1 } } },
		]);
	});
});
