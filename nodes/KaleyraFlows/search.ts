import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { KaleyraClient } from '../api/client';
import { Connection } from '../api/connection';
import type { Flow } from '../api/flow';
import { toNodeError } from '../engine/refusal';
import { readWabaId } from './fields/waba';

/** Somebody is looking at a dropdown: 15 s an answer, and one more try. */
const PATIENCE = { timeout: 15_000, maxRetries: 1 };

/**
 * The flows behind From List, one request a page, as "name (status)". Kaleyra cannot search, so with a
 * filter pages are read until one has a match; the editor asks for more with the token.
 */
export async function searchFlows(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const connection = await Connection.open(this);
		const client = new KaleyraClient(connection, PATIENCE);
		const parameter = (name: string, fallback?: unknown) => this.getNodeParameter(name, fallback);
		const wabaId = readWabaId(parameter, client.defaultWabaId);
		return await search(client, wabaId, filter?.trim().toLowerCase() ?? '', paginationToken);
	} catch (thrown) {
		throw toNodeError(this.getNode(), thrown);
	}
}

async function search(
	client: KaleyraClient,
	wabaId: string,
	filter: string,
	token: string | undefined,
): Promise<INodeListSearchResult> {
	const seen = new Set([token]);
	for (let after = token; ; ) {
		const page = await client.getFlowsPage(wabaId, [], after);
		// Where cursors are ignored, the same page would come for ever.
		if (after !== undefined && page.after === after) return { results: [] };
		const results = page.rows.map(asResult).filter((result) => matches(result, filter));
		// A last page can still carry a cursor, and cursors can run in a circle.
		if (page.rows.length === 0 || page.after === undefined || seen.has(page.after)) {
			return { results };
		}
		if (results.length > 0) return { results, paginationToken: page.after };
		seen.add(page.after);
		after = page.after;
	}
}

function asResult({ id, name, status }: Flow) {
	return { value: String(id), name: `${String(name ?? id)} (${String(status ?? 'no status')})` };
}

function matches({ name, value }: { name: string; value: string }, filter: string): boolean {
	return name.toLowerCase().includes(filter) || value.includes(filter);
}
