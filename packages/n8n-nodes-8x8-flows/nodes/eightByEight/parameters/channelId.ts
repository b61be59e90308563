import type { INodeProperties } from 'n8n-workflow';
import { parseId } from '../ids';
import type { GetParameter } from '../../shared/node/parameters';

/** The WhatsApp channel that the flows belong to. */
export const channelIdParameter: INodeProperties = {
	displayName: 'Channel ID',
	name: 'channelId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 3f1c2b4a-0000-0000-0000-000000000000',
	description: 'The WhatsApp channel that the flows belong to',
	hint: 'In 8x8 Connect, the page Channels shows it',
};

/** @throws {InvalidInput} where it is no ID */
export const parseChannelId = (parameter: GetParameter) =>
	parseId(parameter('channelId', ''), 'Channel ID');
