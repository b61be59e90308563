import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vitest.config.mts';
import { findEngine } from './engine.mts';

/** The integration tests in the engine that N8N_ENGINE names. */
const config = mergeConfig(
	base,
	defineConfig({
		root: fileURLToPath(new URL('../..', import.meta.url)),
		resolve: { alias: findEngine(process.env['N8N_ENGINE'] ?? 'n8n-core') },
		test: { execArgv: ['--import', new URL('useEngine.mts', import.meta.url).href] },
	}),
);
// Merging would add to the list.
config.test.include = ['test/integration/**/*.test.mts'];
// It starts engines of its own.
config.test.exclude = ['test/integration/olderHosts.test.mts'];

export default config;
