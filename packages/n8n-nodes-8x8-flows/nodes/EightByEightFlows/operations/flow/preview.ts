import type { INodeProperties } from 'n8n-workflow';
import { InvalidInput } from '../../../engine/refusal';
import { channelField, readChannelId } from '../../fields/channel';
import { flowField, readFlowId } from '../../fields/flow';
import { optionsField } from '../../fields/options';
import type { FlowOperation } from '../operation';

const refreshField: INodeProperties = {
	displayName: 'Refresh',
	name: 'refresh',
	type: 'boolean',
	default: false,
	description: 'Whether to make a new link in place of the one there is',
};

/** Get WhatsApp Flow preview: GET /channels/<channelId>/flows/<flowId>/preview. */
export const preview: FlowOperation = {
	name: 'Preview',
	value: 'preview',
	action: 'Preview flow',
	description: 'Get a link with which anybody can try the flow in a browser',
	writes: false,
	fields: [channelField, flowField, refreshField, optionsField({ writes: false })],
	async execute({ client, parameter }) {
		const refresh = parameter('refresh', false);
		if (typeof refresh !== 'boolean') {
			throw new InvalidInput(
				`Refresh is neither true nor false: ${JSON.stringify(refresh)}`,
				'Switch it on or off, or let its expression give true or false, not text.',
			);
		}
		return [await client.getPreview(readChannelId(parameter), readFlowId(parameter), refresh)];
	},
};
