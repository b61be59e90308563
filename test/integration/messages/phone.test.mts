import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseFlowReplies } from '../../../nodes/kaleyra/flowReplies.ts';
import { mockApi, setUp } from '../setup.mts';
import { CUSTOMER, sendFlow } from './setup.mts';

setUp();

/** What arrives at the Incoming URL. */
let received: { at: number; payload: unknown }[] = [];
const server = createServer((request, response) => {
	void (async () => {
		let body = '';
		for await (const chunk of request) body += chunk;
		received.push({ at: Date.now(), payload: JSON.parse(body) });
		response.end('{}');
	})();
});
let incomingUrl: string;

const act = async (action: string, body: unknown = '') => {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const url = `${mockApi.origin}/__page/phone/${action}`;
	return (await fetch(url, { method: 'POST', body: text })).status;
};
type PhoneState = ReturnType<typeof mockApi.phone.getState>;

const getState = async () => {
	const response = await fetch(`${mockApi.origin}/__page/state`);
	const page = (await response.json()) as { sections: { phone: PhoneState } };
	return page.sections.phone;
};
const waitForPayloads = async (count: number) => {
	await vi.waitFor(() => expect(received).toHaveLength(count), { timeout: 5_000 });
	return received.map(({ payload }) => payload);
};

beforeAll(async () => {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	incomingUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/replies`;
});
beforeEach(async () => {
	received = [];
	await act('setIncomingUrl', incomingUrl);
});
afterAll(() => server.close());

describe('The phone of the mock API', () => {
	test('shows the accepted messages with the JSON of their flow', async () => {
		await sendFlow({ header: 'Survey' });
		const { messages } = await getState();
		expect(messages).toMatchObject([
			{ to: CUSTOMER, header: 'Survey', body: 'Tell us what you think.', button: 'Start' },
		]);
		expect(JSON.parse(messages[0]!.flow!.json).screens[0].id).toBe('SURVEY');
	});

	test('posts a reply that the reply trigger reads, with the token and references', async () => {
		await sendFlow({ ref: 'survey', ref2: 'x' });
		const messageId = mockApi.messages[0]!.id;
		expect(await act('reply', { messageId, fields: { rating: 'great' } })).toBe(204);
		const [payload] = await waitForPayloads(1);
		expect(parseFlowReplies(payload)).toMatchObject([
			{
				reply: {
					from: '919876543210',
					in_reply_to: mockApi.messages[0]!.wamid,
					flow_token: 'token-1',
					response: { rating: 'great' },
					ref: 'survey',
					ref2: 'x',
					waba_id: mockApi.credential.wabaId,
				},
			},
		]);
		await vi.waitFor(async () => {
			expect((await getState()).deliveries).toMatchObject([{ messageId, result: '200' }]);
		});
	});

	test('posts the same reply twice', async () => {
		await sendFlow();
		await act('reply', { messageId: mockApi.messages[0]!.id, fields: {}, times: 2 });
		const [first, second] = await waitForPayloads(2);
		expect(second).toEqual(first);
	});

	test('posts a reply late', async () => {
		await sendFlow();
		const start = Date.now();
		await act('reply', { messageId: mockApi.messages[0]!.id, fields: {}, delay: 0.5 });
		await waitForPayloads(1);
		expect(received[0]!.at - start).toBeGreaterThanOrEqual(490);
	});

	test('posts another message, which is no flow reply', async () => {
		await sendFlow();
		expect(await act('sendText', 'Hello')).toBe(204);
		const [payload] = await waitForPayloads(1);
		expect(JSON.stringify(payload)).toContain('"text":{"body":"Hello"}');
		expect(parseFlowReplies(payload)).toEqual([]);
	});

	test('shows that n8n did not respond', async () => {
		await sendFlow();
		await act('setIncomingUrl', 'http://127.0.0.1:9/webhook');
		await act('sendText', 'Hello');
		await vi.waitFor(async () => {
			expect((await getState()).deliveries).toMatchObject([{ result: 'n8n did not respond' }]);
		});
	});

	test.each([
		'https://example.com/webhook',
		'http://example.com/webhook',
		'http://localhost.example.com/',
		'no URL',
	])('does not post to %s', async (url) => {
		expect(await act('setIncomingUrl', url)).toBe(409);
		expect((await getState()).incomingUrl).toBe(incomingUrl);
	});

	test('rejects replies to unknown messages, and any without an Incoming URL', async () => {
		expect(await act('reply', { messageId: 'x', fields: {} })).toBe(409);
		expect(await act('sendText', 'Hello')).toBe(409);
		await sendFlow();
		await act('setIncomingUrl', '');
		const messageId = mockApi.messages[0]!.id;
		expect(await act('reply', { messageId, fields: {} })).toBe(409);
		expect(await act('sendText', 'Hello')).toBe(409);
	});

	test('forgets its messages', async () => {
		await sendFlow();
		expect(await act('clear')).toBe(204);
		expect(await getState()).toMatchObject({ messages: [], deliveries: [] });
	});
});
