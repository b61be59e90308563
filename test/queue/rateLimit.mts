import { beforeAll, describe, expect, test } from 'vitest';
import { flow } from '../mock-api/accounts.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import type { QueueMode } from './QueueMode.mts';
import { TIMEOUT } from './timeouts.mts';
import {
	createFlowNode,
	createSplitNode,
	createWebhookNode,
	createWorkflow,
} from './workflows.mts';

const PATH = 'rate-limit';
const EXECUTIONS = 6;
/** All items of an execution are read at once, which already exceeds the limit. */
const ITEMS = 10;
const LIMIT = { requests: 6, seconds: 1 };

export function describeRateLimit(getQueueMode: () => QueueMode): void {
	describe('A rate limit that parallel executions share', { timeout: TIMEOUT }, () => {
		let mockApi: KaleyraMock;

		beforeAll(async () => {
			mockApi = await KaleyraMock.start();
			const queueMode = getQueueMode();
			const credential = await queueMode.addCredential('kaleyraApi', mockApi.credential);
			const nodes = [createWebhookNode(PATH), createSplitNode(), createFlowNode(credential, 'get')];
			await queueMode.publish(createWorkflow(PATH, nodes));
			return async () => await mockApi.stop();
		});

		test(`delays ${EXECUTIONS} executions on two workers, and no item fails`, async () => {
			const ids = Array.from({ length: ITEMS }, (_, index) => String(1_000 + index));
			const [flows] = mockApi.account.wabas.values();
			flows!.push(...ids.map((id) => flow(id)));
			mockApi.settings.rateLimit = LIMIT;
			const queueMode = getQueueMode();
			const items = ids.map((id) => ({ flow: id }));
			const results = await Promise.all(
				Array.from(
					{ length: EXECUTIONS },
					async (_, index) => await queueMode.post(queueMode.getReceiver(index), PATH, { items }),
				),
			);
			expect(results.map(({ status }) => status)).toEqual(results.map(() => 200));
			expect(mockApi.requests.some(({ status }) => status === 429)).toBe(true);
		});
	});
}
