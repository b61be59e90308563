import type { INodeProperties } from 'n8n-workflow';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { flowParameter, parseFlowId } from '../../../eightByEight/parameters/flow';
import { optionsParameter } from '../../../eightByEight/parameters/options';
import type { FlowOperation } from '../operation';

const finalNotice: INodeProperties = {
	displayName: 'Deprecating cannot be undone: a deprecated flow can no longer be sent.',
	name: 'finalNotice',
	type: 'notice',
	default: '',
};

/** Deprecate WhatsApp Flow: POST /channels/<channelId>/flows/<flowId>/deprecate. Cannot be undone. */
export const deprecate: FlowOperation = {
	name: 'Deprecate',
	value: 'deprecate',
	action: 'Deprecate flow',
	description: 'Retire a published flow, for good',
	writes: true,
	fields: [finalNotice, channelIdParameter, flowParameter, optionsParameter({ writes: true })],
	async execute({ client, parameter }) {
		const id = parseFlowId(parameter);
		const confirmed = await client.deprecateFlow(parseChannelId(parameter), id);
		return [{ id, success: true, ...(confirmed && { confirmed_by_status: true }) }];
	},
};
