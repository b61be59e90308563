import type { INodeParameters } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startCollector } from '../e2e/messages/collector.mts';
import type { Status } from '../mock-api/accounts.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import type { QueueMode } from './QueueMode.mts';
import { SOON, TIMEOUT } from './timeouts.mts';
import { createCollectorNode, createNode, createWorkflow } from './workflows.mts';

const FLOW = '900000000000002';
/** n8n allows one poll per minute and poll time, and twelve poll times. */
const EVERY_5_SECONDS: INodeParameters = {
	item: Array.from({ length: 12 }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * 5} * * * * *`,
	})),
};
/** n8n's settings that keep schedules and the state of polls in the database. */
const DURABLE_POLLERS = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
};

export function describeTrigger(getQueueMode: () => QueueMode): void {
	describe('The polling trigger', { timeout: TIMEOUT }, () => {
		let mockApi: KaleyraMock;
		let collector: Awaited<ReturnType<typeof startCollector>>;
		const expected: string[] = [];
		const received: string[] = [];

		beforeAll(async () => {
			[mockApi, collector] = await Promise.all([KaleyraMock.start(), startCollector()]);
			const queueMode = getQueueMode();
			const credential = await queueMode.addCredential('kaleyraApi', mockApi.credential);
			const trigger = createNode('kaleyraFlowsTrigger', [credential], {
				pollTimes: EVERY_5_SECONDS,
				events: ['statusChanged'],
			});
			const nodes = [trigger, createCollectorNode(collector.getUrl('events'))];
			await queueMode.publish(createWorkflow('trigger', nodes));
			await waitForPolls(1);
		}, TIMEOUT);

		afterAll(async () => {
			collector.stop();
			await mockApi.stop();
		});

		const countPolls = () =>
			mockApi.requests.filter(({ target }) => target.endsWith('/flows')).length;
		const waitForPolls = async (count: number) => {
			const before = countPolls();
			await vi.waitFor(() => expect(countPolls() - before).toBeGreaterThanOrEqual(count), SOON);
		};
		const setStatus = (status: Status) => {
			const flow = mockApi.flows.find(({ id }) => id === FLOW)!;
			expected.push(`${flow.status} > ${status}`);
			flow.status = status;
		};
		const collect = () => {
			for (const { previous, flow } of collector.take('events') as never[]) {
				received.push(
					`${(previous as { status: string }).status} > ${(flow as { status: string }).status}`,
				);
			}
			return received;
		};
		const waitForEvents = async () =>
			await vi.waitFor(() => expect(collect()).toEqual(expected), SOON);

		/** Changes the status before and after kill -9 of the main process. */
		async function changeAroundKill(): Promise<void> {
			const { main } = getQueueMode();
			setStatus('THROTTLED');
			await waitForEvents();
			await main.kill();
			setStatus('BLOCKED');
			await main.start();
			await waitForEvents();
			// Enough for an event that is emitted twice.
			await waitForPolls(2);
			expect(collect()).toEqual(expected);
		}

		test('emits each change once over kill -9 of the main process', async () => {
			await changeAroundKill();
		});

		test('emits each change once with durable pollers, and keeps the state of the polls before', async () => {
			const { main } = getQueueMode();
			await main.stop();
			Object.assign(main.environment, DURABLE_POLLERS);
			setStatus('PUBLISHED');
			await main.start();
			await waitForEvents();
			await changeAroundKill();
		});
	});
}
