import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findFault } from '../mock-api/faults.mts';
import type { Provider, KaleyraMock } from './provider.mts';
import { INDETERMINATE, runInParallel, useMocks } from './runCases.mts';

interface Sequence {
	operation: string;
	validateBeforePublishing: boolean;
	flows: number;
	/** What a request meets, one after the other, whatever it asks; afterwards the weather is fine. */
	faults: (string | undefined)[];
}

const SIDE_BY_SIDE = 50;

/** Sequences of faults over a provider's writes: 50 side by side, so many times. */
export function testSequences<TMock extends KaleyraMock>(
	provider: Provider<TMock>,
	rounds: number,
): void {
	provider.setUp();
	const mocks = useMocks(provider, SIDE_BY_SIDE);
	const writes = Object.keys(provider.operations).filter(
		(name) => provider.operations[name]!.write,
	);
	const sequence = fc.record<Sequence>({
		operation: fc.constantFrom(...writes),
		validateBeforePublishing: fc.boolean(),
		flows: fc.integer({ min: 1, max: 3 }),
		faults: fc.array(fc.constantFrom(undefined, ...provider.faults), { maxLength: 6 }),
	});

	describe(`Whatever the weather at ${provider.name}`, { timeout: 600_000 }, () => {
		test('no write is told wrongly, doubled or lost', async () => {
			await fc.assert(
				fc.asyncProperty(
					fc.array(sequence, { minLength: SIDE_BY_SIDE, maxLength: SIDE_BY_SIDE }),
					async (sequences) => {
						const found = await runInParallel(sequences, mocks, async (each, mockApi) => {
							return await faultsIn(provider, each, mockApi);
						});
						expect(found.flat()).toEqual([]);
					},
				),
				{ numRuns: rounds, endOnFailure: true },
			);
		});
	});
}

/** Runs one sequence. @returns everything that was told wrongly, doubled or lost */
async function faultsIn<TMock extends KaleyraMock>(
	{ harness, operations, seedFlows, stateOf }: Provider<TMock>,
	{ operation, validateBeforePublishing, flows, faults }: Sequence,
	mockApi: TMock,
): Promise<string[]> {
	mockApi.reset();
	const ids = seedFlows(mockApi, operation, flows);
	const { parameters, write } = operations[operation]!;
	const found: string[] = [];
	const coming = [...faults];
	mockApi.settings.always = (request) => {
		if (ids.some((id) => write?.is?.(request, id) && write.done(mockApi, id)))
			found.push('duplicated');
		const fault = coming.shift();
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
		if (!reported) return found.push(`lost ${id}`);
		const done = write?.done(mockApi, id) === true;
		const doubt = INDETERMINATE.test(JSON.stringify(reported['details'] ?? ''));
		const wrong = 'error' in reported ? done && !doubt : !done;
		return (
			wrong &&
			found.push(`wrong: ${id} is ${stateOf(mockApi, id)}; told ${JSON.stringify(reported)}`)
		);
	});
	return found.map(
		(what) => `${what} in ${JSON.stringify({ operation, validateBeforePublishing, faults })}`,
	);
}
