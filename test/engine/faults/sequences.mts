import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weatherNamed } from '../../sandbox/weather.mts';
import type { Provider, Sandbox } from './provider.mts';
import { IN_DOUBT, sideBySide, useSandboxes } from './runIn.mts';

interface Sequence {
	operation: string;
	checkFirst: boolean;
	flows: number;
	/** What a request meets, one after the other, whatever it asks; afterwards the weather is fine. */
	faults: (string | undefined)[];
}

const SIDE_BY_SIDE = 50;

/** Sequences of faults over a provider's writes: 50 side by side, so many times. */
export function testSequences<Box extends Sandbox>(provider: Provider<Box>, rounds: number): void {
	provider.setUp();
	const sandboxes = useSandboxes(provider, SIDE_BY_SIDE);
	const writes = Object.keys(provider.operations).filter(
		(name) => provider.operations[name]!.write,
	);
	const sequence = fc.record<Sequence>({
		operation: fc.constantFrom(...writes),
		checkFirst: fc.boolean(),
		flows: fc.integer({ min: 1, max: 3 }),
		faults: fc.array(fc.constantFrom(undefined, ...provider.faults), { maxLength: 6 }),
	});

	describe(`Whatever the weather at ${provider.name}`, { timeout: 600_000 }, () => {
		test('no write is told wrongly, doubled or lost', async () => {
			await fc.assert(
				fc.asyncProperty(
					fc.array(sequence, { minLength: SIDE_BY_SIDE, maxLength: SIDE_BY_SIDE }),
					async (sequences) => {
						const found = await sideBySide(sequences, sandboxes, async (each, sandbox) => {
							return await faultsIn(provider, each, sandbox);
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
async function faultsIn<Box extends Sandbox>(
	{ engine, operations, stock, stateOf }: Provider<Box>,
	{ operation, checkFirst, flows, faults }: Sequence,
	sandbox: Box,
): Promise<string[]> {
	sandbox.reset();
	const ids = stock(sandbox, operation, flows);
	const { parameters, write } = operations[operation]!;
	const found: string[] = [];
	const coming = [...faults];
	sandbox.settings.always = (request) => {
		if (ids.some((id) => write?.is?.(request, id) && write.done(sandbox, id)))
			found.push('doubled');
		const weather = coming.shift();
		return weather === undefined ? undefined : weatherNamed(weather, sandbox.weather);
	};
	const { main } = await engine()
		.as(sandbox.credential)
		.run(
			{
				resource: 'flow',
				operation,
				...parameters,
				options: { checkFirst, maxRetries: 1, timeout: 1 },
			},
			{ items: ids.map((id) => ({ id })), onError: 'continueRegularOutput' },
		);
	ids.forEach((id, index) => {
		const told = main.find(
			({ pairedItem }) => (pairedItem as { item: number }).item === index,
		)?.json;
		if (!told) return found.push(`lost ${id}`);
		const done = write?.done(sandbox, id) === true;
		const doubt = IN_DOUBT.test(JSON.stringify(told['details'] ?? ''));
		const wrong = 'error' in told ? done && !doubt : !done;
		return (
			wrong && found.push(`wrong: ${id} is ${stateOf(sandbox, id)}; told ${JSON.stringify(told)}`)
		);
	});
	return found.map((what) => `${what} in ${JSON.stringify({ operation, checkFirst, faults })}`);
}
