import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

// The benchmark runs under the tests' runner, so that all parts see one n8n-workflow, as in the tests.
const require = createRequire(import.meta.url);

export default defineConfig({
	resolve: { alias: { 'n8n-workflow': require.resolve('n8n-workflow') } },
	test: {
		include: ['bench/bench.mts'],
		testTimeout: 1_200_000,
		hookTimeout: 120_000,
		// n8n's engine prints every failed node with its stack; the figures go to stderr.
		onConsoleLog: (_log, type) => type === 'stderr',
		disableConsoleIntercept: false,
	},
});
