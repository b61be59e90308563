import { assertDeletable, deleteNotice } from '../../../shared/whatsappFlows/irreversible';
import { channelIdParameter, parseChannelId } from '../../../eightByEight/parameters/channelId';
import { flowParameter, resolveFlowId } from '../../../eightByEight/parameters/flow';
import { createOptionsParameter } from '../../../eightByEight/parameters/options';
import type { FlowOperation } from '../operation';

/**
 * Delete WhatsApp Flow: DELETE /channels/<channelId>/flows/<flowId>. Irreversible. Reads the flow first, so
 * that a later "not found" means that the flow was deleted, and not that it is in another channel.
 */
export const deleteFlow: FlowOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete flow (cannot be undone)',
	description: 'Delete a draft flow permanently',
	writes: true,
	parameters: [
		deleteNotice,
		channelIdParameter,
		flowParameter,
		createOptionsParameter({ writes: true }),
	],
	async execute({ client, getParameter }) {
		const channelId = parseChannelId(getParameter);
		const id = await resolveFlowId({ client, getParameter }, () => channelId);
		assertDeletable(id, (await client.getFlow(channelId, id)).status);
		const { confirmedByStatus, alreadyDone } = await client.deleteFlow(channelId, id);
		return [
			{
				id,
				deleted: true,
				...(confirmedByStatus && { confirmed_by_status: true }),
				...(alreadyDone && { already_deleted: true }),
			},
		];
	},
};
