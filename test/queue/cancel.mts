import type { IDataObject } from 'n8n-workflow';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { flow } from '../mock-api/accounts.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import type { QueueMode } from './QueueMode.mts';
import { SOON, TIMEOUT } from './timeouts.mts';
import { createFlowNode, createWebhookNode, createWorkflow } from './workflows.mts';

/** Longer than the node's delay before it reads the flow's status or publishes again. */
const NEXT_REQUEST_MS = 4_000;
/** What the node sends if nothing stops it: it publishes again, because the status is still DRAFT. */
const UNSTOPPED = ['publish', 'get', 'publish'];

interface Scenario {
	/** Also the path of the webhook and the ID of the flow. */
	id: string;
	queuedBy: 'main' | 'webhook';
	options?: IDataObject;
	settings?: IDataObject;
}

const STOPPED: Scenario = { id: '1001', queuedBy: 'main' };
const NOT_STOPPED: Scenario = { id: '1002', queuedBy: 'webhook' };
const WITHOUT_RETRIES: Scenario = { id: '1003', queuedBy: 'webhook', options: { maxRetries: 0 } };
const TIME_LIMIT: Scenario = {
	id: '1004',
	queuedBy: 'webhook',
	settings: { executionTimeout: 10 },
};

export function describeCancel(getQueueMode: () => QueueMode): void {
	describe('An execution that is canceled while the node publishes', { timeout: TIMEOUT }, () => {
		let mockApi: KaleyraMock;
		/** Resets the connections of the first Publish of each flow. */
		const resets = new Map<string, () => void>();
		const statuses = new Map<string, string>();

		/** The requests for a flow, beginning with the first Publish. */
		const listRequests = (id: string) => {
			const requests = mockApi.requests
				.filter(({ target }) => target.includes(`/${id}`))
				.map(({ target }) => (target.endsWith('/publish') ? 'publish' : 'get'));
			return requests.slice(requests.indexOf('publish'));
		};

		async function run({ id, queuedBy, options = {}, settings = {} }: Scenario): Promise<void> {
			const queueMode = getQueueMode();
			const credential = await queueMode.addCredential('kaleyraApi', mockApi.credential);
			const nodes = [createWebhookNode(id), createFlowNode(credential, 'publish', { options })];
			const workflowId = await queueMode.publish(createWorkflow(id, nodes, settings));
			const getStatus = async () => {
				const [execution] = await queueMode.listExecutions(workflowId);
				if (execution) statuses.set(id, execution.status);
				return { id: '', ...execution };
			};
			// On a slow machine, the time limit may end before the node publishes.
			while (!resets.has(id)) {
				// n8n doesn't respond to the webhook of every canceled execution.
				queueMode.post(queueMode[queuedBy], id, { flow: id }).catch(() => undefined);
				await vi.waitFor(async () => {
					expect(resets.has(id) || (await getStatus()).status === 'canceled').toBe(true);
				}, SOON);
			}
			if (!('executionTimeout' in settings)) {
				const { id: executionId } = await getStatus();
				await queueMode.main.rest('POST', `/executions/${executionId}/stop`);
			}
			await vi.waitFor(async () => expect((await getStatus()).status).toBe('canceled'), SOON);
			resets.get(id)!();
		}

		beforeAll(async () => {
			mockApi = await KaleyraMock.start();
			const scenarios = [STOPPED, NOT_STOPPED, WITHOUT_RETRIES, TIME_LIMIT];
			const [flows] = mockApi.account.wabas.values();
			flows!.push(...scenarios.map(({ id }) => flow(id)));
			mockApi.settings.always = async ({ target }) => {
				const id = /\/(\d+)\/publish$/.exec(target)?.[1];
				if (id === undefined || resets.has(id)) return undefined;
				await new Promise<void>((resolve) => resets.set(id, resolve));
				return { fault: 'reset' };
			};
			await Promise.all(scenarios.map(run));
			await vi.waitFor(() => {
				expect(listRequests(NOT_STOPPED.id)).toEqual(UNSTOPPED);
				expect(listRequests(WITHOUT_RETRIES.id)).toHaveLength(2);
			}, SOON);
			await new Promise((resolve) => setTimeout(resolve, NEXT_REQUEST_MS));
			return async () => await mockApi.stop();
		}, TIMEOUT);

		test('sends no further request after its time limit', () => {
			expect(listRequests(TIME_LIMIT.id)).toEqual(['publish']);
			expect(statuses.get(TIME_LIMIT.id)).toBe('canceled');
		});

		test('sends no further request after Stop if the main process queued it', () => {
			expect(listRequests(STOPPED.id)).toEqual(['publish']);
			expect(statuses.get(STOPPED.id)).toBe('canceled');
		});

		test('goes on after Stop if the webhook processor queued it, because n8n does not notify the worker', () => {
			expect(listRequests(NOT_STOPPED.id)).toEqual(UNSTOPPED);
		});

		test('never publishes again after Stop if Max Retries is 0', () => {
			expect(listRequests(WITHOUT_RETRIES.id)).toEqual(['publish', 'get']);
		});
	});
}
