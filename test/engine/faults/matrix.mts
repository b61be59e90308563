import { describe, expect, test } from 'vitest';
import type { Provider, Sandbox } from './provider.mts';
import type { Verdict } from './runIn.mts';
import { runIn, sideBySide, useSandboxes } from './runIn.mts';

/** Short where the fault is one of time, and ample elsewhere, so that a busy machine changes nothing. */
const timeoutOf = (weather: string) => (/no answer|drip/.test(weather) ? 2 : 20);

/** Every fault of a provider's sandbox with every operation, written down as a table. */
export function testMatrix<Box extends Sandbox>(provider: Provider<Box>): void {
	provider.setUp();
	const sandboxes = useSandboxes(provider, 12);
	const { operations, leftOut } = provider;

	describe(`Every fault with every operation, at ${provider.name}`, { timeout: 400_000 }, () => {
		test('is told, and makes no wrong or doubled write, nor loses an item', async () => {
			const cells = Object.keys(sandboxes[0]!.weather)
				.flatMap((weather) => Object.keys(operations).map((operation) => ({ weather, operation })))
				.filter(
					({ weather, operation }) =>
						weather !== leftOut?.weather || !leftOut.operations.includes(operation),
				);
			const jobs = cells.flatMap((cell) => [{ ...cell, times: 1 }, cell]);
			const verdicts = await sideBySide(
				jobs,
				sandboxes,
				async ({ operation, ...weather }, sandbox) => {
					const forecast = [{ route: operations[operation]!.route, ...weather }];
					const options = { maxRetries: 1, timeout: timeoutOf(weather.weather) };
					return await runIn(provider, forecast, sandbox, operation, options);
				},
			);
			for (const operation of Object.keys(operations)) {
				// Nothing listens there, so that it cannot be over one request only.
				const credential = { ...sandboxes[0]!.credential, apiDomain: 'http://127.0.0.1:9' };
				const options = { maxRetries: 1 };
				const verdict = await runIn(provider, [], sandboxes[0]!, operation, options, credential);
				cells.push({ weather: 'refused connection', operation });
				verdicts.push(verdict, verdict);
			}
			const count = (what: 'wrong' | 'doubled' | 'lost') =>
				verdicts.filter((each) => each[what]).length;
			const rows = cells.map(({ weather, operation }, index) => {
				const [once, always] = verdicts.slice(2 * index, 2 * index + 2);
				return `| ${weather} | ${operation} | ${columns(once!)} | ${columns(always!)} |`;
			});
			const without = leftOut
				? `\nLeft out is "${leftOut.weather}" with ${leftOut.operations.join(', ')}: ${leftOut.why}.\n`
				: '';
			const report = `# Faults

Made by the tests: every fault of the sandbox, over one request of the operation itself and over all of them, with
Max Retries 1. What the user is told or gets, how many requests were sent, and what became of the flow.

Writes told wrongly: ${count('wrong')}. Writes doubled: ${count('doubled')}. Items lost without a word: ${count('lost')}.
${without}
| fault | operation | once: told | requests | the flow | always: told | requests | the flow |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
			await expect(report).toMatchFileSnapshot(provider.report);
			expect([count('wrong'), count('doubled'), count('lost')]).toEqual([0, 0, 0]);
		});
	});
}

function columns({ told, requests, state }: Verdict): string {
	return [told.replaceAll('|', '\\|'), requests, state].join(' | ');
}
