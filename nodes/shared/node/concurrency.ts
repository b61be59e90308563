import { sleep } from 'n8n-workflow';

/**
 * Does the work for 0 to `count` - 1, in this order and a few at the same time. Where one fails, no further
 * one is begun, and the first error is thrown once those under way have ended.
 */
export async function runConcurrently(
	count: number,
	atOnce: number,
	work: (index: number) => Promise<void>,
): Promise<void> {
	const failures: unknown[] = [];
	let next = 0;
	// One begins in each turn of the event loop. Those whose answers came together would otherwise all be
	// prepared before the first of their requests left, and so stay together to the end.
	let turn = Promise.resolve();
	const worker = async () => {
		for (;;) {
			const mine = turn;
			turn = mine.then(async () => await sleep(0));
			await mine;
			if (next >= count || failures.length > 0) return;
			await work(next++).catch((thrown: unknown) => failures.push(thrown));
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
	if (failures.length > 0) throw failures[0];
}
