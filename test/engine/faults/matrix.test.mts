import { describe, expect, test } from 'vitest';
import { KALEYRA_WEATHER as WEATHER } from '../../sandbox/refusals.mts';
import type { Operation, Verdict } from './runIn.mts';
import { OPERATIONS, runIn, sideBySide, useSandboxes } from './runIn.mts';
import { setUp } from '../setup.mts';

setUp();
const sandboxes = useSandboxes(12);

/** Short where the fault is one of time, and ample elsewhere, so that a busy machine changes nothing. */
const timeoutOf = (weather: string) => (/no answer|drip/.test(weather) ? 2 : 20);

describe('Every fault with every operation', { timeout: 240_000 }, () => {
	test('is told, and makes neither a wrong nor a doubled publish nor loses an item', async () => {
		const cells = Object.keys(WEATHER).flatMap((weather) =>
			(Object.keys(OPERATIONS) as Operation[]).map((operation) => ({ weather, operation })),
		);
		const jobs = cells.flatMap((cell) => [{ ...cell, times: 1 }, cell]);
		const verdicts = await sideBySide(
			jobs,
			sandboxes,
			async ({ operation, ...weather }, sandbox) => {
				const forecast = [{ route: OPERATIONS[operation].route, ...weather }];
				const options = { maxRetries: 1, timeout: timeoutOf(weather.weather) };
				return await runIn(forecast, sandbox, operation, options);
			},
		);
		const count = (what: 'wrong' | 'doubled' | 'lost') =>
			verdicts.filter((each) => each[what]).length;
		const rows = cells.map(({ weather, operation }, index) => {
			const [once, always] = verdicts.slice(2 * index, 2 * index + 2);
			return `| ${weather} | ${operation} | ${columns(once!)} | ${columns(always!)} |`;
		});
		const report = `# Faults

Made by the tests: every fault of the sandbox, over one request of the operation itself and over all of them, with
Max Retries 1. What the user is told or gets, how many requests were sent, and what became of the flow, a draft.

Wrong publishes: ${count('wrong')}. Doubled publishes: ${count('doubled')}. Items lost without a word: ${count('lost')}.

| fault | operation | once: told | requests | the flow | always: told | requests | the flow |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
		await expect(report).toMatchFileSnapshot('../../../docs/faults.md');
		expect([count('wrong'), count('doubled'), count('lost')]).toEqual([0, 0, 0]);
	});
});

function columns({ told, requests, state }: Verdict): string {
	return [told.replaceAll('|', '\\|'), requests, state].join(' | ');
}
