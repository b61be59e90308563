import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { flow } from '../mock-api/accounts.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import type { QueueMode } from './QueueMode.mts';
import { TIMEOUT } from './timeouts.mts';
import { createFlowNode, createWebhookNode, createWorkflow } from './workflows.mts';

const FLOWS = 60;
const SIMULTANEOUS = 20;
const IDS = Array.from({ length: FLOWS }, (_, index) => String(100_000_000_000_000 + index));

export function describeWrites(getQueueMode: () => QueueMode): void {
	describe('Writes in parallel executions', { timeout: TIMEOUT }, () => {
		let mockApi: KaleyraMock;

		beforeAll(async () => {
			mockApi = await KaleyraMock.start();
			const queueMode = getQueueMode();
			const credential = await queueMode.addCredential('kaleyraApi', mockApi.credential);
			const updateFields = { name: '=Renamed {{ $json.body.flow }}' };
			const nodes = [
				createFlowNode(credential, 'publish'),
				createFlowNode(credential, 'updateMetadata', { updateFields }),
			];
			for (const node of nodes) {
				const operation = String(node.parameters['operation']);
				await queueMode.publish(createWorkflow(operation, [createWebhookNode(operation), node]));
			}
			return async () => await mockApi.stop();
		});

		beforeEach(() => {
			mockApi.reset();
			const [drafts] = mockApi.account.wabas.values();
			drafts!.push(...IDS.map((id) => flow(id)));
		});

		/** Starts an execution for each flow, half of them through each process. */
		const run = async (operation: string, ids: string[]) =>
			await Promise.all(
				ids.map(async (id, index) => {
					const queueMode = getQueueMode();
					return await queueMode.post(queueMode.getReceiver(index), operation, { flow: id });
				}),
			);
		const countWrites = (target: string) =>
			mockApi.requests.filter(
				(request) => request.method === 'POST' && request.target.includes(target),
			).length;
		const getFlow = (id: string) => mockApi.flows.find((each) => each.id === id);

		test(`publish ${FLOWS} flows, each once`, async () => {
			const results = await run('publish', IDS);
			expect(
				results.map(({ status, body }) => [status, body['id'], body['already_published']]),
			).toEqual(IDS.map((id) => [200, id, undefined]));
			expect(IDS.map((id) => countWrites(`/${id}/publish`))).toEqual(IDS.map(() => 1));
			expect(new Set(IDS.map((id) => getFlow(id)?.status))).toEqual(new Set(['PUBLISHED']));
		});

		test(`rename ${FLOWS} flows, each once`, async () => {
			const results = await run('updateMetadata', IDS);
			expect(results.map(({ status }) => status)).toEqual(IDS.map(() => 200));
			expect(IDS.map(countWrites)).toEqual(IDS.map(() => 1));
			expect(IDS.map((id) => getFlow(id)?.name)).toEqual(IDS.map((id) => `Renamed ${id}`));
		});

		test(`publish the same flow ${SIMULTANEOUS} times, and all succeed`, async () => {
			const [id = ''] = IDS;
			const results = await run(
				'publish',
				Array.from({ length: SIMULTANEOUS }, () => id),
			);
			expect(results.map(({ status, body }) => [status, body['status']])).toEqual(
				results.map(() => [200, 'PUBLISHED']),
			);
			const effective = results.filter(({ body }) => body['already_published'] !== true);
			expect(effective).toHaveLength(1);
		});
	});
}
