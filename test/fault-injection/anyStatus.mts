import { describe, expect, test } from 'vitest';
import type { Provider, KaleyraMock } from './provider.mts';
import { runInParallel, useMocks } from './runCases.mts';

const STATUSES = Array.from({ length: 300 }, (_, index) => 300 + index);

const BLIND = { maxRetries: 0, validateBeforePublishing: false };

/** Every status from 300 to 599 as the answer to a publish. */
export function testAnyStatus<TMock extends KaleyraMock>(
	provider: Provider<TMock>,
	bodies: [string, unknown][],
): void {
	provider.setUp();
	const mocks = useMocks(provider, 10);
	const { parameters, on: id, write } = provider.operations['publish']!;

	describe(`Every status from 300 to 599 of ${provider.name}`, { timeout: 120_000 }, () => {
		test.each(bodies)(
			'with %s is a refusal that says what to do, and no success',
			async (_, body) => {
				const reported = await runInParallel(STATUSES, mocks, async (status, mockApi) => {
					mockApi.reset({
						always: ({ method }) => (method === 'POST' ? { status, body } : undefined),
					});
					const { main } = await provider
						.harness()
						.as(mockApi.credential)
						.run(
							{ resource: 'flow', operation: 'publish', ...parameters, options: BLIND },
							{ items: [{ id }], onError: 'continueRegularOutput' },
						);
					const { error, details } = main[0]!.json as {
						error: string;
						details: { description: string };
					};
					const sent = mockApi.requests.filter(({ method }) => method === 'POST').length;
					const published = write?.done(mockApi, id);
					const said = error.length > 5 && details.description.includes(`HTTP ${status}`);
					return said && !published && sent === 1
						? []
						: [{ status, error, details, published, sent }];
				});
				expect(reported.flat()).toEqual([]);
			},
		);
	});
}
