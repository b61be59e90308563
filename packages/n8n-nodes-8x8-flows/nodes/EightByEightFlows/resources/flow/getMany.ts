import type { INodeProperties } from 'n8n-workflow';
import { MAX_LIST_LIMIT } from '../../../eightByEight/constants';
import { parseInteger } from '../../../shared/node/parameters';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { optionsParameter } from '../../../eightByEight/parameters/options';
import type { FlowOperation } from '../operation';

const limitParameter: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_LIST_LIMIT },
	default: 50,
	description: 'Max number of results to return',
	hint: '1,000 at most: 8x8 has no next page',
};

/** Get WhatsApp Flows: GET /channels/<channelId>/flows. One item per flow, with ID, name and status. */
export const getMany: FlowOperation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many flows',
	description: 'List the flows of a channel with their status',
	writes: false,
	fields: [channelIdParameter, limitParameter, optionsParameter({ writes: false })],
	async execute({ client, parameter, hint }) {
		const channelId = parseChannelId(parameter);
		const range = { name: 'Limit', min: 1, max: MAX_LIST_LIMIT };
		const limit = parseInteger(parameter('limit', 50), range);
		const flows = await client.getFlows(channelId, limit);
		if (flows.length >= limit) hint(remark(channelId, limit));
		return flows.slice(0, limit);
	},
};

function remark(channelId: string, limit: number): string {
	const given = `Channel ${channelId}: the list was cut at the limit of ${limit}, or ends there by chance.`;
	return limit < MAX_LIST_LIMIT
		? `${given} To see more, raise the limit, to ${MAX_LIST_LIMIT} at most.`
		: `${given} 8x8 gives no more than ${MAX_LIST_LIMIT} and has no next page.`;
}
