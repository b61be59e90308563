import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CancelledError, formatError } from '../errors';
import { ItemWithBinary } from './binary';
import { runConcurrently } from './concurrency';
import { createErrorItem } from './errorItem';
import type { ReportableError } from './errors';
import { toNodeError } from './errors';

/** Turns one input item into output items. */
export type ProcessItem = (itemIndex: number) => Promise<(IDataObject | ItemWithBinary)[]>;

/**
 * Processes every input item with limited concurrency and pairs each result with its item, in input
 * order.
 *
 * When an item fails and the node continues on error, an item with the error takes its place. Otherwise no
 * further item starts and the error of the first failed item is thrown; for writes, together with what
 * happened to the other items.
 *
 * @param concurrency how many items are processed at the same time
 * @param writes whether processing changes something at the service
 */
export async function processItems(
	context: IExecuteFunctions,
	{ concurrency, writes }: { concurrency: number; writes: boolean },
	work: ProcessItem,
): Promise<INodeExecutionData[]> {
	const count = context.getInputData().length;
	const results = new Map<number, INodeExecutionData[]>();
	const failures = new Map<number, ReportableError>();
	/** Failed items whose error is output in their place. */
	const continued = new Set<number>();

	const runOne = async (itemIndex: number) => {
		const pairedItem = { item: itemIndex };
		try {
			const rows = await work(itemIndex);
			results.set(
				itemIndex,
				rows.map((row) =>
					row instanceof ItemWithBinary
						? { json: row.json, binary: row.binary, pairedItem }
						: // Copied, because several items may share one response.
							{ json: { ...row }, pairedItem },
				),
			);
		} catch (thrown) {
			const error = toNodeError(context.getNode(), thrown);
			error.context['itemIndex'] = itemIndex;
			if (context.continueOnFail() && !(thrown instanceof CancelledError)) {
				results.set(itemIndex, [createErrorItem(context.getNode(), error, pairedItem)]);
				continued.add(itemIndex);
			} else {
				failures.set(itemIndex, error);
				throw error;
			}
		}
	};
	try {
		await runConcurrently(count, concurrency, runOne);
	} catch (thrown) {
		// The failed items are reported below, together with the others.
		if (failures.size === 0) throw toNodeError(context.getNode(), thrown);
	}

	const [failure, ...others] = [...failures].sort(([a], [b]) => a - b);
	if (failure) {
		const [, error] = failure;
		const left = count - results.size - failures.size;
		const succeeded = [...results.keys()].filter((itemIndex) => !continued.has(itemIndex));
		const whole = [
			error.description,
			...summarizeOtherItems(writes && count > 1, succeeded, others, left),
		];
		error.description = whole.filter(Boolean).join(' ');
		throw error;
	}
	return Array.from({ length: count }, (_, itemIndex) => results.get(itemIndex) ?? []).flat();
}

/** What the first error doesn't say: which items succeeded, which others failed, how many didn't start. */
function summarizeOtherItems(
	changes: boolean,
	succeeded: number[],
	otherFailures: [number, ReportableError][],
	notStarted: number,
): string[] {
	if (!changes) return [];
	return [
		succeeded.length === 0
			? 'No other item succeeded.'
			: `Succeeded: item ${succeeded.sort((a, b) => a - b).join(', ')} (counted from 0).`,
		...otherFailures.map(([item, error]) => `Item ${item} failed too: ${formatError(error)}`),
		notStarted === 0 ? '' : `Not started: ${notStarted} more.`,
	];
}
