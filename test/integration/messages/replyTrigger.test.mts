import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, JsonObject } from 'n8n-workflow';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createResumeToken } from '../../../nodes/shared/whatsappFlows/flowToken.ts';
import {
	createEnvelope,
	createMessage,
	createNfmReply,
	TEXT_MESSAGE,
} from '../../unit/messages/replies.mts';
import { findClosedOrigin, harness, setUp } from '../setup.mts';
import type { WebhookRequest } from './webhook.mts';
import { callWebhook } from './webhook.mts';

setUp();

const HEADER = { headerName: 'X-Callback-Secret', headerValue: '0123456789abcdef' };
const SIGNATURE = '0123456789abcdef'.repeat(4);
const TOKEN = createResumeToken(`http://n8n.test/webhook-waiting/7/node-1?signature=${SIGNATURE}`)!;

const ACCEPTED = { status: 200, body: { received: true } };

let nodes = 0;
/** Calls the trigger; each call is a node of its own unless the request names one. */
const receive = async (body: unknown, parameters: IDataObject = {}, request: WebhookRequest = {}) =>
	await callWebhook('kaleyraFlowsReplyTrigger', parameters, {
		body,
		nodeId: `node-${nodes++}`,
		...request,
	});
const withToken = (token: string) =>
	createNfmReply({ name: 'flow', response_json: JSON.stringify({ a: 1, flow_token: token }) });

