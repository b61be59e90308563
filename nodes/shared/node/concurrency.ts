import { sleep } from 'n8n-workflow';

/** A task that ends sooner probably sent no request, so it didn't give the event loop a turn. */
const QUICK_TASK_MS = 5;
const MAX_QUICK_TASKS = 50;

/**
 * Runs a task for 0 to `count` - 1, in this order. After a failure no further task starts; the first error
 * is thrown when the running tasks have ended.
 *
 * @param concurrency how many tasks run at the same time
 */
export async function runConcurrently(
	count: number,
	concurrency: number,
	task: (index: number) => Promise<void>,
): Promise<void> {
	const failures: unknown[] = [];
	let next = 0;
	let quickTasks = 0;
	const worker = async () => {
		while (next < count && failures.length === 0) {
			const startedAt = Date.now();
			await task(next++).catch((thrown: unknown) => failures.push(thrown));
			quickTasks = Date.now() - startedAt < QUICK_TASK_MS ? quickTasks + 1 : 0;
			if (quickTasks < MAX_QUICK_TASKS) continue;
			// Keeps n8n responsive while thousands of items read one cached response.
			quickTasks = 0;
			await sleep(0);
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, count) }, worker));
	if (failures.length > 0) throw failures[0];
}
