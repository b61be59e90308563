import { describe, expect, test } from 'vitest';
import type { Provider, KaleyraMock } from './provider.mts';
import type { Verdict } from './runCases.mts';
import { runCase, runInParallel, useMocks } from './runCases.mts';

/** Short where the fault is one of time, and ample elsewhere, so that a busy machine changes nothing. */
const getTimeout = (fault: string) => (/no response|byte every/.test(fault) ? 2 : 20);

/** Every fault of a provider's mock API with every operation, written down as a table. */
export function testMatrix<TMock extends KaleyraMock>(provider: Provider<TMock>): void {
	provider.setUp();
	const mocks = useMocks(provider, 12);
	const { operations, excluded } = provider;

	describe(`Every fault with every operation, at ${provider.name}`, { timeout: 400_000 }, () => {
		test('is told, and makes no wrong or doubled write, nor loses an item', async () => {
			const cells = Object.keys(mocks[0]!.faults)
				.flatMap((fault) => Object.keys(operations).map((operation) => ({ fault, operation })))
				.filter(
					({ fault, operation }) =>
						fault !== excluded?.fault || !excluded.operations.includes(operation),
				);
			const jobs = cells.flatMap((cell) => [{ ...cell, times: 1 }, cell]);
			const verdicts = await runInParallel(
				jobs,
				mocks,
				async ({ operation, fault, ...plan }, mockApi) => {
					const faultPlan = [{ operationId: operations[operation]!.operationId, fault, ...plan }];
					const options = { maxRetries: 1, timeout: getTimeout(fault) };
					return await runCase(provider, faultPlan, mockApi, operation, options);
				},
			);
			for (const operation of Object.keys(operations)) {
				// Nothing listens there, so that it cannot be over one request only.
				const credential = { ...mocks[0]!.credential, apiDomain: 'http://127.0.0.1:9' };
				const options = { maxRetries: 1 };
				const verdict = await runCase(provider, [], mocks[0]!, operation, options, credential);
				cells.push({ fault: 'connection refused', operation });
				verdicts.push(verdict, verdict);
			}
			const count = (what: 'wrong' | 'duplicated' | 'dropped') =>
				verdicts.filter((each) => each[what]).length;
			const rows = cells.map(({ fault, operation }, index) => {
				const [once, always] = verdicts.slice(2 * index, 2 * index + 2);
				return `| ${fault} | ${operation} | ${columns(once!)} | ${columns(always!)} |`;
			});
			const without = excluded
				? `\nLeft out is "${excluded.fault}" with ${excluded.operations.join(', ')}: ${excluded.why}.\n`
				: '';
			const report = `# Faults

Made by the tests: every fault of the mock API, over one request of the operation itself and over all of them, with
Max Retries 1. What the user is told or gets, how many requests were sent, and what became of the flow.

Writes told wrongly: ${count('wrong')}. Writes doubled: ${count('duplicated')}. Items lost without a word: ${count('dropped')}.
${without}
| fault | operation | once: told | requests | the flow | always: told | requests | the flow |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
			await expect(report).toMatchFileSnapshot(provider.report);
			expect([count('wrong'), count('duplicated'), count('dropped')]).toEqual([0, 0, 0]);
		});
	});
}

function columns({ reported, requests, state }: Verdict): string {
	return [reported.replaceAll('|', '\\|'), requests, state].join(' | ');
}
