import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { GetParameter } from '../node/parameters';
import { parseBoolean } from '../node/parameters';
import { getManagerUrl } from './flowLocator';

/** What writes return. */

export const returnStatusOption: INodeProperties = {
	displayName: 'Return Status',
	name: 'returnStatus',
	type: 'boolean',
	default: true,
	description:
		"Whether to return the flow's name, and its status before and after. Requires up to two extra requests.",
};

/** @throws {InvalidInputError} if an expression returns something other than a boolean */
export const parseReturnStatus = (getParameter: GetParameter) =>
	parseBoolean(getParameter('options.returnStatus', true), 'Return Status');

export interface FlowWrite {
	id: string;
	/** The flow as it was read before the write; undefined if it wasn't. */
	before?: { name?: unknown; status?: unknown } | undefined;
	/** The name after the write, if the write changed it. */
	name?: unknown;
	/** The status after the write; undefined if it's unknown. */
	status?: unknown;
}

/**
 * Creates the output of a write: what became of the flow.
 *
 * @param flags what else happened; only those that are true are output
 */
export function createWriteOutput(
	{ id, before, name = before?.name, status }: FlowWrite,
	flags: Record<string, boolean> = {},
): IDataObject {
	const previousStatus = before?.status;
	const returnedToDraft =
		status === 'DRAFT' && previousStatus !== undefined && previousStatus !== 'DRAFT';
	const allFlags = { returned_to_draft: returnedToDraft, ...flags };
	return {
		id,
		...(name !== undefined && { name: String(name) }),
		success: true,
		...(status !== undefined && { status: String(status) }),
		...(previousStatus !== undefined && { previous_status: String(previousStatus) }),
		...Object.fromEntries(Object.entries(allFlags).filter(([, happened]) => happened)),
		url: getManagerUrl(id),
	};
}
