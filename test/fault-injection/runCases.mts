import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeAll } from 'vitest';
import type { PlannedFault } from '../mock-api/MockServer.mts';
import type { Provider, KaleyraMock } from './provider.mts';

/** Runs in bad weather, judged by the mock API's truth. */

export interface Verdict {
	/** What the user reads, or what comes out. */
	reported: string;
	requests: number;
	/** The flow afterwards. */
	state: string;
	/** The node said "done" or "not done", and the opposite is true. */
	wrong: boolean;
	/** A write was sent that had been carried out already, and whose repeat does harm. */
	duplicated: boolean;
	/** An item came out neither as a result nor as an error. */
	dropped: boolean;
}

/** Runs one operation on a flow of the mock API's while the weather lasts. */
export async function runCase<TMock extends KaleyraMock>(
	{ harness, operations, stateOf }: Provider<TMock>,
	faultPlan: PlannedFault[],
	mockApi: TMock,
	operation: string,
	options: IDataObject,
	credential = mockApi.credential,
): Promise<Verdict> {
	mockApi.reset({ faultPlan: structuredClone(faultPlan) });
	const { on: id, parameters, write } = operations[operation]!;
	let duplicated = false;
	mockApi.settings.always = (request) => {
		duplicated ||= write?.is?.(request, id) === true && write.done(mockApi, id);
		return undefined;
	};
	const { main, error } = await harness()
		.as(credential)
		.run(
			{ resource: 'flow', operation, ...parameters, options },
			{ items: [{ id }], onError: 'continueRegularOutput' },
		);
	const [item] = main;
	const failure =
		error?.message ?? (item && 'error' in item.json ? String(item.json['error']) : undefined);
	const advice = String((item?.json['details'] as IDataObject | undefined)?.['description'] ?? '');
	const indeterminate = INDETERMINATE.test(advice);
	const done = write?.done(mockApi, id) ?? false;
	const wrong = failure === undefined ? !done : done && !indeterminate;
	return {
		reported:
			failure === undefined
				? summary(main.map(({ json }) => json))
				: `${failure}${indeterminate ? ` (in doubt: ${firstSentences(advice)})` : ''}`,
		requests: mockApi.requests.length,
		state: stateOf(mockApi, id),
		wrong: write !== undefined && wrong,
		duplicated,
		dropped: main.length === 0,
	};
}

/** How an error says that a write may have been carried out all the same. */
export const INDETERMINATE = /not known|most likely|may have been made/;

/** Without what differs from run to run. */
const firstSentences = (advice: string) => advice.split('. ')[0];

function summary(items: IDataObject[]): string {
	if (items.length > 1) return `${items.length} flows`;
	return items
		.map((item) => ('success' in item || 'deleted' in item ? JSON.stringify(item) : '1 flow'))
		.join();
}

/** Works off jobs side by side, each with a mock API to itself. */
export async function runInParallel<Job, TMock, Result>(
	jobs: Job[],
	mocks: TMock[],
	work: (job: Job, mockApi: TMock) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	let next = 0;
	const worker = async (mockApi: TMock) => {
		while (next < jobs.length) {
			const index = next++;
			results[index] = await work(jobs[index]!, mockApi);
		}
	};
	await Promise.all(mocks.map(worker));
	return results;
}

/** Mock APIs for the tests of one file. */
export function useMocks<TMock extends KaleyraMock>(
	{ start }: Provider<TMock>,
	count: number,
): TMock[] {
	const mocks: TMock[] = [];
	beforeAll(async () => {
		mocks.push(...(await Promise.all(Array.from({ length: count }, start))));
	});
	afterAll(async () => {
		await Promise.all(mocks.map((mockApi) => mockApi.stop()));
	});
	return mocks;
}
