import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flow } from '../../sandbox/accounts.mts';
import { KALEYRA_WEATHER } from '../../sandbox/refusals.mts';
import { weatherNamed } from '../../sandbox/weather.mts';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import { sideBySide, useSandboxes } from './runIn.mts';
import { byId, engine, setUp, WABA } from '../setup.mts';

setUp();

/** What a request may meet, one after the other, whatever it asks; afterwards the weather is fine. */
const FAULTS = [
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
];

interface Sequence {
	operation: 'publish' | 'updateMetadata';
	checkFirst: boolean;
	flows: number;
	faults: (string | undefined)[];
}

const sequence = fc.record<Sequence>({
	operation: fc.constantFrom('publish', 'updateMetadata'),
	checkFirst: fc.boolean(),
	flows: fc.integer({ min: 1, max: 3 }),
	faults: fc.array(fc.constantFrom(undefined, ...FAULTS), { maxLength: 6 }),
});

/** How many sequences run side by side, and how often: 2,000 in all. */
const SIDE_BY_SIDE = 50;
const ROUNDS = 40;

const sandboxes = useSandboxes(SIDE_BY_SIDE);

describe('Whatever the weather', { timeout: 600_000 }, () => {
	test('no write is told wrongly, doubled or lost', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(sequence, { minLength: SIDE_BY_SIDE, maxLength: SIDE_BY_SIDE }),
				async (sequences) => {
					const found = await sideBySide(sequences, sandboxes, faultsIn);
					expect(found.flat()).toEqual([]);
				},
			),
			{ numRuns: ROUNDS, endOnFailure: true },
		);
	});
});

/** Runs one sequence. @returns everything that was told wrongly, doubled or lost */
async function faultsIn(
	{ operation, checkFirst, flows, faults }: Sequence,
	sandbox: Sandbox,
): Promise<string[]> {
	sandbox.reset();
	const drafts = Array.from({ length: flows }, (_, index) => flow(String(1_000 + index)));
	sandbox.account.wabas.set(WABA, drafts);
	const found: string[] = [];
	const coming = [...faults];
	sandbox.settings.always = ({ method, target }) => {
		const published = drafts.some(
			({ id, status }) => target.endsWith(`/${id}/publish`) && status === 'PUBLISHED',
		);
		if (method === 'POST' && published) found.push('doubled');
		const weather = coming.shift();
		return weather === undefined ? undefined : weatherNamed(weather, KALEYRA_WEATHER);
	};
	const { main } = await engine.as(sandbox.credential).run(
		{
			resource: 'flow',
			operation,
			flowId: byId('={{ $json.id }}'),
			updateFields: { name: '=New {{ $json.id }}' },
			options: { checkFirst, maxRetries: 1, timeout: 1 },
		},
		{ items: drafts.map(({ id }) => ({ id })), onError: 'continueRegularOutput' },
	);
	drafts.forEach(({ id, name, status }, index) => {
		const told = main.find(
			({ pairedItem }) => (pairedItem as { item: number }).item === index,
		)?.json;
		if (!told) return found.push(`lost ${id}`);
		const done = operation === 'publish' ? status === 'PUBLISHED' : name === `New ${id}`;
		const doubt = /not known|most likely|may have been made/.test(
			JSON.stringify(told['details'] ?? ''),
		);
		const wrong = 'error' in told ? done && !doubt : !done;
		return wrong && found.push(`wrong: ${id} is ${name}, ${status}; told ${JSON.stringify(told)}`);
	});
	return found.map((what) => `${what} in ${JSON.stringify({ operation, checkFirst, faults })}`);
}
