import type { IDataObject } from 'n8n-workflow';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { N8n } from '../../playground/n8n.mjs';
import { startCollector } from '../e2e/messages/collector.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import type { SentMessage } from '../mock-api/messages.mts';
import { createReply } from '../mock-api/phone/replies.mts';
import { createEnvelope, createMessage } from '../unit/messages/replies.mts';
import type { QueueMode } from './QueueMode.mts';
import { SOON, TIMEOUT } from './timeouts.mts';
import {
	createCollectorNode,
	createNode,
	createWebhookNode,
	createWorkflow,
} from './workflows.mts';

const WAITING = 10;
const getNumber = (index: number) => `+9198765${String(index).padStart(5, '0')}`;

export function describeReplies(getQueueMode: () => QueueMode): void {
	describe('Flow replies', { timeout: TIMEOUT }, () => {
		let mockApi: KaleyraMock;
		let collector: Awaited<ReturnType<typeof startCollector>>;
		let repliesWorkflow: string;
		let askWorkflow: string;
		/** The IDs of the messages that started executions, in all tests. */
		const started: unknown[] = [];

		beforeAll(async () => {
			[mockApi, collector] = await Promise.all([KaleyraMock.start(), startCollector()]);
			const queueMode = getQueueMode();
			const credential = await queueMode.addCredential('kaleyraApi', mockApi.credential);
			const trigger = createNode('kaleyraFlowsReplyTrigger', [], { path: 'replies' });
			repliesWorkflow = await queueMode.publish(
				createWorkflow('replies', [trigger, createCollectorNode(collector.getUrl('replies'))]),
			);
			const send = createNode('kaleyraFlows', [credential], {
				resource: 'message',
				operation: 'sendAndWait',
				to: '={{ $json.body.to }}',
				flowId: { __rl: true, mode: 'id', value: '900000000000002' },
				bodyText: 'How was your order?',
				buttonText: 'Rate',
			});
			const start = createWebhookNode('ask');
			start.parameters['responseMode'] = 'onReceived';
			askWorkflow = await queueMode.publish(
				createWorkflow('ask', [start, send, createCollectorNode(collector.getUrl('ask'))]),
			);
			return async () => {
				collector.stop();
				await mockApi.stop();
			};
		});

		beforeEach(() => mockApi.reset());

		const listStatuses = async (workflowId: string) => {
			const executions = await getQueueMode().listExecutions(workflowId);
			return executions.map(({ status }) => status);
		};
		const collect = () => {
			started.push(...collector.take('replies').map((item) => item['message_id']));
			return started;
		};
		const waitForExecution = async (id: string) =>
			await vi.waitFor(() => expect(collect()).toContain(id), SOON);
		const getAccount = () => ({
			phoneNumber: mockApi.account.phoneNumber,
			wabaId: mockApi.credential.wabaId,
		});
		const reply = async (n8n: N8n, message: SentMessage) => {
			const body = createReply(getAccount(), message, { to: message.to });
			expect(await getQueueMode().post(n8n, 'replies', body)).toMatchObject({ status: 200 });
		};
		const receive = async (n8n: N8n, id: string) => {
			const body = createEnvelope([createMessage({ id })]);
			expect(await getQueueMode().post(n8n, 'replies', body)).toMatchObject({ status: 200 });
		};

		/** Receives another message, and waits until all executions have finished. */
		const receiveLast = async (id: string) => {
			await receive(getQueueMode().webhook, id);
			await waitForExecution(id);
			await vi.waitFor(async () => {
				const statuses = await listStatuses(repliesWorkflow);
				expect(statuses).toEqual(collect().map(() => 'success'));
			}, SOON);
		};

		test(`continue ${WAITING} waiting executions, each with its own reply, in any order`, async () => {
			const queueMode = getQueueMode();
			const numbers = Array.from({ length: WAITING }, (_, index) => getNumber(index));
			for (const [index, to] of numbers.entries()) {
				const response = await queueMode.post(queueMode.getReceiver(index), 'ask', { to });
				expect(response).toMatchObject({ status: 200 });
			}
			const waitForStatus = async (status: string) =>
				await vi.waitFor(async () => {
					expect(await listStatuses(askWorkflow)).toEqual(numbers.map(() => status));
				}, SOON);
			// A reply that arrives before its execution is stored can't resume it.
			await waitForStatus('waiting');
			expect(mockApi.messages).toHaveLength(WAITING);
			const shuffled = mockApi.messages.toSorted(() => Math.random() - 0.5);
			await Promise.all(
				shuffled.map(async (message, index) => await reply(queueMode.getReceiver(index), message)),
			);
			await waitForStatus('success');
			const pairs = collector
				.take('ask')
				.map(({ from, response }) => [from, (response as IDataObject)['to']]);
			expect(pairs.sort()).toEqual(numbers.map((number) => [number.slice(1), number]));
			expect(await listStatuses(repliesWorkflow)).toEqual([]);
		});

		test('start one execution if a message arrives again at another process', async () => {
			const { main, webhook } = getQueueMode();
			// Both processes know the workflow before the message arrives.
			await receive(main, 'first');
			await waitForExecution('first');
			await receive(webhook, 'second');
			await waitForExecution('second');
			await receive(main, 'second');
			await receive(webhook, 'first');
			await receiveLast('third');
			expect(started).toEqual(['first', 'second', 'third']);
		});

		test('start at most one execution per process if a message arrives at both in the same moment', async () => {
			const { main, webhook } = getQueueMode();
			await Promise.all([receive(main, 'both'), receive(webhook, 'both')]);
			await waitForExecution('both');
			await receive(main, 'both');
			await receive(webhook, 'both');
			await receiveLast('last');
			const ids = started.slice(started.indexOf('both')).sort();
			console.info(`Executions: ${ids.length - 1}`);
			expect([
				['both', 'last'],
				['both', 'both', 'last'],
			]).toContainEqual(ids);
		});
	});
}
