import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
	// n8n-workflow has a CommonJS and an ES module build. n8n-core and the built nodes load the CommonJS build; the tests
	// must load the same one, or `instanceof NodeApiError` fails.
	resolve: { alias: { 'n8n-workflow': require.resolve('n8n-workflow') } },
	test: {
		include: ['test/**/*.test.mts'],
		// n8n-core prints the stack of every failed node.
		silent: 'passed-only',
		// All files of a worker share its modules: loading n8n-core takes longer than most files.
		isolate: false,
		// By default, one core is left idle.
		maxWorkers: '100%',
		testTimeout: 20_000,
		hookTimeout: 120_000,
	},
});
