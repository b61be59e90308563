import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { KaleyraClient } from '../KaleyraClient';
import { searchAllPages, toSearchResult, withClient } from './searchFlows';

const MAX_RESULTS = 100;

/**
 * The flows for From List, as "name (status)". Without a filter it returns one page, and the editor
 * requests the next one with the token.
 */
export async function searchFlows(
	this: ILoadOptionsFunctions,
	filter = '',
	token?: string,
): Promise<INodeListSearchResult> {
	const text = filter.trim().toLowerCase();
	return await withClient(this, async (client, wabaId) =>
		text === ''
			? await listPage(client, wabaId, token)
			: { results: await searchAllPages(client, wabaId, text, MAX_RESULTS) },
	);
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
