import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findFault } from '../mock-api/faults.mts';
import type { Provider, ProviderMock } from './provider.mts';
import { INDETERMINATE, runInParallel, useMocks } from './runCases.mts';

interface Sequence {
	operation: string;
	validateBeforePublishing: boolean;
	flows: number;
	/** The faults of the first requests, in order; `undefined` stands for no fault. */
	faults: (string | undefined)[];
}

const BATCH = 50;

/** Runs random fault sequences over a provider's writes, in batches of 50 in parallel. */
export function testSequences<TMock extends ProviderMock>(
	provider: Provider<TMock>,
	batches: number,
): void {
	provider.setUp();
	const mocks = useMocks(provider, BATCH);
	const writes = Object.keys(provider.operations).filter(
		(name) => provider.operations[name]!.write,
	);
	const sequence = fc.record<Sequence>({
		operation: fc.constantFrom(...writes),
		validateBeforePublishing: fc.boolean(),
		flows: fc.integer({ min: 1, max: 3 }),
		faults: fc.array(fc.constantFrom(undefined, ...provider.faults), { maxLength: 6 }),
	});

	describe(`Random fault sequences at ${provider.name}`, { timeout: 600_000 }, () => {
		test('no write is misreported or duplicated, and no item dropped', async () => {
			await fc.assert(
				fc.asyncProperty(
					fc.array(sequence, { minLength: BATCH, maxLength: BATCH }),
					async (sequences) => {
						const failures = await runInParallel(sequences, mocks, async (each, mockApi) => {
							return await runSequence(provider, each, mockApi);
						});
						expect(failures.flat()).toEqual([]);
					},
				),
				{ numRuns: batches, endOnFailure: true },
			);
		});
	});
}

/** Runs one sequence. @returns every misreported or duplicated write and every dropped item */
async function runSequence<TMock extends ProviderMock>(
	{ harness, operations, seedFlows, describeFlow }: Provider<TMock>,
	{ operation, validateBeforePublishing, flows, faults }: Sequence,
	mockApi: TMock,
): Promise<string[]> {
	mockApi.reset();
	const ids = seedFlows(mockApi, operation, flows);
	const { parameters, write } = operations[operation]!;
	const failures: string[] = [];
	const pending = [...faults];
	mockApi.settings.always = (request) => {
		if (ids.some((id) => write?.matches?.(request, id) && write.isApplied(mockApi, id)))
			failures.push('duplicated');
		const fault = pending.shift();
		return fault === undefined ? undefined : findFault(fault, mockApi.faults);
	};
	const { main } = await harness()
		.as(mockApi.credential)
		.run(
			{
				resource: 'flow',
				operation,
				...parameters,
				options: { validateBeforePublishing, maxRetries: 1, timeout: 1 },
			},
			{ items: ids.map((id) => ({ id })), onError: 'continueRegularOutput' },
		);
	ids.forEach((id, index) => {
		const reported = main.find(
			({ pairedItem }) => (pairedItem as { item: number }).item === index,
		)?.json;
		if (!reported) return failures.push(`dropped ${id}`);
		const applied = write?.isApplied(mockApi, id) === true;
		const indeterminate = INDETERMINATE.test(JSON.stringify(reported['details'] ?? ''));
		const misreported = 'error' in reported ? applied && !indeterminate : !applied;
		return (
			misreported &&
			failures.push(
				`misreported ${id}, which is ${describeFlow(mockApi, id)}: ${JSON.stringify(reported)}`,
			)
		);
	});
	return failures.map(
		(what) => `${what} in ${JSON.stringify({ operation, validateBeforePublishing, faults })}`,
	);
}
