import type { INodeProperties } from 'n8n-workflow';
import { parseId } from '../ids';
import type { GetParameter } from '../../shared/node/parameters';

export const channelIdParameter: INodeProperties = {
	displayName: 'Channel ID',
	name: 'channelId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 3f1c2b4a-0000-0000-0000-000000000000',
	description: 'The WhatsApp channel that the flows belong to',
	hint: 'Shown on the Channels page in 8x8 Connect',
};

/** For messages, where only the list of flows needs the channel. */
export const listChannelIdParameter: INodeProperties = {
	...channelIdParameter,
	required: false,
	description: 'The WhatsApp channel whose flows From List and By Name offer',
	hint: 'Needed to choose the flow from the list or by name. The subaccount determines the channel that sends the message.',
};

/** @throws {InvalidInputError} if the ID is invalid */
export const parseChannelId = (getParameter: GetParameter) =>
	parseId(getParameter('channelId', ''), 'Channel ID');
