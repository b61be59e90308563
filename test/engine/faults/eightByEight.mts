import { flow } from '../../sandbox/eightByEight/accounts.mts';
import { EightByEightSandbox } from '../../sandbox/eightByEight/sandbox.mts';
import { byId, CHANNEL, DRAFT, engine, PUBLISHED, setUp } from '../eightByEight/setup.mts';
import type { Provider } from './provider.mts';

const flowId = byId('={{ $json.id }}');
const on = { channelId: CHANNEL, flowId };
const name = '=New {{ $json.id }}';

const flowOf = (sandbox: EightByEightSandbox, id: string) =>
	sandbox.flows.find((each) => each.id === id);
const isRenamed = (sandbox: EightByEightSandbox, id: string) =>
	flowOf(sandbox, id)?.name === `New ${id}`;
const isCreated = (sandbox: EightByEightSandbox, id: string) =>
	sandbox.flows.some((each) => each.name === `New ${id}` && each.id !== id);

export const eightByEight: Provider<EightByEightSandbox> = {
	name: '8x8',
	setUp,
	engine: () => engine,
	start: async () => await EightByEightSandbox.start(),
	operations: {
		getMany: { route: 'getFlows', on: DRAFT, parameters: { channelId: CHANNEL } },
		get: { route: 'getFlow', on: DRAFT, parameters: on },
		preview: { route: 'getPreview', on: DRAFT, parameters: on },
		create: {
			route: 'createFlow',
			on: DRAFT,
			parameters: { channelId: CHANNEL, name, categories: ['OTHER'] },
			write: {
				done: isCreated,
				is: ({ method, target, body }, id) =>
					method === 'POST' && target.endsWith('/flows') && body.includes(`"New ${id}"`),
			},
		},
		update: {
			route: 'updateFlow',
			on: DRAFT,
			parameters: { ...on, updateFields: { name } },
			write: { done: isRenamed },
		},
		publish: {
			route: 'publishFlow',
			on: DRAFT,
			parameters: on,
			write: {
				done: (sandbox, id) => flowOf(sandbox, id)?.status === 'PUBLISHED',
				is: ({ method, target }, id) => method === 'POST' && target.endsWith(`/${id}/publish`),
			},
		},
		deprecate: {
			route: 'deprecateFlow',
			on: PUBLISHED,
			parameters: on,
			write: {
				done: (sandbox, id) => flowOf(sandbox, id)?.status === 'DEPRECATED',
				is: ({ method, target }, id) => method === 'POST' && target.endsWith(`/${id}/deprecate`),
			},
		},
		delete: {
			route: 'deleteFlow',
			on: DRAFT,
			parameters: on,
			write: {
				done: (sandbox, id) => flowOf(sandbox, id) === undefined,
				is: ({ method, target }, id) => method === 'DELETE' && target.endsWith(`/${id}`),
			},
		},
	},
	stock: (sandbox, operation, count) => {
		const status = operation === 'deprecate' ? 'PUBLISHED' : 'DRAFT';
		const flows = Array.from({ length: count }, (_, index) =>
			flow(String(1_000 + index), { status }),
		);
		sandbox.account.channels.set(CHANNEL, flows);
		return flows.map(({ id }) => id);
	},
	stateOf: (sandbox, id) =>
		[
			isCreated(sandbox, id) && 'a new one beside it',
			isRenamed(sandbox, id) && 'renamed',
			flowOf(sandbox, id)?.status ?? 'deleted',
		]
			.filter(Boolean)
			.join(', '),
	report: '../../../packages/n8n-nodes-8x8-flows/docs/faults.md',
	leftOut: {
		operations: ['publish', 'deprecate', 'delete'],
		weather: 'empty 200',
		why: 'an empty 200 is how 8x8 says that they are done, so it cannot be told from one that something else gives',
	},
	faults: [
		'reset before the headers',
		'reset after it took effect',
		'reset in mid-body',
		'truncated JSON',
		'HTML with 200',
		'HTML with 200 after it took effect',
		'empty 200 after it took effect',
		'success false with 200',
		'1002 wrong form',
		'2000 internal fault',
		'2000 after it took effect',
		'502 of a gateway',
		'404 of a gateway',
		'no answer after it took effect',
	],
};
