import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OpenPhone } from '../browser/openPhone.mts';
import { openPhone } from '../browser/openPhone.mts';
import { readExamples, REPLIES_PATH } from '../../playground/examples.mjs';
import { freePort, N8n, pack } from '../../playground/n8n.mjs';
import type { SentMessage } from '../mock-api/messages.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import { createReply } from '../mock-api/phone/replies.mts';
import { createEnvelope, createMessage } from '../unit/messages/replies.mts';
import { CALLBACKS } from './messages/callbacks.mts';
import { startCollector } from './messages/collector.mts';
import {
	CALLBACK_CREDENTIAL,
	createReplyWorkflow,
	createWaitingWorkflow,
	KALEYRA_CREDENTIAL,
	SECRET_HEADER,
} from './messages/workflows.mts';
import { readTraces } from './readTraces.mts';

// Runs the reply trigger, and executions that wait for replies, in active workflows of a real n8n.

const EXAMPLES = ['book-appointment', 'survey-customers', 'handle-flow-replies'];
const WAITING = 20;
const AT_ONCE = 40;
/** The shortest limit, and n8n's interval for looking at limits. */
const LIMIT = { limitWaitTime: { values: { resumeAmount: 0.05, resumeUnit: 'minutes' } } };
const LIMIT_TIMEOUT = { timeout: 90_000, interval: 250 };
const SOON = { timeout: 20_000, interval: 50 };

let folder: string;
let mockApi: KaleyraMock;
let collector: Awaited<ReturnType<typeof startCollector>>;
let n8n: N8n;
let limitReached: Promise<void>;

