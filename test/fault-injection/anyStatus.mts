import { describe, expect, test } from 'vitest';
import type { Provider, ProviderMock } from './provider.mts';
import { setUp } from './setup.mts';

const FIRST_STATUS = 300;
const STATUSES = Array.from({ length: 300 }, (_, index) => FIRST_STATUS + index);
/** A rate limit pauses the other items of the execution, so it gets an execution of its own. */
const RATE_LIMIT = 429;

const OPTIONS = {
	validateBeforePublishing: false,
	maxRetries: 0,
	rateLimitTimeout: 0,
	concurrency: 50,
};

/** Publishes a flow for every status from 300 to 599, which is the status of the response. */
export function testAnyStatus<TMock extends ProviderMock>(
	provider: Provider<TMock>,
	bodies: [string, unknown][],
): void {
	const getSetup = setUp(provider, 1);
	const { parameters, write } = provider.operations['publish']!;

	async function publish(statuses: number[], body: unknown): Promise<object[]> {
		const { harness, mocks } = getSetup();
		const [mockApi] = mocks as [TMock];
		mockApi.reset();
		const allIds = provider.seedFlows(mockApi, 'publish', STATUSES.length);
		const ids = statuses.map((status) => allIds[status - FIRST_STATUS]!);
		const statusById = new Map(ids.map((id, index) => [id, statuses[index]!]));
		const sent = new Map<string, number>();
		mockApi.settings.always = ({ method, target }) => {
			const id = /(\d+)\/publish$/.exec(target)?.[1] ?? '';
			const status = statusById.get(id);
			if (method !== 'POST' || status === undefined) return undefined;
			sent.set(id, (sent.get(id) ?? 0) + 1);
			return { status, body };
		};
		const { main } = await harness
			.as(mockApi.credential)
			.run(
				{ resource: 'flow', operation: 'publish', ...parameters, options: OPTIONS },
				{ items: ids.map((id) => ({ id })), onError: 'continueRegularOutput' },
			);
		return ids.flatMap((id, index) => {
			const status = statuses[index]!;
			const json = main[index]?.json ?? {};
			const { error, details } = json as { error?: string; details?: { description: string } };
			const namesStatus =
				(error?.length ?? 0) > 5 && details?.description.includes(`HTTP ${status}`);
			const published = write?.isApplied(mockApi, id);
			return namesStatus && !published && sent.get(id) === 1
				? []
				: [{ status, json, published, sent: sent.get(id) }];
		});
	}

	describe(`Publish at ${provider.name}`, { timeout: 120_000 }, () => {
		test.each(bodies)(
			'every status from 300 to 599 with %s becomes an error that names the status',
			async (_title, body) => {
				const others = STATUSES.filter((status) => status !== RATE_LIMIT);
				const failures = [...(await publish(others, body)), ...(await publish([RATE_LIMIT], body))];
				expect(failures).toEqual([]);
			},
		);
	});
}
