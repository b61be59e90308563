import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { KaleyraClient } from '../KaleyraClient';
import { ApiSession } from '../session';
import type { Flow } from '../flow';
import { toNodeError } from '../../shared/node/errors';
import { parseWabaId } from '../parameters/wabaId';

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
	return await withClient(this, async (client, wabaId) =>
		text === ''
			? await listPage(client, wabaId, token)
			: { results: await searchAllPages(client, wabaId, text, MATCHES) },
	);
}

/** The same for a field with several choices, which the editor asks for once. */
export async function listFlows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await withClient(
		this,
		async (client, wabaId) => await searchAllPages(client, wabaId, '', Infinity),
	);
}

async function withClient<Result>(
	context: ILoadOptionsFunctions,
	read: (client: KaleyraClient, wabaId: string) => Promise<Result>,
): Promise<Result> {
	try {
		const connection = await ApiSession.open(context, { cacheReads: false });
		const client = new KaleyraClient(connection, PATIENCE);
		const parameter = (name: string, fallback?: unknown) =>
			context.getNodeParameter(name, fallback);
		return await read(client, parseWabaId(parameter, client.defaultWabaId));
	} catch (thrown) {
		throw toNodeError(context.getNode(), thrown);
	}
}

async function listPage(client: KaleyraClient, wabaId: string, token?: string) {
	const { rows, after } = await client.getFlowsPage(wabaId, [], token);
	// A last page can still carry a cursor, and where cursors are ignored the first page comes for ever.
	if (token !== undefined && after === token) return { results: [] };
	const more = rows.length > 0 && after !== undefined;
	return { results: rows.map(toSearchResult), ...(more && { paginationToken: after }) };
}

async function searchAllPages(client: KaleyraClient, wabaId: string, text: string, limit: number) {
	const keep = (flow: Flow) =>
		Object.values(toSearchResult(flow)).some((shown) => shown.toLowerCase().includes(text));
	const { rows } = await client.getFlows(wabaId, [], { limit, keep, maxPages: SEARCHED_PAGES });
	return rows.map(toSearchResult);
}

function toSearchResult({ id, name, status }: Flow) {
	return { value: String(id), name: `${String(name ?? id)} (${String(status ?? 'no status')})` };
}
