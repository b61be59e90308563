import type { INodeProperties } from 'n8n-workflow';
import { channelField, readChannelId } from '../../fields/channel';
import { flowField, readFlowId } from '../../fields/flow';
import { optionsField } from '../../fields/options';
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
	fields: [finalNotice, channelField, flowField, optionsField({ writes: true })],
	async execute({ client, parameter }) {
		const id = readFlowId(parameter);
		const confirmed = await client.deprecateFlow(readChannelId(parameter), id);
		return [{ id, success: true, ...(confirmed && { confirmed_by_status: true }) }];
	},
};
