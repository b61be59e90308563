import type { INodeProperties } from 'n8n-workflow';
import { LONGEST_LIST } from '../../../api/vocabulary';
import { readWholeNumber } from '../../../engine/read';
import { channelField, readChannelId } from '../../fields/channel';
import { optionsField } from '../../fields/options';
import type { FlowOperation } from '../operation';

const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: LONGEST_LIST },
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
	fields: [channelField, limitField, optionsField({ writes: false })],
	async execute({ client, parameter, hint }) {
		const channelId = readChannelId(parameter);
		const range = { name: 'Limit', min: 1, max: LONGEST_LIST };
		const limit = readWholeNumber(parameter('limit', 50), range);
		const flows = await client.getFlows(channelId, limit);
		if (flows.length >= limit) hint(remark(channelId, limit));
		return flows.slice(0, limit);
	},
};

function remark(channelId: string, limit: number): string {
	const given = `Channel ${channelId}: the list was cut at the limit of ${limit}, or ends there by chance.`;
	return limit < LONGEST_LIST
		? `${given} To see more, raise the limit, to ${LONGEST_LIST} at most.`
		: `${given} 8x8 gives no more than ${LONGEST_LIST} and has no next page.`;
}
