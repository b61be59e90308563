import fc from 'fast-check';
import type { Sequence, SequenceRunner } from './sequence.mts';
import type { Totals } from './totals.mts';
import { addTotals, NO_TOTALS } from './totals.mts';

/** A failing sequence, as small as it could be made. */
export interface Failure {
	/** Runs this sequence as the first one. */
	seed: number;
	sequence: Sequence;
	defects: string[];
}

export interface SequenceOptions {
	runners: SequenceRunner[];
	/** Sequence i is generated from `seed` + i. */
	seed: number;
	count: number;
	/** Runs every `step`th sequence only, beginning with the one at index `first`. */
	first?: number;
	step?: number;
	/** Number of sequences to run at the same time. Most of the time they wait for a timeout or a delay. */
	slots: number;
	onProgress?: (totals: Totals) => void;
}

const MAX_SHRUNK_FAILURES = 3;
const SHRINK_TIME_LIMIT_MS = 60_000;

/** Runs random fault sequences of all providers. */
export async function runSequences({
	runners,
	seed,
	count,
	first = 0,
	step = 1,
	slots,
	onProgress,
}: SequenceOptions): Promise<{ totals: Totals; failures: Failure[] }> {
	let totals = NO_TOTALS;
	const failures: Failure[] = [];
	const sequences = fc.oneof(...runners.map((runner) => runner.sequences));
	let next = first;

	async function run(slot: number): Promise<void> {
		for (; next < count; ) {
			const caseSeed = seed + next;
			next += step;
			let caseTotals: Totals | undefined;
			let defects: string[] = [];
			const property = fc.asyncProperty(fc.noBias(sequences), async (sequence) => {
				const runner = runners.find(({ provider }) => provider === sequence.provider)!;
				const current = await runner.run(sequence, slot);
				caseTotals ??= current.totals;
				if (current.defects.length === 0) return true;
				({ defects } = current);
				return false;
			});
			const check = async (limits: fc.Parameters<[Sequence]>) =>
				await fc.check(property, { seed: scramble(caseSeed), numRuns: 1, ...limits });
			let { counterexample } = await check({ endOnFailure: true });
			if (counterexample && failures.length < MAX_SHRUNK_FAILURES) {
				const shrunk = await check({ interruptAfterTimeLimit: SHRINK_TIME_LIMIT_MS });
				counterexample = shrunk.counterexample ?? counterexample;
			}
			totals = addTotals([totals, caseTotals ?? NO_TOTALS]);
			if (counterexample) failures.push({ seed: caseSeed, sequence: counterexample[0], defects });
			onProgress?.(totals);
		}
	}

	await Promise.all(Array.from({ length: slots }, async (_, slot) => await run(slot)));
	return { totals, failures };
}

/** Spreads consecutive numbers over all 32-bit integers, because similar seeds give similar sequences. */
function scramble(seed: number): number {
	const mixed = Math.imul(seed ^ (seed >>> 16), 0x85eb_ca6b);
	return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35) | 0;
}
