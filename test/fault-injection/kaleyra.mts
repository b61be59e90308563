import { flow } from '../mock-api/accounts.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import { byId, DRAFT, harness, setUp, WABA } from '../integration/setup.mts';
import type { Provider } from './provider.mts';

const flowId = byId('={{ $json.id }}');
const flowOf = (mockApi: KaleyraMock, id: string) => mockApi.flows.find((each) => each.id === id);
const isRenamed = (mockApi: KaleyraMock, id: string) => flowOf(mockApi, id)?.name === `New ${id}`;

export const kaleyra: Provider<KaleyraMock> = {
	name: 'Kaleyra',
	setUp,
	harness: () => harness,
	start: async () => await KaleyraMock.start(),
	operations: {
		getMany: { operationId: 'getFlows', on: DRAFT, parameters: { returnAll: true } },
		get: { operationId: 'getFlowDetails', on: DRAFT, parameters: { flowId } },
		publish: {
			operationId: 'publishFlow',
			on: DRAFT,
			parameters: { flowId },
			write: {
				done: (mockApi, id) => flowOf(mockApi, id)?.status === 'PUBLISHED',
				is: ({ method, target }, id) => method === 'POST' && target.endsWith(`/${id}/publish`),
			},
		},
		updateMetadata: {
			operationId: 'updateFlowMetadata',
			on: DRAFT,
			parameters: { flowId, updateFields: { name: '=New {{ $json.id }}' } },
			write: { done: isRenamed },
		},
	},
	seedFlows: (mockApi, _operation, count) => {
		const drafts = Array.from({ length: count }, (_, index) => flow(String(1_000 + index)));
		mockApi.account.wabas.set(WABA, drafts);
		return drafts.map(({ id }) => id);
	},
	stateOf: (mockApi, id) =>
		`${isRenamed(mockApi, id) ? 'renamed, ' : ''}${flowOf(mockApi, id)?.status}`,
	report: '../../docs/fault-injection-results.md',
	faults: [
		'connection reset before the response',
		'connection reset after the write was applied',
		'connection reset during the response body',
		'truncated JSON',
		'HTML with status 200',
		'HTML with status 200 after the write was applied',
		'empty 200 after the write was applied',
		'success: false with status 200',
		'WA-400 incorrect payload',
		'WA-500 internal error',
		'WA-500 after the write was applied',
		'502 from a gateway',
		'Meta 139002',
		'no response after the write was applied',
	],
};
