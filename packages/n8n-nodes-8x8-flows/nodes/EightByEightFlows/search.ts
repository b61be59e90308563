import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { ChannelClient } from '../api/client';
import { connect } from '../api/connection';
import type { Flow } from '../api/flow';
import { idOf } from '../api/flow';
import { LONGEST_LIST } from '../api/vocabulary';
import { toNodeError } from '../engine/refusal';
import { readChannelId } from './fields/channel';

/** Somebody is looking at a dropdown: 15 s an answer, and one more try. */
const PATIENCE = { timeout: 15_000, maxRetries: 1 };

/** The flows behind From List, as "name (status)". 8x8 cannot search, so a filter is applied here. */
export async function searchFlows(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	try {
		const channelId = readChannelId((name, fallback) => this.getNodeParameter(name, fallback));
		const client = new ChannelClient(await connect(this, { askOnce: false }), PATIENCE);
		const flows = await client.getFlows(channelId, LONGEST_LIST);
		const text = filter.trim().toLowerCase();
		const matches = (shown: string) => shown.toLowerCase().includes(text);
		return { results: flows.map(asResult).filter((each) => Object.values(each).some(matches)) };
	} catch (thrown) {
		throw toNodeError(this.getNode(), thrown);
	}
}

function asResult(flow: Flow) {
	const { name, status } = flow;
	const id = idOf(flow);
	return { value: id, name: `${String(name ?? id)} (${String(status ?? 'no status')})` };
}
