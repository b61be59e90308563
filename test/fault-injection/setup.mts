import { afterAll, beforeAll, expect } from 'vitest';
import { N8nTestHarness } from '../integration/n8nHarness.mts';
import type { Provider, ProviderMock } from './provider.mts';

export interface Setup<TMock> {
	harness: N8nTestHarness;
	mocks: TMock[];
}

/** Registers the hooks that load the provider's package and start mock APIs for the tests of one file. */
export function setUp<TMock extends ProviderMock>(
	provider: Provider<TMock>,
	mockCount: number,
): () => Setup<TMock> {
	let setup: Setup<TMock> | undefined;
	beforeAll(async () => {
		const harness = await N8nTestHarness.load(provider.package);
		const mocks = await Promise.all(Array.from({ length: mockCount }, provider.start));
		setup = { harness, mocks };
	});
	afterAll(async () => {
		const { mocks } = setup!;
		await Promise.all(mocks.map((mockApi) => mockApi.stop()));
		const violations = mocks.flatMap((mockApi) => mockApi.violations);
		expect(violations, 'Responses that the OpenAPI description does not allow').toEqual([]);
	});
	return () => setup!;
}
