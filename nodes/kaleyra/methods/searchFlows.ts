import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { toNodeError } from '../../shared/node/errors';
import { getManagerUrl } from '../../shared/whatsappFlows/flowLocator';
import type { Flow } from '../flow';
import { KaleyraClient } from '../KaleyraClient';
import { parseWabaId } from '../parameters/wabaId';
import { KaleyraSession } from '../session';

/** The user is waiting for a dropdown. */
const DROPDOWN_REQUEST_OPTIONS = { timeoutMs: 15_000, maxRetries: 1, rateLimitTimeoutMs: 5_000 };

/** For all pages of a search together. */
const DROPDOWN_TIMEOUT_MS = 60_000;

/** 1,000 flows at 25 per page. */
const MAX_SEARCH_PAGES = 40;

/** Runs a dropdown's request with a client and the WABA ID of the node or its credential. */
export async function withClient<TResult>(
	context: ILoadOptionsFunctions,
	load: (client: KaleyraClient, wabaId: string) => Promise<TResult>,
): Promise<TResult> {
	try {
		const session = await KaleyraSession.open(context, { cacheReads: false });
		const client = new KaleyraClient(session, {
			...DROPDOWN_REQUEST_OPTIONS,
			deadline: Date.now() + DROPDOWN_TIMEOUT_MS,
		});
		const getParameter = (name: string, fallback?: unknown) =>
			context.getNodeParameter(name, fallback);
		return await load(client, parseWabaId(getParameter, client.defaultWabaId));
	} catch (thrown) {
		throw toNodeError(context.getNode(), thrown);
	}
}

/** Flows whose name, status, or ID contains the text. Kaleyra can't search, so this reads page by page. */
export async function searchAllPages(
	client: KaleyraClient,
	wabaId: string,
	text: string,
	limit: number,
) {
	const filter = ({ id, name, status }: Flow) =>
		[id, name, status].some((shown) => String(shown).toLowerCase().includes(text));
	const options = { limit, filter, maxPages: MAX_SEARCH_PAGES };
	const { rows } = await client.getFlows(wabaId, [], options);
	return rows.map(toSearchResult);
}

/** The status isn't in the name: a workflow saves the name, and the status changes. */
export function toSearchResult({ id, name, status }: Flow) {
	return {
		value: id,
		name: String(name ?? id),
		description: String(status ?? 'No status'),
		url: getManagerUrl(id),
	};
}
