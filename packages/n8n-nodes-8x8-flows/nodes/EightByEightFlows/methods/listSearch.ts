import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { EightByEightClient } from '../../eightByEight/EightByEightClient';
import { connect } from '../../eightByEight/session';
import type { Flow } from '../../eightByEight/flow';
import { getFlowId } from '../../eightByEight/flow';
import { MAX_LIST_LIMIT } from '../../eightByEight/constants';
import { toNodeError } from '../../shared/node/errors';
import { parseChannelId } from '../../eightByEight/parameters/channelId';

/** Somebody is looking at a dropdown: 15 s an answer, and one more try. */
const PATIENCE = { timeout: 15_000, maxRetries: 1 };

/** The flows behind From List, as "name (status)". 8x8 cannot search, so a filter is applied here. */
export async function searchFlows(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	try {
		const channelId = parseChannelId((name, fallback) => this.getNodeParameter(name, fallback));
		const client = new EightByEightClient(await connect(this, { cacheReads: false }), PATIENCE);
		const flows = await client.getFlows(channelId, MAX_LIST_LIMIT);
		const text = filter.trim().toLowerCase();
		const searchAllPages = (shown: string) => shown.toLowerCase().includes(text);
		return {
			results: flows.map(toSearchResult).filter((each) => Object.values(each).some(searchAllPages)),
		};
	} catch (thrown) {
		throw toNodeError(this.getNode(), thrown);
	}
}

function toSearchResult(flow: Flow) {
	const { name, status } = flow;
	const id = getFlowId(flow);
	return { value: id, name: `${String(name ?? id)} (${String(status ?? 'no status')})` };
}
