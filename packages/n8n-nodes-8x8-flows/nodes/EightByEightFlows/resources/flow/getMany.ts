import type { INodeProperties } from 'n8n-workflow';
import { MAX_LIST_LIMIT } from '../../../eightByEight/constants';
import { parseInteger } from '../../../shared/node/parameters';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { createOptionsParameter } from '../../../eightByEight/parameters/options';
import type { FlowOperation } from '../operation';

const limitParameter: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_LIST_LIMIT },
	default: 50,
	description: 'Max number of results to return',
	hint: 'Up to 1,000, because 8x8 has no pagination',
};

const LIMIT_RANGE = { name: 'Limit', min: 1, max: MAX_LIST_LIMIT };

/** Get WhatsApp Flows: GET /channels/<channelId>/flows. Returns the ID, name, and status of each flow. */
export const getMany: FlowOperation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many flows',
	description: 'Retrieve a list of flows with their status',
	writes: false,
	parameters: [channelIdParameter, limitParameter, createOptionsParameter({ writes: false })],
	async execute({ client, getParameter, addHint, isTool }) {
		const channelId = parseChannelId(getParameter);
		const limit = parseInteger(getParameter('limit', 50), LIMIT_RANGE);
		const flows = await client.getFlows(channelId, limit);
		if (flows.length >= limit) addHint(createLimitHint(channelId, limit));
		if (flows.length === 0 && isTool) {
			return [{ flows_found: 0, message: `Channel ${channelId} has no flows.` }];
		}
		return flows.slice(0, limit);
	},
};

function createLimitHint(channelId: string, limit: number): string {
	const warning = `The list of flows in channel ${channelId} may be incomplete.`;
	return limit < MAX_LIST_LIMIT
		? `${warning} It reached the limit of ${limit}. Increase 'Limit' to get up to ${MAX_LIST_LIMIT} flows.`
		: `${warning} 8x8 returns at most ${MAX_LIST_LIMIT} flows and has no pagination.`;
}
