import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';
import config from '../../vitest.config.mts';

/** Runs unit tests first, because they don't load n8n-core. */
class UnitTestsFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]) {
		const isUnit = ({ moduleId }: TestSpecification) => moduleId.includes('/test/unit/');
		const sorted = await super.sort(files);
		return [...sorted.filter(isUnit), ...sorted.filter((file) => !isUnit(file))];
	}
}

export default defineConfig({
	...config,
	test: {
		...config.test,
		include: ['test/{unit,integration}/**/*.test.mts'],
		exclude: [
			...configDefaults.exclude,
			// Read the source, which Stryker changes.
			'test/unit/{architecture,documentationLinks,wording}.test.mts',
			// Run the package in other processes, which don't know the mutant.
			'test/integration/olderHosts.test.mts',
		],
		sequence: { sequencer: UnitTestsFirst },
	},
});
