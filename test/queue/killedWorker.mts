import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import type { QueueMode } from './QueueMode.mts';
import { SOON, TIMEOUT } from './timeouts.mts';
import { createFlowNode, createWebhookNode, createWorkflow } from './workflows.mts';

const PATH = 'killed-worker';
const DRAFT = '900000000000001';

/** The last test must run after all others, because n8n needs time to notice that a worker is dead. */
export function describeKilledWorker(getQueueMode: () => QueueMode) {
	let mockApi: KaleyraMock;
	let workflowId: string;
	let firstResponse: Promise<{ status: number }>;
	const countPublishes = () =>
		mockApi.requests.filter(({ target }) => target.endsWith('/publish')).length;

	describe('A worker that is killed after a publish was applied', { timeout: TIMEOUT }, () => {
		beforeAll(async () => {
			mockApi = await KaleyraMock.start();
			const queueMode = getQueueMode();
			const credential = await queueMode.addCredential('kaleyraApi', mockApi.credential);
			const nodes = [createWebhookNode(PATH), createFlowNode(credential, 'publish')];
			workflowId = await queueMode.publish(createWorkflow(PATH, nodes));
		});

		test('leaves a flow that the next execution reports as already published', async () => {
			const queueMode = getQueueMode();
			const fault = 'no response after the write was applied';
			mockApi.addFaults(JSON.stringify({ operationId: 'publishFlow', fault, times: 1 }));
			firstResponse = queueMode.post(queueMode.webhook, PATH, { flow: DRAFT });
			await vi.waitFor(() => expect(countPublishes()).toBe(1), SOON);
			const [execution] = await queueMode.listExecutions(workflowId);
			await queueMode.findWorker(execution!.id)!.kill();
			const again = await queueMode.post(queueMode.webhook, PATH, { flow: DRAFT });
			expect(again).toMatchObject({ status: 200, body: { already_published: true } });
			expect(countPublishes()).toBe(1);
		});
	});

	return {
		describeStalledExecution: () => {
			describe('The execution of a killed worker', { timeout: TIMEOUT }, () => {
				afterAll(async () => await mockApi.stop());

				test('fails and does not run again', async () => {
					expect((await firstResponse).status).toBe(500);
					const executions = await getQueueMode().listExecutions(workflowId);
					expect(executions.map(({ status }) => status)).toEqual(['success', 'error']);
					expect(countPublishes()).toBe(1);
				});
			});
		},
	};
}
