import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CancelledError } from '../errors';
import { runConcurrently } from './concurrency';
import { createErrorItem } from './errorItem';
import type { ReportableError } from './errors';
import { toNodeError } from './errors';

/** What one input item becomes. */
export type ProcessItem = (itemIndex: number) => Promise<IDataObject[]>;

/**
 * Runs the work for every input item, a few at a time, and pairs each result with its item, in the
 * input's order.
 *
 * When an item fails and the node is set to continue, an item with the error takes its place. Otherwise no
 * further item is begun and the error of the first failed item is thrown; where the work changes something,
 * with what became of the other items.
 *
 * @param itemsAtOnce how many items are under way at the same time
 * @param writes whether the work changes something at the service
 */
export async function processItems(
	context: IExecuteFunctions,
	{ concurrency, writes }: { concurrency: number; writes: boolean },
	work: ProcessItem,
): Promise<INodeExecutionData[]> {
	const count = context.getInputData().length;
	const results = new Map<number, INodeExecutionData[]>();
	const failures = new Map<number, ReportableError>();

	const runOne = async (itemIndex: number) => {
		const pairedItem = { item: itemIndex };
		try {
			const rows = await work(itemIndex);
			results.set(
				itemIndex,
				// Items may have been answered by one and the same request.
				rows.map((row) => ({ json: { ...row }, pairedItem })),
			);
		} catch (thrown) {
			const error = toNodeError(context.getNode(), thrown);
			error.context['itemIndex'] = itemIndex;
			if (context.continueOnFail() && !(thrown instanceof CancelledError)) {
				results.set(itemIndex, [createErrorItem(context.getNode(), error, pairedItem)]);
			} else {
				failures.set(itemIndex, error);
				throw error;
			}
		}
	};
	try {
		await runConcurrently(count, concurrency, runOne);
	} catch (thrown) {
		// The failed items are told below, with what became of the others.
		if (failures.size === 0) throw toNodeError(context.getNode(), thrown);
	}

	const [failure, ...others] = [...failures].sort(([a], [b]) => a - b);
	if (failure) {
		const [, error] = failure;
		const left = count - results.size - failures.size;
		const whole = [
			error.description,
			...summarizeOtherItems(writes && count > 1, results, others, left),
		];
		error.description = whole.filter(Boolean).join(' ');
		throw error;
	}
	return Array.from({ length: count }, (_, itemIndex) => results.get(itemIndex) ?? []).flat();
}

/** What the first error does not say: what was done before it, what failed beside it, what was not begun. */
function summarizeOtherItems(
	changes: boolean,
	results: Map<number, unknown>,
	others: [number, ReportableError][],
	left: number,
): string[] {
	const done = [...results.keys()].sort((a, b) => a - b).join(', ');
	const beside = others.map(([item, { message, description }]) =>
		`Item ${item} was refused too: ${message}. ${description ?? ''}`.trim(),
	);
	if (!changes) return [];
	return [
		done === '' ? 'No item was changed.' : `Already done: item ${done} (counted from 0).`,
		...beside,
		left === 0 ? '' : `Not begun: ${left} more.`,
	];
}
