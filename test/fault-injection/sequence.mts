import fc from 'fast-check';
import { N8nTestHarness } from '../integration/n8nHarness.mts';
import { findFault } from '../mock-api/faults.mts';
import type { Provider, ProviderMock } from './provider.mts';
import { isDuplicate } from './provider.mts';
import { INDETERMINATE } from './runCase.mts';
import { runOperation } from './runOperation.mts';
import type { Totals } from './totals.mts';
import { NO_TOTALS } from './totals.mts';

/** One execution of a write, whose requests meet faults. */
export interface Sequence {
	provider: string;
	operation: string;
	validateBeforePublishing: boolean;
	/** Number of flows, each with its own item. */
	flows: number;
	/** The faults of the first requests, in order; null stands for no fault. */
	faults: (string | null)[];
}

export interface SequenceResult {
	totals: Totals;
	/** Descriptions of misreported and duplicated writes and of dropped items. */
	defects: string[];
}

/** Runs the sequences of one provider. */
export interface SequenceRunner {
	provider: string;
	sequences: fc.Arbitrary<Sequence>;
	/** @param slot number of the mock API to use; each can be used by one execution at a time */
	run: (sequence: Sequence, slot: number) => Promise<SequenceResult>;
	stop: () => Promise<void>;
}

/** @param slots number of mock APIs */
export async function createSequenceRunner<TMock extends ProviderMock>(
	provider: Provider<TMock>,
	slots: number,
): Promise<SequenceRunner> {
	const harness = await N8nTestHarness.load(provider.package);
	const mocks = await Promise.all(Array.from({ length: slots }, provider.start));
	const writes = Object.entries(provider.operations).flatMap(([name, { write }]) =>
		write ? [name] : [],
	);
	return {
		provider: provider.name,
		sequences: fc.record({
			provider: fc.constant(provider.name),
			operation: fc.constantFrom(...writes),
			validateBeforePublishing: fc.boolean(),
			flows: fc.integer({ min: 1, max: 3 }),
			faults: fc.array(fc.constantFrom(null, ...provider.faults), { maxLength: 6 }),
		}),
		run: async (sequence, slot) => {
			const mockApi = mocks[slot]!;
			return await runSequence(provider, harness.as(mockApi.credential), mockApi, sequence);
		},
		stop: async () => {
			await Promise.all(mocks.map(async (mockApi) => await mockApi.stop()));
		},
	};
}

async function runSequence<TMock extends ProviderMock>(
	provider: Provider<TMock>,
	harness: N8nTestHarness,
	mockApi: TMock,
	{ operation, validateBeforePublishing, flows, faults }: Sequence,
): Promise<SequenceResult> {
	mockApi.reset();
	const { write, maxItems = flows } = provider.operations[operation]!;
	const ids = provider.seedFlows(mockApi, operation, Math.min(flows, maxItems));
	const totals = { ...NO_TOTALS, sequences: 1 };
	const defects: string[] = [];
	const report = (kind: 'misreported' | 'duplicated' | 'dropped', text: string) => {
		totals[kind]++;
		defects.push(`${kind}: ${text}`);
	};
	const pending = [...faults];
	mockApi.settings.always = (request) => {
		if (request.method !== 'GET') totals.writes++;
		for (const id of ids) {
			if (isDuplicate(write, mockApi, request, id))
				report('duplicated', `${request.method} ${request.target}`);
		}
		const fault = pending.shift() ?? null;
		if (fault === null) return undefined;
		totals.faults++;
		return findFault(fault, mockApi.faults);
	};
	const { main } = await runOperation(provider, harness, {
		operation,
		ids,
		options: { validateBeforePublishing, maxRetries: 1, timeout: 1 },
	});
	for (const [index, id] of ids.entries()) {
		const item = main.find(
			({ pairedItem }) => typeof pairedItem === 'object' && isPairedWith(pairedItem, index),
		);
		if (!item) {
			report('dropped', `item ${index}`);
			continue;
		}
		const applied = write?.isApplied(mockApi, id) === true;
		const indeterminate = INDETERMINATE.test(JSON.stringify(item.json['details'] ?? ''));
		if ('error' in item.json ? applied && !indeterminate : !applied) {
			const flow = `flow ${id} is ${provider.describeFlow(mockApi, id)}`;
			report('misreported', `${flow}, output ${JSON.stringify(item.json)}`);
		}
	}
	for (const violation of mockApi.violations.splice(0)) defects.push(`mock API: ${violation}`);
	return { totals, defects };
}

const isPairedWith = (pairedItem: object, index: number) =>
	'item' in pairedItem && pairedItem.item === index;
