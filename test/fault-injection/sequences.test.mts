import { afterAll, beforeAll, expect, test } from 'vitest';
import { eightByEight } from './eightByEight.mts';
import { kaleyra } from './kaleyra.mts';
import { runSequences } from './runSequences.mts';
import type { SequenceRunner } from './sequence.mts';
import { createSequenceRunner } from './sequence.mts';

// A sample; `npm run test:soak` runs many more.
const SEED = 1;
const COUNT = 1_000;
const SLOTS = 100;

let runners: SequenceRunner[] = [];
beforeAll(async () => {
	runners = await Promise.all([
		createSequenceRunner(kaleyra, SLOTS),
		createSequenceRunner(eightByEight, SLOTS),
	]);
});
afterAll(async () => {
	await Promise.all(runners.map(async (runner) => await runner.stop()));
});

test(
	`${COUNT} random fault sequences cause no misreported or duplicated write and no dropped item`,
	{ timeout: 400_000 },
	async () => {
		const { totals, failures } = await runSequences({
			runners,
			seed: SEED,
			count: COUNT,
			slots: SLOTS,
		});
		expect(failures).toEqual([]);
		expect(totals.faults).toBeGreaterThan(COUNT);
		expect(totals.writes).toBeGreaterThan(COUNT);
	},
);
