import type { IDataObject } from 'n8n-workflow';
import type { PlannedFault } from '../mock-api/MockServer.mts';
import type { N8nTestHarness } from '../integration/n8nHarness.mts';
import type { Provider, ProviderMock } from './provider.mts';
import { isDuplicate } from './provider.mts';
import { runOperation } from './runOperation.mts';

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
	provider: Provider<TMock>,
	harness: N8nTestHarness,
	mockApi: TMock,
	{
		operation,
		faultPlan,
		options,
	}: { operation: string; faultPlan: PlannedFault[]; options: IDataObject },
): Promise<CaseResult> {
	mockApi.reset({ faultPlan: structuredClone(faultPlan) });
	const { flowId: id, write } = provider.operations[operation]!;
	let duplicated = false;
	mockApi.settings.always = (request) => {
		duplicated ||= isDuplicate(write, mockApi, request, id);
		return undefined;
	};
	const { main, error } = await runOperation(provider, harness, {
		operation,
		ids: [id],
		options,
	});
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
		flow: provider.describeFlow(mockApi, id),
		misreported: write !== undefined && misreported,
		duplicated,
		dropped: main.length === 0,
	};
}

/** How an error description says that a write may have been applied. */
export const INDETERMINATE =
	/unknown whether|most likely|may have been (applied|set)|Already applied/;

/** The part of a description that doesn't change between runs. */
const getFirstSentence = (description: string) => description.split('. ')[0];

/** Keys that the output of a write has. */
const WRITE_KEYS = ['success', 'deleted', 'created', 'migrated'];

function summarize(items: IDataObject[]): string {
	if (items.length > 1) return `${items.length} flows`;
	// Its message ID is random.
	if (items[0]?.['accepted'] === true) return 'accepted';
	return items
		.map((item) => (WRITE_KEYS.some((key) => key in item) ? summarizeWrite(item) : '1 flow'))
		.join();
}

/** Without what is the same after each success of an operation. */
function summarizeWrite({ name, status, previous_status, url, ...item }: IDataObject): string {
	return JSON.stringify(item);
}
