import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

// The benchmarks run in Vitest, so that all modules load the same build of n8n-workflow, as in the tests.
const require = createRequire(import.meta.url);

export default defineConfig({
	resolve: { alias: { 'n8n-workflow': require.resolve('n8n-workflow') } },
	test: {
		include: ['bench/*.bench.mts'],
		fileParallelism: false,
		testTimeout: 1_200_000,
		hookTimeout: 120_000,
		// n8n-core prints the stack of every failed node to stdout; the results go to stderr.
		onConsoleLog: (_log, type) => type === 'stderr',
		disableConsoleIntercept: false,
	},
});
