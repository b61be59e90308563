import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeAll } from 'vitest';
import type { PlannedFault } from '../mock-api/MockServer.mts';
import type { Provider, ProviderMock } from './provider.mts';

/** One execution with injected faults, compared with the state of the mock API. */
export interface CaseResult {
	/** What the user sees: the output or the error. */
	reported: string;
	requests: number;
	/** The flow after the execution. */
	flow: string;
	/** The node reported success or failure, and the mock API shows the opposite. */
	misreported: boolean;
	/** A non-idempotent write was sent again after it had been applied. */
	duplicated: boolean;
	/** An item is neither in the output nor reported as failed. */
	dropped: boolean;
}

/** Runs one operation with a fault plan. */
export async function runCase<TMock extends ProviderMock>(
	{ harness, operations, describeFlow }: Provider<TMock>,
	faultPlan: PlannedFault[],
	mockApi: TMock,
	operation: string,
	options: IDataObject,
	credential = mockApi.credential,
): Promise<CaseResult> {
	mockApi.reset({ faultPlan: structuredClone(faultPlan) });
	const { flowId: id, parameters, write } = operations[operation]!;
	let duplicated = false;
	mockApi.settings.always = (request) => {
		duplicated ||= write?.matches?.(request, id) === true && write.isApplied(mockApi, id);
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
	const description = String(
		(item?.json['details'] as IDataObject | undefined)?.['description'] ?? '',
	);
	const indeterminate = INDETERMINATE.test(description);
	const applied = write?.isApplied(mockApi, id) ?? false;
	const misreported = failure === undefined ? !applied : applied && !indeterminate;
	return {
		reported:
			failure === undefined
				? summarize(main.map(({ json }) => json))
				: `${failure}${indeterminate ? ` (indeterminate: ${getFirstSentence(description)})` : ''}`,
		requests: mockApi.requests.length,
		flow: describeFlow(mockApi, id),
		misreported: write !== undefined && misreported,
		duplicated,
		dropped: main.length === 0,
	};
}

/** How an error description says that a write may have been applied. */
export const INDETERMINATE = /not known|unknown whether|most likely|may have been (made|applied)/;

/** The part of a description that doesn't change between runs. */
const getFirstSentence = (description: string) => description.split('. ')[0];

function summarize(items: IDataObject[]): string {
	if (items.length > 1) return `${items.length} flows`;
	return items
		.map((item) => ('success' in item || 'deleted' in item ? JSON.stringify(item) : '1 flow'))
		.join();
}

/** Runs jobs in parallel, each with its own mock API. @returns the results in the order of the jobs */
export async function runInParallel<Job, TMock, Result>(
	jobs: Job[],
	mocks: TMock[],
	run: (job: Job, mockApi: TMock) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	let next = 0;
	const worker = async (mockApi: TMock) => {
		while (next < jobs.length) {
			const index = next++;
			results[index] = await run(jobs[index]!, mockApi);
		}
	};
	await Promise.all(mocks.map(worker));
	return results;
}

/** Registers the hooks that start mock APIs for the tests of one file. */
export function useMocks<TMock extends ProviderMock>(
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
