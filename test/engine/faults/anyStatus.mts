import { describe, expect, test } from 'vitest';
import type { Provider, Sandbox } from './provider.mts';
import { sideBySide, useSandboxes } from './runIn.mts';

const STATUSES = Array.from({ length: 300 }, (_, index) => 300 + index);

const BLIND = { maxRetries: 0, checkFirst: false };

/** Every status from 300 to 599 as the answer to a publish. */
export function testAnyStatus<Box extends Sandbox>(
	provider: Provider<Box>,
	bodies: [string, unknown][],
): void {
	provider.setUp();
	const sandboxes = useSandboxes(provider, 10);
	const { parameters, on: id, write } = provider.operations['publish']!;

	describe(`Every status from 300 to 599 of ${provider.name}`, { timeout: 120_000 }, () => {
		test.each(bodies)(
			'with %s is a refusal that says what to do, and no success',
			async (_, body) => {
				const told = await sideBySide(STATUSES, sandboxes, async (status, sandbox) => {
					sandbox.reset({
						always: ({ method }) => (method === 'POST' ? { status, body } : undefined),
					});
					const { main } = await provider
						.engine()
						.as(sandbox.credential)
						.run(
							{ resource: 'flow', operation: 'publish', ...parameters, options: BLIND },
							{ items: [{ id }], onError: 'continueRegularOutput' },
						);
					const { error, details } = main[0]!.json as {
						error: string;
						details: { description: string };
					};
					const sent = sandbox.requests.filter(({ method }) => method === 'POST').length;
					const published = write?.done(sandbox, id);
					const said = error.length > 5 && details.description.includes(`HTTP ${status}`);
					return said && !published && sent === 1
						? []
						: [{ status, error, details, published, sent }];
				});
				expect(told.flat()).toEqual([]);
			},
		);
	});
}
