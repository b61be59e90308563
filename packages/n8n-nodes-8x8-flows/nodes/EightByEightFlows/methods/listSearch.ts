import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { EightByEightClient } from '../../eightByEight/EightByEightClient';
import { openSession } from '../../eightByEight/session';
import type { Flow } from '../../eightByEight/flow';
import { MAX_LIST_LIMIT } from '../../eightByEight/constants';
import { getManagerUrl } from '../../shared/whatsappFlows/flowLocator';
import { toNodeError } from '../../shared/node/errors';
import { parseChannelId } from '../../eightByEight/parameters/channelId';

/** A user waits for the dropdown. */
const DROPDOWN_REQUEST_OPTIONS = { timeoutMs: 15_000, maxRetries: 1, rateLimitTimeoutMs: 5_000 };

/** Lists the flows for From List. 8x8 has no search, so the filter is applied here. */
export async function searchFlows(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	try {
		const channelId = parseChannelId((name, fallback) => this.getNodeParameter(name, fallback));
		const session = await openSession(this, { cacheReads: false });
		const client = new EightByEightClient(session, DROPDOWN_REQUEST_OPTIONS);
		const flows = await client.getFlows(channelId, MAX_LIST_LIMIT);
		const searchText = filter.trim().toLowerCase();
		const matches = ({ id, name, status }: Flow) =>
			[id, name, status].some((text) => String(text).toLowerCase().includes(searchText));
		return { results: flows.filter(matches).map(toSearchResult) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

function toSearchResult({ id, name, status }: Flow) {
	return {
		value: id,
		name: name ?? id,
		description: status ?? 'Unknown status',
		url: getManagerUrl(id),
	};
}
