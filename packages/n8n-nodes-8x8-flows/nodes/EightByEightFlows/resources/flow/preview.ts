import type { INodeProperties } from 'n8n-workflow';
import { parseBoolean } from '../../../shared/node/parameters';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { flowParameter, resolveFlowId } from '../../../eightByEight/parameters/flow';
import { createOptionsParameter } from '../../../eightByEight/parameters/options';
import type { FlowOperation } from '../operation';

const refreshParameter: INodeProperties = {
	displayName: 'Refresh',
	name: 'refresh',
	type: 'boolean',
	default: false,
	description: 'Whether to replace the existing link with a new one',
};

/** Get WhatsApp Flow preview: GET /channels/<channelId>/flows/<flowId>/preview. */
export const preview: FlowOperation = {
	name: 'Preview',
	value: 'preview',
	action: 'Preview flow',
	description: 'Retrieve a public link to try the flow in a browser',
	writes: false,
	parameters: [
		channelIdParameter,
		flowParameter,
		refreshParameter,
		createOptionsParameter({ writes: false }),
	],
	async execute({ client, getParameter }) {
		const channelId = parseChannelId(getParameter);
		const id = await resolveFlowId({ client, getParameter }, () => channelId);
		const refresh = parseBoolean(getParameter('refresh', false), 'Refresh');
		return [await client.getPreview(channelId, id, refresh)];
	},
};