const post = async (workflow: string, body: unknown, headers: Record<string, string> = {}) =>
	await fetch(`${n8n.origin}/webhook/${workflow}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});

const waitForItems = async (workflow: string, count: number, options = SOON) => {
	await vi.waitFor(() => expect(collector.count(workflow)).toBeGreaterThanOrEqual(count), options);
	return collector.take(workflow);
};

/** n8n registers webhooks shortly after the workflow is published. */
const waitForWebhook = async (workflow: string) =>
	await vi.waitFor(async () => {
		expect((await fetch(`${n8n.origin}/webhook/${workflow}`)).status).not.toBe(404);
	}, SOON);

/** Enough for an execution that must not exist to show up. */
const settle = async () => await new Promise((resolve) => setTimeout(resolve, 1_000));

const getNumber = (index: number) => `+9198765${String(index).padStart(5, '0')}`;

/** Starts waiting executions. @returns the messages that they sent */
async function ask(workflow: string, numbers: string[]): Promise<SentMessage[]> {
	const before = mockApi.messages.length;
	const start = async (to: string) => {
		await vi.waitFor(async () => expect((await post(workflow, { to })).status).toBe(200), SOON);
	};
	await Promise.all(numbers.map(start));
	await vi.waitFor(() => expect(mockApi.messages).toHaveLength(before + numbers.length), SOON);
	return mockApi.messages.slice(before);
}

const account = () => ({
	phoneNumber: mockApi.account.phoneNumber,
	wabaId: mockApi.credential.wabaId,
});
const answer = async (message: SentMessage, fields: IDataObject = { to: message.to }) =>
	await post('replies', createReply(account(), message, fields));

function shuffle<T>(values: T[]): T[] {
	return values
		.map((value) => ({ value, order: Math.random() }))
		.sort((a, b) => a.order - b.order)
		.map(({ value }) => value);
}

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'kaleyra-flows-'));
	[mockApi, collector] = await Promise.all([KaleyraMock.start(), startCollector()]);
	n8n = new N8n({ folder, port: await freePort(), brokerPort: await freePort() });
	await n8n.installPackages(await pack(path.join(folder, 'packed')));
	const writeJson = async (name: string, value: unknown) => {
		await writeFile(path.join(folder, name), JSON.stringify(value));
		return `--input=${path.join(folder, name)}`;
	};
	const credentials = [
		{ ...KALEYRA_CREDENTIAL, type: 'kaleyraApi', data: mockApi.credential },
		{
			...CALLBACK_CREDENTIAL,
			type: 'kaleyraCallbackApi',
			data: { headerName: SECRET_HEADER.name, headerValue: SECRET_HEADER.value },
		},
	];
	await n8n.cli('import:credentials', await writeJson('credentials.json', credentials));
	const workflows = [
		createReplyWorkflow('replies', collector.getUrl('replies')),
		createReplyWorkflow('secured', collector.getUrl('secured'), { authentication: 'header' }),
		createReplyWorkflow('filtered', collector.getUrl('filtered'), {
			options: { flowTokenPrefix: 'survey-', refs: 'a, b', includeRawPayload: true },
		}),
		createWaitingWorkflow('wait', collector.getUrl('wait')),
		createWaitingWorkflow('limited', collector.getUrl('limited'), LIMIT),
	];
	const urls = { kaleyra: mockApi.origin, eightByEight: mockApi.origin };
	const examples = (await readExamples(urls)).filter(({ id }) => EXAMPLES.includes(id));
	const all = [...workflows, ...examples];
	await n8n.cli('import:workflow', await writeJson('workflows.json', all));
	await n8n.start();
	await n8n.logIn({ email: 'owner@example.com', password: 'Playground1' });
	for (const { id } of workflows) await n8n.publish(id);
	await Promise.all(['replies', 'secured', 'filtered'].map(waitForWebhook));
	// n8n looks at limits once a minute, so this one waits while the other tests run.
	const [limited] = await ask('limited', [getNumber(0)]);
	limitReached = (async () => {
		await vi.waitFor(() => expect(collector.count('limited')).toBe(1), LIMIT_TIMEOUT);
		limitedMessage = limited!;
	})();
}, 240_000);
let limitedMessage: SentMessage;

afterAll(async () => {
	await n8n.stop();
	await mockApi.stop();
	collector.stop();
	await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
	for (const workflow of ['replies', 'secured', 'filtered', 'wait']) collector.take(workflow);
});

describe('The reply trigger in n8n', { timeout: 60_000 }, () => {
	test.each(CALLBACKS)(
		'responds to $title with $status and emits $items',
		async ({ method = 'POST', query = '', body, contentType, status, items }) => {
			const response = await fetch(`${n8n.origin}/webhook/replies${query}`, {
				method,
				...(contentType !== undefined || body !== undefined
					? { headers: { 'content-type': contentType ?? 'application/json' } }
					: {}),
				...(body !== undefined && {
					body: typeof body === 'string' ? body : JSON.stringify(body),
				}),
			});
			expect(response.status).toBe(status);
			if (items.length === 0) await new Promise((resolve) => setTimeout(resolve, 200));
			const emitted = items.length > 0 ? await waitForItems('replies', items.length) : [];
			expect(emitted.map((item) => item['message_id'])).toEqual(items);
			expect(collector.take('replies')).toEqual([]);
		},
	);

	test('emits a reply with its fields', async () => {
		await post('replies', createEnvelope([createMessage({ id: 'fields' })]));
		expect(await waitForItems('replies', 1)).toEqual([
			{
				from: '919876543210',
				profile_name: 'Asha',
				message_id: 'fields',
				in_reply_to: 'wamid.SENT',
				timestamp: '1760000000',
				flow_token: 'token-1',
				response: { date: '2026-12-01', guests: 2, newsletter: true },
				ref: 'order-1',
				ref1: 'shop',
				ref2: '',
				waba_id: '102290129340398',
				phone_number_id: '106540352242922',
			},
		]);
	});

	test('rejects a missing or wrong header with 401 and accepts the right one', async () => {
		const payload = createEnvelope([createMessage({ id: 'secured' })]);
		const { name, value } = SECRET_HEADER;
		const requests = [{}, { [name]: 'wrong' }, { [name]: `${value}x` }, { [name]: '' }];
		for (const headers of requests) {
			const { status } = await post('secured', payload, headers);
			expect(status).toBe(401);
		}
		const get = await fetch(`${n8n.origin}/webhook/secured`);
		expect(get.status).toBe(401);
		await settle();
		expect(collector.count('secured')).toBe(0);
		expect((await post('secured', payload, { [name]: value })).status).toBe(200);
		expect(await waitForItems('secured', 1)).toHaveLength(1);
	});

	test('emits only replies that pass the filters, with the raw payload', async () => {
		const createFiltered = (id: string, token: string, ref: string) =>
			createEnvelope(
				[
					createMessage({
						id,
						interactive: {
							type: 'nfm_reply',
							nfm_reply: { name: 'flow', response_json: JSON.stringify({ flow_token: token }) },
						},
					}),
				],
				{ ref },
			);
		const payload = createFiltered('both', 'survey-1', 'b');
		await post('filtered', createFiltered('other ref', 'survey-1', 'c'));
		await post('filtered', createFiltered('other token', 'order-1', 'a'));
		await post('filtered', payload);
		const [item] = await waitForItems('filtered', 1);
		expect(item).toMatchObject({ message_id: 'both', raw_payload: payload });
		await settle();
		expect(collector.take('filtered')).toEqual([]);
	});

	test(`emits each of ${AT_ONCE} replies at once, delivered twice, once`, async () => {
		const ids = Array.from({ length: AT_ONCE }, (_, index) => `at-once-${index}`);
		const durations: number[] = [];
		await Promise.all(
			[...ids, ...ids].map(async (id) => {
				const start = Date.now();
				const { status } = await post('replies', createEnvelope([createMessage({ id })]));
				durations.push(Date.now() - start);
				expect(status).toBe(200);
			}),
		);
		console.info(`Slowest response: ${Math.max(...durations)} ms`);
		const emitted = await waitForItems('replies', AT_ONCE, { timeout: 40_000, interval: 50 });
		await settle();
		const all = [...emitted, ...collector.take('replies')].map((item) => item['message_id']);
		expect(all.sort()).toEqual(ids.sort());
	});
});

describe('Executions that wait for a reply', { timeout: 120_000 }, () => {
	test(`continue each with its own reply, ${WAITING} of them, in any order`, async () => {
		const numbers = Array.from({ length: WAITING }, (_, index) => getNumber(100 + index));
		const messages = await ask('wait', numbers);
		for (const message of shuffle(messages)) expect((await answer(message)).status).toBe(200);
		const items = await waitForItems('wait', WAITING);
		const pairs = items.map(({ from, response }) => [from, (response as IDataObject)['to']]);
		expect(pairs.sort()).toEqual(numbers.map((number) => [number.slice(1), number]));
		expect(items.every((item) => item['timed_out'] === false)).toBe(true);
		await settle();
		// None of them started the workflow of the trigger.
		expect(collector.take('replies')).toEqual([]);
	});

	test('continue when only the reference names them', async () => {
		const [message] = await ask('wait', [getNumber(1)]);
		await answer({ ...message!, flowToken: 'unused' });
		expect(await waitForItems('wait', 1)).toMatchObject([
			{ flow_token: 'unused', ref: message!.flowToken },
		]);
	});

	test('ignore replies of other customers, forged tokens, and requests without a signature', async () => {
		const [message] = await ask('wait', [getNumber(2)]);
		const token = message!.flowToken;
		const [prefix, executionId = '', nodeId = '', nonce = '', signature = ''] = token.split('.');
		const forge = (...parts: string[]) => {
			const flowToken = [prefix, ...parts].join('.');
			return { ...message!, flowToken, references: {} };
		};
		const forged = [
			{ ...message!, to: getNumber(3) },
			forge(executionId, nodeId, nonce, `A${signature.slice(1)}`),
			forge(String(Number(executionId) - 1), nodeId, nonce, signature),
			forge(executionId, 'wait-start', nonce, signature),
			forge(executionId, nodeId, 'AAAAAAAA', signature),
		];
		for (const each of forged) expect((await answer(each)).status).toBe(200);
		const direct = `${n8n.origin}/webhook-waiting/${executionId}/${nodeId}`;
		expect((await fetch(direct, { method: 'POST' })).status).toBe(401);
		const emitted = await waitForItems('replies', forged.length);
		expect(emitted.map((item) => item['resume_error'])).toEqual(
			forged.map(() => expect.any(String)),
		);
		expect(collector.count('wait')).toBe(0);
		await answer(message!);
		expect(await waitForItems('wait', 1)).toHaveLength(1);
	});

	test('continue once: a later reply to the same message starts the trigger’s workflow', async () => {
		const [message] = await ask('wait', [getNumber(4)]);
		await answer(message!);
		await waitForItems('wait', 1);
		await answer(message!);
		expect(await waitForItems('replies', 1)).toMatchObject([
			{ resume_error: 'No execution waits for this reply any more.' },
		]);
		expect(collector.count('wait')).toBe(0);
	});

	test('survive a restart of n8n, as does the memory of received messages', async () => {
		const [message] = await ask('wait', [getNumber(5)]);
		await post('replies', createEnvelope([createMessage({ id: 'before the restart' })]));
		await waitForItems('replies', 1);
		await n8n.stop();
		await n8n.start();
		await post('replies', createEnvelope([createMessage({ id: 'before the restart' })]));
		await answer(message!);
		expect(await waitForItems('wait', 1)).toMatchObject([{ response: { to: getNumber(5) } }]);
		await settle();
		expect(collector.take('replies')).toEqual([]);
	});

	test('continue after the limit, and a reply after that starts the trigger’s workflow', async () => {
		await limitReached;
		expect(collector.take('limited')).toEqual([
			{
				timed_out: true,
				message_id: limitedMessage.id,
				to: getNumber(0),
				flow_id: '900000000000002',
				flow_token: limitedMessage.flowToken,
				ref: limitedMessage.flowToken,
			},
		]);
		await answer(limitedMessage);
		expect(await waitForItems('replies', 1)).toMatchObject([
			{ resume_error: 'No execution waits for this reply any more.' },
		]);
		expect(collector.count('limited')).toBe(0);
	});
});

describe('The examples, with the phone of the mock API in a browser', { timeout: 60_000 }, () => {
	let phone: OpenPhone;

	const runExample = async (id: string) =>
		await n8n.rest('POST', `/workflows/${id}/run`, { triggerToStartFrom: { name: 'Start' } });
	const waitForChat = async (channel: string) =>
		await vi.waitFor(() => {
			const texts = mockApi.chat.messages.filter((message) => message.channel === channel);
			expect(texts).not.toEqual([]);
			return texts.map(({ text }) => text);
		}, SOON);

	beforeAll(async () => {
		await n8n.publish('handle-flow-replies');
		await waitForWebhook(REPLIES_PATH);
		phone = await openPhone(mockApi.origin);
		const incomingUrl = phone.phone.getByLabel('Incoming URL');
		await incomingUrl.fill(`${n8n.origin}/webhook/${REPLIES_PATH}`);
		await incomingUrl.press('Tab');
	});
	beforeEach(() => {
		mockApi.messages = [];
		mockApi.phone.deliveries = [];
		mockApi.chat.messages = [];
	});
	afterAll(async () => await phone?.close());

	test('book an appointment: the workflow continues with the reply', async () => {
		await runExample('book-appointment');
		await vi.waitFor(() => expect(mockApi.messages).toHaveLength(1), SOON);
		const flow = await phone.openFlow('Choose a date');
		await flow.getByLabel('Date').fill('2026-12-01');
		await flow.getByLabel('Time').selectOption('Morning');
		await flow.getByRole('button', { name: 'Continue' }).click();
		await flow.getByLabel('Name').fill('Asha');
		await flow.getByRole('button', { name: 'Book' }).click();
		expect(await waitForChat('appointments')).toEqual(['Asha booked 2026-12-01, morning.']);
	});

	test('survey customers: the replies become rows of a data table, each once', async () => {
		const run = await n8n.execute('survey-customers');
		const count = (node: string) =>
			run.data.resultData.runData[node]?.[0]?.data?.['main']?.[0]?.length;
		expect([count('Sent'), count('Not sent')]).toEqual([3, 1]);
		await phone.phone.getByLabel('Post the reply').selectOption('twice');
		const customers = mockApi.messages.map(({ to }) => to);
		for (const to of customers) {
			const message = phone.phone.getByRole('article').filter({ hasText: to });
			await message.getByRole('button').click();
			await message.getByLabel('Great').check();
			for (const liked of ['Price', 'Quality']) await message.getByLabel(liked).check();
			await message.getByLabel('Comment').fill(to);
			await message.getByRole('button', { name: 'Send' }).click();
		}
		const { id: projectId } = await n8n.rest('GET', '/projects/personal');
		await vi.waitFor(async () => {
			expect(mockApi.phone.deliveries.map(({ result }) => result)).toEqual(Array(6).fill('200'));
			const tables = await n8n.rest('GET', `/projects/${projectId}/data-tables`);
			const table = tables.data.find(({ name }: IDataObject) => name === 'Survey replies');
			const path = `/projects/${projectId}/data-tables/${table.id}/rows`;
			const { data: rows } = await n8n.rest('GET', path);
			expect(rows.map(({ comment }: IDataObject) => comment).sort()).toEqual(customers.sort());
			expect(rows[0]).toMatchObject({ rating: 'great', liked: 'price, quality' });
		}, SOON);
		const filter = JSON.stringify({ workflowId: 'handle-flow-replies', status: ['error'] });
		const failed = await n8n.rest('GET', `/executions?filter=${encodeURIComponent(filter)}`);
		expect(failed.results).toEqual([]);
	});

	test('handle every flow reply: other replies are posted to the chat', async () => {
		const [message] = await ask('wait', [getNumber(9)]);
		const flowId = mockApi.flows.find(({ name }) => name === 'Ask for a quote')!.id;
		const references = { ref: 'quote' };
		mockApi.messages.push({ ...message!, id: 'other', flowId, flowToken: 'other', references });
		const flow = await phone.openFlow('Rate');
		await flow.getByLabel('Name').fill('Ravi');
		await flow.getByRole('button', { name: 'Done' }).click();
		expect(await waitForChat('flow-replies')).toEqual(['Asha replied: {"name":"Ravi"}']);
	});
});

test('n8n prints, logs, and stores no API key, SID, or callback secret', async () => {
	const { sid, apiKey } = mockApi.credential;
	const findFiles = await readTraces(n8n);
	// The search works: it finds a reply.
	expect(findFiles('How was your order?').length).toBeGreaterThan(0);
	expect([sid, apiKey, SECRET_HEADER.value].flatMap(findFiles)).toEqual([]);
});
