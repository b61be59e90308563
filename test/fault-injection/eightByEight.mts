import { flow } from '../mock-api/eightByEight/accounts.mts';
import { EightByEightMock } from '../mock-api/eightByEight/EightByEightMock.mts';
import {
	byId,
	CHANNEL,
	DRAFT,
	harness,
	PUBLISHED,
	setUp,
} from '../integration/eightByEight/setup.mts';
import type { Provider } from './provider.mts';

const flowId = byId('={{ $json.id }}');
const on = { channelId: CHANNEL, flowId };
const name = '=New {{ $json.id }}';

const flowOf = (mockApi: EightByEightMock, id: string) =>
	mockApi.flows.find((each) => each.id === id);
const isRenamed = (mockApi: EightByEightMock, id: string) =>
	flowOf(mockApi, id)?.name === `New ${id}`;
const isCreated = (mockApi: EightByEightMock, id: string) =>
	mockApi.flows.some((each) => each.name === `New ${id}` && each.id !== id);

export const eightByEight: Provider<EightByEightMock> = {
	name: '8x8',
	setUp,
	harness: () => harness,
	start: async () => await EightByEightMock.start(),
	operations: {
		getMany: { operationId: 'getFlows', on: DRAFT, parameters: { channelId: CHANNEL } },
		get: { operationId: 'getFlow', on: DRAFT, parameters: on },
		preview: { operationId: 'getPreview', on: DRAFT, parameters: on },
		create: {
			operationId: 'createFlow',
			on: DRAFT,
			parameters: { channelId: CHANNEL, name, categories: ['OTHER'] },
			write: {
				done: isCreated,
				is: ({ method, target, body }, id) =>
					method === 'POST' && target.endsWith('/flows') && body.includes(`"New ${id}"`),
			},
		},
		update: {
			operationId: 'updateFlow',
			on: DRAFT,
			parameters: { ...on, updateFields: { name } },
			write: { done: isRenamed },
		},
		publish: {
			operationId: 'publishFlow',
			on: DRAFT,
			parameters: on,
			write: {
				done: (mockApi, id) => flowOf(mockApi, id)?.status === 'PUBLISHED',
				is: ({ method, target }, id) => method === 'POST' && target.endsWith(`/${id}/publish`),
			},
		},
		deprecate: {
			operationId: 'deprecateFlow',
			on: PUBLISHED,
			parameters: on,
			write: {
				done: (mockApi, id) => flowOf(mockApi, id)?.status === 'DEPRECATED',
				is: ({ method, target }, id) => method === 'POST' && target.endsWith(`/${id}/deprecate`),
			},
		},
		delete: {
			operationId: 'deleteFlow',
			on: DRAFT,
			parameters: on,
			write: {
				done: (mockApi, id) => flowOf(mockApi, id) === undefined,
				is: ({ method, target }, id) => method === 'DELETE' && target.endsWith(`/${id}`),
			},
		},
	},
	seedFlows: (mockApi, operation, count) => {
		const status = operation === 'deprecate' ? 'PUBLISHED' : 'DRAFT';
		const flows = Array.from({ length: count }, (_, index) =>
			flow(String(1_000 + index), { status }),
		);
		mockApi.account.channels.set(CHANNEL, flows);
		return flows.map(({ id }) => id);
	},
	stateOf: (mockApi, id) =>
		[
			isCreated(mockApi, id) && 'a new one beside it',
			isRenamed(mockApi, id) && 'renamed',
			flowOf(mockApi, id)?.status ?? 'deleted',
		]
			.filter(Boolean)
			.join(', '),
	report: '../../packages/n8n-nodes-8x8-flows/docs/fault-injection-results.md',
	excluded: {
		operations: ['publish', 'deprecate', 'delete'],
		fault: 'empty 200',
		why: 'an empty 200 is how 8x8 says that they are done, so it cannot be told from one that something else gives',
	},
	faults: [
		'connection reset before the response',
		'connection reset after the write was applied',
		'connection reset during the response body',
		'truncated JSON',
		'HTML with status 200',
		'HTML with status 200 after the write was applied',
		'empty 200 after the write was applied',
		'success: false with status 200',
		'1002 wrong form',
		'2000 internal error',
		'2000 after the write was applied',
		'502 from a gateway',
		'404 of a gateway',
		'no response after the write was applied',
	],
};