/** Stands for n8n's address for waiting executions. */
let requests: { target: string; body: IDataObject }[] = [];
interface Response {
	status?: number;
	body?: string;
	fault?: 'reset' | 'silence';
}
let responses: Response[] = [];
const RESUMED: Response = { status: 200, body: '{"resumed":true}' };
const server = createServer((request, response) => {
	void (async () => {
		let body = '';
		for await (const chunk of request) body += chunk;
		requests.push({ target: request.url!, body: JSON.parse(body) });
		const { status, body: text, fault } = responses.shift() ?? RESUMED;
		if (fault === 'silence') return;
		if (fault === 'reset') {
			response.socket?.resetAndDestroy();
			return;
		}
		const headers = { 'content-type': 'application/json', location: '/elsewhere' };
		response.writeHead(status ?? 200, headers).end(text);
	})();
});
let waitingBaseUrl: string;
beforeAll(async () => {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	waitingBaseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/waiting`;
});
beforeEach(() => {
	[requests, responses] = [[], []];
});
afterAll(() => server.close());

describe('The reply trigger', () => {
	test('starts with one item per reply', async () => {
		const messages = [createMessage(), TEXT_MESSAGE, createMessage({ id: 'B' })];
		const { items, response } = await receive(createEnvelope(messages));
		expect(items).toMatchObject([{ message_id: 'wamid.REPLY' }, { message_id: 'B' }]);
		expect(response).toEqual(ACCEPTED);
	});

	test.each([[createEnvelope([TEXT_MESSAGE])], [''], ['{"broken"'], [undefined]])(
		'accepts %j and starts nothing',
		async (body) => {
			const { items, response } = await receive(body);
			expect(items).toBeUndefined();
			expect(response).toEqual(ACCEPTED);
		},
	);

	test('reads a body that n8n did not read because of its content type', async () => {
		const { items } = await receive(createEnvelope(), {}, { bodyState: 'unread' });
		expect(items).toMatchObject([{ message_id: 'wamid.REPLY' }]);
	});

	test.each(['consumed', 'unreadable'] as const)(
		'accepts a body that is %s and starts nothing',
		async (bodyState) => {
			const { items, response } = await receive(createEnvelope(), {}, { bodyState });
			expect([items, response]).toEqual([undefined, ACCEPTED]);
		},
	);

	test('reads a body with a byte order mark', async () => {
		const { items } = await receive(`\uFEFF${JSON.stringify(createEnvelope())}`);
		expect(items).toMatchObject([{ message_id: 'wamid.REPLY' }]);
	});

	test('keeps the digits of long numbers outside of text', async () => {
		const payload = JSON.stringify(createEnvelope()).replace(
			'"1760000000"',
			'12345678901234567890',
		);
		const { items } = await receive(payload);
		expect(items).toMatchObject([{ timestamp: '12345678901234567890' }]);
	});

	test('passes on fields that are no JSON as text, with a warning in the item and the log', async () => {
		const message = createNfmReply({ name: 'flow', response_json: 'Sent' });
		const { items, warnings } = await receive(createEnvelope([message]));
		expect(items).toMatchObject([
			{ response: 'Sent', warning: expect.stringContaining("aren't a JSON object") },
		]);
		expect(warnings).toEqual([expect.stringContaining('wamid.REPLY')]);
	});

	test('starts once for a message that arrives again', async () => {
		const request = { nodeId: 'again', staticData: {} };
		expect((await receive(createEnvelope(), {}, request)).items).toHaveLength(1);
		expect((await receive(createEnvelope(), {}, request)).items).toBeUndefined();
		expect(Object.keys(request.staticData)).toEqual(['receivedMessages']);
	});

	test('starts for each message without an ID, because nothing tells them apart', async () => {
		const request = { nodeId: 'anonymous', staticData: {} };
		const body = createEnvelope([createMessage({ id: '' })]);
		for (const { items } of [await receive(body, {}, request), await receive(body, {}, request)]) {
			expect(items).toHaveLength(1);
		}
	});

	test('starts again for the same message in a test of the editor', async () => {
		const request = { nodeId: 'test', mode: 'manual' as const };
		for (let time = 0; time < 2; time++) {
			expect((await receive(createEnvelope(), {}, request)).items).toHaveLength(1);
		}
	});

	test.each([
		[{ flowTokenPrefix: 'token-' }, 1],
		[{ flowTokenPrefix: 'survey-' }, 0],
		[{ refs: 'order-1' }, 1],
		[{ refs: 'a, order-1' }, 1],
		[{ refs: 'a' }, 0],
		[{ refs: 'order-1', flowTokenPrefix: 'survey-' }, 0],
	])('with the filters %j starts for %i reply', async (options, count) => {
		const { items = [] } = await receive(createEnvelope(), { options });
		expect(items).toHaveLength(count);
	});

	test('includes the raw payload on request, once per payload', async () => {
		const envelope = createEnvelope([createMessage(), createMessage({ id: 'B' })]);
		const { items } = await receive(envelope, { options: { includeRawPayload: true } });
		expect(items).toMatchObject([{ raw_payload: envelope }, { message_id: 'B' }]);
		expect(items?.[1]).not.toHaveProperty('raw_payload');
	});

	test('ignores all replies of a request after 100, and logs it', async () => {
		const messages = Array.from({ length: 101 }, (_, id) => createMessage({ id: `${id}` }));
		const { items, warnings } = await receive(createEnvelope(messages));
		expect(items).toHaveLength(100);
		expect(warnings).toEqual([expect.stringContaining('101 replies')]);
	});

	test('keeps line breaks of a message ID out of the log', async () => {
		const message = createMessage({
			id: 'a\nb',
			interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', response_json: '' } },
		});
		const { warnings } = await receive(createEnvelope([message]));
		expect(warnings).toEqual([expect.stringContaining('a\\nb')]);
	});
});

describe('The header of the reply trigger', () => {
	const parameters = { authentication: 'header' };
	beforeEach(() => {
		harness.credential = HEADER;
	});
	afterEach(() => void vi.useRealTimers());

	test('starts the workflow if it is right', async () => {
		const headers = { 'x-callback-secret': HEADER.headerValue };
		const { items, response } = await receive(createEnvelope(), parameters, { headers });
		expect(items).toHaveLength(1);
		expect(response).toEqual(ACCEPTED);
	});

	test.each([{}, { 'x-callback-secret': 'wrong' }, { 'x-other': HEADER.headerValue }])(
		'gets 401 with %j',
		async (headers) => {
			const result = await receive(createEnvelope(), parameters, { headers });
			const body = { message: 'The callback header is missing or wrong' };
			expect(result).toMatchObject({ noWebhookResponse: true, response: { status: 401, body } });
			expect(result.items).toBeUndefined();
		},
	);

	test('is compared with the credential in memory', async () => {
		const request = { headers: { 'x-callback-secret': HEADER.headerValue }, nodeId: 'in memory' };
		await receive(TEXT_MESSAGE, parameters, request);
		harness.credential = { ...HEADER, headerValue: '' };
		expect((await receive(TEXT_MESSAGE, parameters, request)).response).toEqual(ACCEPTED);
	});

	test('is compared with the current credential if it does not match the one in memory', async () => {
		vi.useFakeTimers({ toFake: ['Date'] });
		const receiveNew = async () =>
			await receive(TEXT_MESSAGE, parameters, {
				headers: { 'x-callback-secret': 'fedcba9876543210' },
				nodeId: 'changed',
			});
		await receiveNew();
		harness.credential = { ...HEADER, headerValue: 'fedcba9876543210' };
		vi.setSystemTime(Date.now() + 4_000);
		expect((await receiveNew()).response.status).toBe(401);
		vi.setSystemTime(Date.now() + 2_000);
		expect((await receiveNew()).response).toEqual(ACCEPTED);
	});

	test('fails with an error if the credential has no value', async () => {
		harness.credential = { ...HEADER, headerValue: '' };
		await expect(receive(createEnvelope(), parameters)).rejects.toThrow(/'Header Value'/);
	});
});

describe('A reply to a waiting execution', () => {
	const resume = async (message: JsonObject, extraInfo: JsonObject = {}) =>
		await receive(createEnvelope([message], extraInfo), {}, { waitingBaseUrl });

	test('is passed on to n8n’s own signed resume URL, and starts nothing', async () => {
		const { items } = await resume(withToken(TOKEN));
		expect(items).toBeUndefined();
		expect(requests).toEqual([
			{
				target: `/base/waiting/7/node-1?signature=${SIGNATURE}`,
				body: expect.objectContaining({ flow_token: TOKEN, response: { a: 1 } }),
			},
		]);
	});

	test.each(['ref', 'ref1', 'ref2'])('is found by %s if its token is another one', async (name) => {
		const { items } = await resume(withToken('other'), { [name]: TOKEN });
		expect(items).toBeUndefined();
		expect(requests).toHaveLength(1);
	});

	test('is sent again while the execution is still running', async () => {
		responses = [{ status: 409, body: '{"message":"The execution is running already."}' }];
		const { items } = await resume(withToken(TOKEN));
		expect(items).toBeUndefined();
		expect(requests).toHaveLength(2);
	});

	test.each([
		[401, '<html>', /invalid signature/],
		[404, '{"message":"x"}', /no longer exists/],
		[200, '<html>', /No execution waits/],
		[410, '{"message":"The execution does not wait"}', /HTTP 410, The execution does not wait/],
		[302, '', /HTTP 302/],
	])('that n8n rejects with %i starts the workflow and says why', async (status, body, reason) => {
		responses = [{ status, body }];
		const { items, warnings } = await resume(withToken(TOKEN));
		expect(items).toMatchObject([{ resume_error: expect.stringMatching(reason) }]);
		expect(warnings).toEqual([expect.stringMatching(reason)]);
		expect(requests).toHaveLength(1);
	});

	test.each([502, 503])('is sent again after HTTP %i', async (status) => {
		responses = [{ status, body: '' }];
		const { items } = await resume(withToken(TOKEN));
		expect(items).toBeUndefined();
		expect(requests).toHaveLength(2);
	});

	test('starts nothing after a lost connection, because the execution may have been resumed', async () => {
		responses = [{ fault: 'reset' }];
		const { items, warnings } = await resume(withToken(TOKEN));
		expect(items).toBeUndefined();
		expect(warnings).toEqual([expect.stringContaining('ECONNRESET')]);
		expect(requests).toHaveLength(1);
	});

	test.each([504, 502])(
		'starts nothing when a gateway’s %i leaves the result unknown',
		async (status) => {
			responses = [{ status, body: '' }, ...Array(3).fill({ status: 404, body: '{}' })];
			const { items, warnings } = await resume(withToken(TOKEN));
			expect(items).toBeUndefined();
			expect(warnings).toHaveLength(1);
		},
	);

	test(
		'starts nothing when n8n does not respond within 10 seconds for the whole request',
		{ timeout: 15_000 },
		async () => {
			responses = [{ fault: 'silence' }];
			const second = { ...withToken(TOKEN), id: 'B' };
			const { items } = await receive(
				createEnvelope([withToken(TOKEN), second]),
				{},
				{ waitingBaseUrl },
			);
			expect(requests).toHaveLength(1);
			expect(items).toMatchObject([
				{ message_id: 'B', resume_error: expect.stringContaining('too many replies') },
			]);
		},
	);

	test.each([{ flowTokenPrefix: 'survey-' }, { refs: 'survey' }])(
		'that comes too late passes the filters %j',
		async (options) => {
			responses = [{ status: 404, body: '{}' }];
			const { items } = await receive(
				createEnvelope([withToken(TOKEN)]),
				{ options },
				{ waitingBaseUrl },
			);
			expect(items).toMatchObject([{ resume_error: expect.stringContaining('no longer exists') }]);
		},
	);

	test('starts the workflow after several attempts while the execution is running', async () => {
		responses = Array(4).fill({ status: 409, body: '{}' });
		const { items } = await resume(withToken(TOKEN));
		expect(items).toMatchObject([{ resume_error: expect.stringMatching(/No execution waits/) }]);
		expect(requests).toHaveLength(4);
	});

	test('starts the workflow when n8n’s own URL is invalid', async () => {
		const message = createEnvelope([withToken(TOKEN)]);
		const { items } = await receive(message, {}, { waitingBaseUrl: 'no URL' });
		expect(items).toMatchObject([{ resume_error: expect.stringContaining('invalid') }]);
	});

	test('starts the workflow when n8n can’t reach its own URL', async () => {
		const { items } = await receive(
			createEnvelope([withToken(TOKEN)]),
			{},
			{ waitingBaseUrl: `${await findClosedOrigin()}/waiting` },
		);
		expect(items).toMatchObject([{ resume_error: expect.stringContaining('ECONNREFUSED') }]);
	});
});

describe('A waiting execution', () => {
	const awaited = { timed_out: true, to: '+919876543210', ref: TOKEN, flow_token: TOKEN };
	const continueWith = async (body: unknown, waitingItem: IDataObject = awaited) =>
		await callWebhook(
			'kaleyraFlows',
			{ resource: 'message', operation: 'sendAndWait' },
			{ body, waitingItems: [{ json: waitingItem }] },
		);
	const REPLY = { from: '919876543210', flow_token: TOKEN, response: { a: 1 } };

	test('continues with the reply it waits for', async () => {
		const { items, webhookResponse } = await continueWith({ ...REPLY, injected: 1 });
		expect(webhookResponse).toEqual({ resumed: true });
		expect(items).toMatchObject([{ timed_out: false, ...REPLY }]);
		expect(items?.[0]).not.toHaveProperty('injected');
	});

	test('continues with a reply that only its reference names', async () => {
		const { items } = await continueWith({ ...REPLY, flow_token: 'unused', ref: TOKEN });
		expect(items).toHaveLength(1);
	});

	test.each([
		['another customer', { ...REPLY, from: '919876543211' }, awaited],
		['another message', { ...REPLY, flow_token: 'other' }, awaited],
		['no sender', { ...REPLY, from: '' }, awaited],
		['no fields', { from: REPLY.from, flow_token: TOKEN }, awaited],
		['no reply', {}, awaited],
		['an item that awaits nothing', { ...REPLY, flow_token: 'undefined' }, {}],
	])('rejects %s and keeps waiting', async (_, body, waitingItem) => {
		const result = await continueWith(body, waitingItem);
		expect(result.items).toBeUndefined();
		const response = { status: 410, body: { message: expect.stringContaining('not wait') } };
		expect(result).toMatchObject({ noWebhookResponse: true, response });
	});
});
