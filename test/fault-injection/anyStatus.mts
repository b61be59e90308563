import { describe, expect, test } from 'vitest';
import type { Provider, ProviderMock } from './provider.mts';
import { runInParallel, useMocks } from './runCases.mts';

const STATUSES = Array.from({ length: 300 }, (_, index) => 300 + index);

const OPTIONS = { maxRetries: 0, validateBeforePublishing: false };

/** Publishes a flow and responds with every status from 300 to 599. */
export function testAnyStatus<TMock extends ProviderMock>(
	provider: Provider<TMock>,
	bodies: [string, unknown][],
): void {
	provider.setUp();
	const mocks = useMocks(provider, 10);
	const { parameters, flowId: id, write } = provider.operations['publish']!;

	describe(`Publish at ${provider.name}`, { timeout: 120_000 }, () => {
		test.each(bodies)(
			'every status from 300 to 599 with %s becomes an error that names the status',
			async (_body, body) => {
				const failures = await runInParallel(STATUSES, mocks, async (status, mockApi) => {
					mockApi.reset({
						always: ({ method }) => (method === 'POST' ? { status, body } : undefined),
					});
					const { main } = await provider
						.harness()
						.as(mockApi.credential)
						.run(
							{ resource: 'flow', operation: 'publish', ...parameters, options: OPTIONS },
							{ items: [{ id }], onError: 'continueRegularOutput' },
						);
					const { error, details } = main[0]!.json as {
						error: string;
						details: { description: string };
					};
					const sent = mockApi.requests.filter(({ method }) => method === 'POST').length;
					const published = write?.isApplied(mockApi, id);
					const namesStatus = error.length > 5 && details.description.includes(`HTTP ${status}`);
					return namesStatus && !published && sent === 1
						? []
						: [{ status, error, details, published, sent }];
				});
				expect(failures.flat()).toEqual([]);
			},
		);
	});
}
