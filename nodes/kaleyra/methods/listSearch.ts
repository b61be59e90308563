import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { KaleyraClient } from '../KaleyraClient';
import { searchAllPages, toSearchResult, withClient } from './searchFlows';

const MAX_RESULTS = 100;

/** The status that an operation is for. These flows come first. */
const STATUS_BY_OPERATION = new Map([['publish', 'DRAFT']]);

/**
 * The flows for From List. Without a filter it returns one page, and the editor requests the next one with
 * the token; if some flows come first, it returns all.
 */
export async function searchFlows(
	this: ILoadOptionsFunctions,
	filter = '',
	token?: string,
): Promise<INodeListSearchResult> {
	const text = filter.trim().toLowerCase();
	const status = STATUS_BY_OPERATION.get(String(this.getNodeParameter('operation', '')));
	return await withClient(this, async (client, wabaId) => {
		if (text === '' && status === undefined) return await listPage(client, wabaId, token);
		const limit = status === undefined ? MAX_RESULTS : Infinity;
		const results = await searchAllPages(client, wabaId, text, limit);
		const isFirst = (result: { description: string }) => Number(result.description === status);
		return { results: results.sort((a, b) => isFirst(b) - isFirst(a)) };
	});
}

async function listPage(
	client: KaleyraClient,
	wabaId: string,
	token?: string,
): Promise<INodeListSearchResult> {
	const { rows, after } = await client.getFlowsPage(wabaId, [], token);
	// A last page may still carry a cursor, and if Kaleyra ignores cursors, the first page repeats forever.
	if (token !== undefined && after === token) return { results: [] };
	const hasMore = rows.length > 0 && after !== undefined;
	return { results: rows.map(toSearchResult), ...(hasMore && { paginationToken: after }) };
}
