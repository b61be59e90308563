import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeAll } from 'vitest';
import type { Forecast } from '../../sandbox/server.mts';
import type { Provider, Sandbox } from './provider.mts';

/** Runs in bad weather, judged by the sandbox's truth. */

export interface Verdict {
	/** What the user reads, or what comes out. */
	told: string;
	requests: number;
	/** The flow afterwards. */
	state: string;
	/** The node said "done" or "not done", and the opposite is true. */
	wrong: boolean;
	/** A write was sent that had been carried out already, and whose repeat does harm. */
	doubled: boolean;
	/** An item came out neither as a result nor as an error. */
	lost: boolean;
}

/** Runs one operation on a flow of the sandbox's while the weather lasts. */
export async function runIn<Box extends Sandbox>(
	{ engine, operations, stateOf }: Provider<Box>,
	forecast: Forecast[],
	sandbox: Box,
	operation: string,
	options: IDataObject,
	credential = sandbox.credential,
): Promise<Verdict> {
	sandbox.reset({ forecast: structuredClone(forecast) });
	const { on: id, parameters, write } = operations[operation]!;
	let doubled = false;
	sandbox.settings.always = (request) => {
		doubled ||= write?.is?.(request, id) === true && write.done(sandbox, id);
		return undefined;
	};
	const { main, error } = await engine()
		.as(credential)
		.run(
			{ resource: 'flow', operation, ...parameters, options },
			{ items: [{ id }], onError: 'continueRegularOutput' },
		);
	const [item] = main;
	const failure =
		error?.message ?? (item && 'error' in item.json ? String(item.json['error']) : undefined);
	const advice = String((item?.json['details'] as IDataObject | undefined)?.['description'] ?? '');
	const inDoubt = IN_DOUBT.test(advice);
	const done = write?.done(sandbox, id) ?? false;
	const wrong = failure === undefined ? !done : done && !inDoubt;
	return {
		told:
			failure === undefined
				? summary(main.map(({ json }) => json))
				: `${failure}${inDoubt ? ` (in doubt: ${firstSentences(advice)})` : ''}`,
		requests: sandbox.requests.length,
		state: stateOf(sandbox, id),
		wrong: write !== undefined && wrong,
		doubled,
		lost: main.length === 0,
	};
}

/** How an error says that a write may have been carried out all the same. */
export const IN_DOUBT = /not known|most likely|may have been made/;

/** Without what differs from run to run. */
const firstSentences = (advice: string) => advice.split('. ')[0];

function summary(items: IDataObject[]): string {
	if (items.length > 1) return `${items.length} flows`;
	return items
		.map((item) => ('success' in item || 'deleted' in item ? JSON.stringify(item) : '1 flow'))
		.join();
}

/** Works off jobs side by side, each with a sandbox to itself. */
export async function sideBySide<Job, Box, Result>(
	jobs: Job[],
	sandboxes: Box[],
	work: (job: Job, sandbox: Box) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	let next = 0;
	const worker = async (sandbox: Box) => {
		while (next < jobs.length) {
			const index = next++;
			results[index] = await work(jobs[index]!, sandbox);
		}
	};
	await Promise.all(sandboxes.map(worker));
	return results;
}

/** Sandboxes for the tests of one file. */
export function useSandboxes<Box extends Sandbox>({ start }: Provider<Box>, count: number): Box[] {
	const sandboxes: Box[] = [];
	beforeAll(async () => {
		sandboxes.push(...(await Promise.all(Array.from({ length: count }, start))));
	});
	afterAll(async () => {
		await Promise.all(sandboxes.map((sandbox) => sandbox.stop()));
	});
	return sandboxes;
}
