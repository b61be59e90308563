import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../../../shared/errors';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { flowParameter, parseFlowId } from '../../../eightByEight/parameters/flow';
import { optionsParameter } from '../../../eightByEight/parameters/options';
import type { FlowOperation } from '../operation';

const refreshParameter: INodeProperties = {
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
	fields: [
		channelIdParameter,
		flowParameter,
		refreshParameter,
		optionsParameter({ writes: false }),
	],
	async execute({ client, parameter }) {
		const refresh = parameter('refresh', false);
		if (typeof refresh !== 'boolean') {
			throw new InvalidInputError(
				`Refresh is neither true nor false: ${JSON.stringify(refresh)}`,
				'Switch it on or off, or let its expression give true or false, not text.',
			);
		}
		return [await client.getPreview(parseChannelId(parameter), parseFlowId(parameter), refresh)];
	},
};
