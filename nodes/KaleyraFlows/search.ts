import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { KaleyraClient } from '../api/client';
import { Connection } from '../api/connection';
import type { Flow } from '../api/flow';
import { toNodeError } from '../engine/refusal';
import { readWabaId } from './fields/waba';

/** Somebody is looking at a dropdown: 15 s an answer, and one more try. */
const PATIENCE = { timeout: 15_000, maxRetries: 1 };

/** A search shows so many matches, and reads so many pages for them: 1,000 flows at 25 a page. */
const MATCHES = 100;
const SEARCHED_PAGES = 40;

/**
 * The flows behind From List, as "name (status)". Without a filter one page, and the editor asks for the
 * next one with the token. Kaleyra cannot search, so a filter is applied here, page after page.
 */
export async function searchFlows(
	this: ILoadOptionsFunctions,
	filter = '',
	token?: string,
): Promise<INodeListSearchResult> {
	const text = filter.trim().toLowerCase();
	return await ofWaba(this, async (client, wabaId) =>
		text === ''
			? await onePage(client, wabaId, token)
			: { results: await matches(client, wabaId, text, MATCHES) },
	);
}

/** The same for a field with several choices, which the editor asks for once. */
export async function listFlows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await ofWaba(this, async (client, wabaId) => await matches(client, wabaId, '', Infinity));
}

async function ofWaba<Result>(
	context: ILoadOptionsFunctions,
	read: (client: KaleyraClient, wabaId: string) => Promise<Result>,
): Promise<Result> {
	try {
		const connection = await Connection.open(context, { askOnce: false });
		const client = new KaleyraClient(connection, PATIENCE);
		const parameter = (name: string, fallback?: unknown) =>
			context.getNodeParameter(name, fallback);
		return await read(client, readWabaId(parameter, client.defaultWabaId));
	} catch (thrown) {
		throw toNodeError(context.getNode(), thrown);
	}
}

async function onePage(client: KaleyraClient, wabaId: string, token?: string) {
	const { rows, after } = await client.getFlowsPage(wabaId, [], token);
	// A last page can still carry a cursor, and where cursors are ignored the first page comes for ever.
	if (token !== undefined && after === token) return { results: [] };
	const more = rows.length > 0 && after !== undefined;
	return { results: rows.map(asResult), ...(more && { paginationToken: after }) };
}

async function matches(client: KaleyraClient, wabaId: string, text: string, limit: number) {
	const keep = (flow: Flow) =>
		Object.values(asResult(flow)).some((shown) => shown.toLowerCase().includes(text));
	const { rows } = await client.getFlows(wabaId, [], { limit, keep, pageCap: SEARCHED_PAGES });
	return rows.map(asResult);
}

function asResult({ id, name, status }: Flow) {
	return { value: String(id), name: `${String(name ?? id)} (${String(status ?? 'no status')})` };
}
