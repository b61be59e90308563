import type { IDataObject } from 'n8n-workflow';
import type { Flow } from '../../sandbox/accounts.mts';
import { Sandbox } from '../../sandbox/sandbox.mts';
import type { Forecast } from '../../sandbox/sandbox.mts';
import { afterAll, beforeAll } from 'vitest';
import { byId, DRAFT, engine } from '../setup.mts';

/** Runs in bad weather, judged by the sandbox's truth. */

export const OPERATIONS = {
	getMany: { route: 'getFlows', parameters: { returnAll: true } },
	get: { route: 'getFlowDetails', parameters: {} },
	publish: { route: 'publishFlow', parameters: {} },
	updateMetadata: { route: 'updateFlowMetadata', parameters: { updateFields: { name: 'New' } } },
} satisfies Record<string, { route: string; parameters: IDataObject }>;

export type Operation = keyof typeof OPERATIONS;

export interface Verdict {
	/** What the user reads, or what comes out. */
	told: string;
	requests: number;
	/** The flow afterwards. */
	state: string;
	/** The node said "published" or "not published", and the opposite is true. */
	wrong: boolean;
	/** A publish was sent for a flow that was published already. */
	doubled: boolean;
	/** An item came out neither as a result nor as an error. */
	lost: boolean;
}

/** Runs one operation on the sandbox's draft while the weather lasts. */
export async function runIn(
	forecast: Forecast[],
	sandbox: Sandbox,
	operation: Operation,
	options: IDataObject,
): Promise<Verdict> {
	sandbox.reset({ forecast: structuredClone(forecast) });
	const flow = sandbox.flows.find(({ id }) => id === DRAFT)!;
	let doubled = false;
	sandbox.settings.always = ({ method, target }) => {
		doubled ||= method === 'POST' && target.endsWith('/publish') && flow.status === 'PUBLISHED';
		return undefined;
	};
	const { parameters } = OPERATIONS[operation];
	const { main, error } = await engine
		.as(sandbox.credential)
		.run(
			{ resource: 'flow', operation, flowId: byId(DRAFT), ...parameters, options },
			{ onError: 'continueRegularOutput' },
		);
	const [item] = main;
	const failure =
		error?.message ?? (item && 'error' in item.json ? String(item.json['error']) : undefined);
	const advice = String((item?.json['details'] as IDataObject | undefined)?.['description'] ?? '');
	const inDoubt = /not known|most likely|may have been made/.test(advice);
	return {
		told:
			failure === undefined
				? summary(main.map(({ json }) => json))
				: `${failure}${inDoubt ? ` (in doubt: ${advice.split('. ')[0]})` : ''}`,
		requests: sandbox.requests.length,
		state: `${flow.name === 'New' ? 'renamed, ' : ''}${flow.status}`,
		wrong: operation === 'publish' && isWrong(flow, failure, inDoubt),
		doubled,
		lost: main.length === 0,
	};
}

function isWrong({ status }: Flow, failure: string | undefined, inDoubt: boolean): boolean {
	const published = status === 'PUBLISHED';
	return failure === undefined ? !published : published && !inDoubt;
}

function summary(items: IDataObject[]): string {
	if (items.length > 1) return `${items.length} flows`;
	return items.map((item) => ('success' in item ? JSON.stringify(item) : '1 flow')).join();
}

/** Works off jobs side by side, each with a sandbox to itself. */
export async function sideBySide<Job, Result>(
	jobs: Job[],
	sandboxes: Sandbox[],
	work: (job: Job, sandbox: Sandbox) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	let next = 0;
	const worker = async (sandbox: Sandbox) => {
		while (next < jobs.length) {
			const index = next++;
			results[index] = await work(jobs[index]!, sandbox);
		}
	};
	await Promise.all(sandboxes.map(worker));
	return results;
}

/** Sandboxes for the tests of one file. */
export function useSandboxes(count: number): Sandbox[] {
	const sandboxes: Sandbox[] = [];
	beforeAll(async () => {
		const started = await Promise.all(Array.from({ length: count }, () => Sandbox.start()));
		sandboxes.push(...started);
	});
	afterAll(async () => {
		await Promise.all(sandboxes.map((sandbox) => sandbox.stop()));
	});
	return sandboxes;
}
