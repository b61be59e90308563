import { flow } from '../../sandbox/accounts.mts';
import { Sandbox } from '../../sandbox/sandbox.mts';
import { byId, DRAFT, engine, setUp, WABA } from '../setup.mts';
import type { Provider } from './provider.mts';

const flowId = byId('={{ $json.id }}');
const flowOf = (sandbox: Sandbox, id: string) => sandbox.flows.find((each) => each.id === id);
const isRenamed = (sandbox: Sandbox, id: string) => flowOf(sandbox, id)?.name === `New ${id}`;

export const kaleyra: Provider<Sandbox> = {
	name: 'Kaleyra',
	setUp,
	engine: () => engine,
	start: async () => await Sandbox.start(),
	operations: {
		getMany: { route: 'getFlows', on: DRAFT, parameters: { returnAll: true } },
		get: { route: 'getFlowDetails', on: DRAFT, parameters: { flowId } },
		publish: {
			route: 'publishFlow',
			on: DRAFT,
			parameters: { flowId },
			write: {
				done: (sandbox, id) => flowOf(sandbox, id)?.status === 'PUBLISHED',
				is: ({ method, target }, id) => method === 'POST' && target.endsWith(`/${id}/publish`),
			},
		},
		updateMetadata: {
			route: 'updateFlowMetadata',
			on: DRAFT,
			parameters: { flowId, updateFields: { name: '=New {{ $json.id }}' } },
			write: { done: isRenamed },
		},
	},
	stock: (sandbox, _operation, count) => {
		const drafts = Array.from({ length: count }, (_, index) => flow(String(1_000 + index)));
		sandbox.account.wabas.set(WABA, drafts);
		return drafts.map(({ id }) => id);
	},
	stateOf: (sandbox, id) =>
		`${isRenamed(sandbox, id) ? 'renamed, ' : ''}${flowOf(sandbox, id)?.status}`,
	report: '../../../docs/faults.md',
	faults: [
		'reset before the headers',
		'reset after it took effect',
		'reset in mid-body',
		'truncated JSON',
		'HTML with 200',
		'HTML with 200 after it took effect',
		'empty 200 after it took effect',
		'success false with 200',
		'WA-400 incorrect payload',
		'WA-500 internal fault',
		'WA-500 after it took effect',
		'502 of a gateway',
		'Meta 139002',
		'no answer after it took effect',
	],
};
