import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../../../shared/errors';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { flowParameter, parseFlowId } from '../../../eightByEight/parameters/flow';
import { optionsParameter } from '../../../eightByEight/parameters/options';
import type { FlowOperation } from '../operation';

const finalNotice: INodeProperties = {
	displayName: 'Deleting cannot be undone. A published flow cannot be deleted, only deprecated.',
	name: 'finalNotice',
	type: 'notice',
	default: '',
};

/**
 * Delete WhatsApp Flow: DELETE /channels/<channelId>/flows/<flowId>. Cannot be undone. The flow is read
 * before: 8x8's "not found" then means that it is gone, and not that it is in another channel.
 */
export const deleteFlow: FlowOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete flow',
	description: 'Delete a flow that was never published, for good',
	writes: true,
	fields: [finalNotice, channelIdParameter, flowParameter, optionsParameter({ writes: true })],
	async execute({ client, parameter }) {
		const channelId = parseChannelId(parameter);
		const id = parseFlowId(parameter);
		const { status } = await client.getFlow(channelId, id);
		if (status === 'PUBLISHED' || status === 'DEPRECATED') {
			throw new InvalidInputError(
				`Flow ${id} is ${status} and was not deleted`,
				'Only a draft can be deleted. A published flow can be deprecated; a deprecated one stays.',
			);
		}
		const confirmed = await client.deleteFlow(channelId, id);
		return [{ id, deleted: true, ...(confirmed && { confirmed_by_status: true }) }];
	},
};
