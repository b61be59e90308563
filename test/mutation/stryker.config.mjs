import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Texts for people. Changing one breaks nothing, and there are more of them than of all other strings. */
const ignoreTexts = {
	shouldIgnore: (path) =>
		path.isStringLiteral() && /\s/.test(path.node.value) ? 'A text for people' : undefined,
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'texts', ignoreTexts)];

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: ['nodes/**/*.ts'],
	plugins: ['@stryker-mutator/vitest-runner', import.meta.filename],
	ignorers: ['texts'],
	// What runs while a module loads, such as the tables of parameters, would need all tests for each mutant.
	ignoreStatic: true,
	testRunner: 'vitest',
	// The integration tests load the built package, which imports no test.
	vitest: { configFile: 'test/mutation/vitest.config.mts', related: false },
	// The sandbox is a copy of the project. Stryker can't copy the link to a folder.
	ignorePatterns: ['dist', '.git', 'packages/n8n-nodes-8x8-flows/nodes/shared', 'playground/.data'],
	disableTypeChecks: '{credentials,nodes,packages}/**/*.ts',
	buildCommand: 'node test/mutation/build.mjs',
	coverageAnalysis: 'perTest',
	incremental: true,
	incrementalFile: 'reports/mutation/incremental.json',
	reporters: ['clear-text', 'html', 'progress-append-only'],
	clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
	htmlReporter: { fileName: 'reports/mutation/index.html' },
	concurrency: 1,
	dryRunTimeoutMinutes: 30,
	timeoutMS: 30_000,
	thresholds: { high: 90, low: 80, break: 80 },
};
