import type { INodeProperties } from 'n8n-workflow';
import { channelField, readChannelId } from '../../fields/channel';
import { flowField, readFlowId } from '../../fields/flow';
import { optionsField } from '../../fields/options';
import type { FlowOperation } from '../operation';

const finalNotice: INodeProperties = {
	displayName: 'Deleting cannot be undone. A published flow cannot be deleted, only deprecated.',
	name: 'finalNotice',
	type: 'notice',
	default: '',
};

/** Delete WhatsApp Flow: DELETE /channels/<channelId>/flows/<flowId>. Cannot be undone. */
export const deleteFlow: FlowOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete flow',
	description: 'Delete a flow that was never published, for good',
	writes: true,
	fields: [finalNotice, channelField, flowField, optionsField({ writes: true })],
	async execute({ client, parameter }) {
		const id = readFlowId(parameter);
		const confirmed = await client.deleteFlow(readChannelId(parameter), id);
		return [{ id, deleted: true, ...(confirmed && { confirmed_by_status: true }) }];
	},
};
