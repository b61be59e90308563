import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
	// n8n-workflow has two builds. n8n-core and the built node require() one of them; the tests must see the
	// same, or `instanceof NodeApiError` is false across the two.
	resolve: { alias: { 'n8n-workflow': require.resolve('n8n-workflow') } },
	test: {
		include: ['test/**/*.test.mts'],
		// n8n's engine prints every failed node with its stack.
		silent: 'passed-only',
		testTimeout: 20_000,
		hookTimeout: 120_000,
	},
});
