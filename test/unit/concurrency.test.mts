import { setImmediate } from 'node:timers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runConcurrently } from '../../nodes/shared/node/concurrency.ts';

test('Many tasks that send no request let the event loop continue', async () => {
	// The time stands still, so each task counts as quick on a slow machine, too.
	vi.useFakeTimers({ toFake: ['Date'] });
	onTestFinished(() => void vi.useRealTimers());
	const started: number[] = [];
	let startedBefore = 0;
	setImmediate(() => (startedBefore = started.length));
	await runConcurrently(1_000, 1, async (index) => {
		started.push(index);
		return await Promise.resolve();
	});
	expect(started).toHaveLength(1_000);
	expect(startedBefore).toBeGreaterThan(0);
	expect(startedBefore).toBeLessThanOrEqual(100);
});
