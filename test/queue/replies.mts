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

		beforeAll(async () => {
			[mockApi, collector] = await Promise.all([KaleyraMock.start(), startCollector()]);
			const queueMode = getQueueMode();
			const credential = await queueMode.addCredential('kaleyraApi', mockApi.credential);
			const trigger = createNode('kaleyraFlowsReplyTrigger', [], { path: 'replies' });
			await queueMode.publish(
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
			await queueMode.publish(
				createWorkflow('ask', [start, send, createCollectorNode(collector.getUrl('ask'))]),
			);
			return async () => {
				collector.stop();
				await mockApi.stop();
			};
		});

		beforeEach(() => {
			collector.take('replies');
			collector.take('ask');
			mockApi.reset();
		});

		const waitForItems = async (path: string, count: number): Promise<IDataObject[]> => {
			await vi.waitFor(() => expect(collector.count(path)).toBeGreaterThanOrEqual(count), SOON);
			return collector.take(path);
		};
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

		/** Receives another message. @returns the IDs of the messages that started executions until then */
		const receiveLast = async (id: string) => {
			await receive(getQueueMode().webhook, id);
			const ids: unknown[] = [];
			await vi.waitFor(() => {
				ids.push(...collector.take('replies').map((item) => item['message_id']));
				expect(ids).toContain(id);
			}, SOON);
			return ids;
		};

		test(`continue ${WAITING} waiting executions, each with its own reply, in any order`, async () => {
			const queueMode = getQueueMode();
			const numbers = Array.from({ length: WAITING }, (_, index) => getNumber(index));
			for (const [index, to] of numbers.entries()) {
				const response = await queueMode.post(queueMode.getReceiver(index), 'ask', { to });
				expect(response).toMatchObject({ status: 200 });
			}
			await vi.waitFor(() => expect(mockApi.messages).toHaveLength(WAITING), SOON);
			const shuffled = mockApi.messages.toSorted(() => Math.random() - 0.5);
			await Promise.all(
				shuffled.map(async (message, index) => await reply(queueMode.getReceiver(index), message)),
			);
			const items = await waitForItems('ask', WAITING);
			const pairs = items.map(({ from, response }) => [from, (response as IDataObject)['to']]);
			expect(pairs.sort()).toEqual(numbers.map((number) => [number.slice(1), number]));
			expect(collector.take('replies')).toEqual([]);
		});

		test('start one execution if a message arrives again at another process', async () => {
			const { main, webhook } = getQueueMode();
			// Both processes know the workflow before the message arrives.
			await receive(main, 'first');
			await waitForItems('replies', 1);
			await receive(webhook, 'second');
			await waitForItems('replies', 1);
			await receive(main, 'second');
			await receive(webhook, 'first');
			expect(await receiveLast('third')).toEqual(['third']);
		});

		test('start at most one execution per process if a message arrives at both in the same moment', async () => {
			const { main, webhook } = getQueueMode();
			await Promise.all([receive(main, 'both'), receive(webhook, 'both')]);
			const [first] = await waitForItems('replies', 1);
			await receive(main, 'both');
			await receive(webhook, 'both');
			const ids = [first?.['message_id'], ...(await receiveLast('last'))];
			console.info(`Executions: ${ids.length - 1}`);
			expect([
				['both', 'last'],
				['both', 'both', 'last'],
			]).toContainEqual(ids);
		});
	});
}
