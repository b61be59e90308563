import { flowParameter, resolveFlowIdForWrite } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { findWabaId, listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { assertDeletable, deleteNotice } from '../../../shared/whatsappFlows/irreversible';
import type { FlowOperation } from '../operation';

/**
 * Delete Flow: DELETE /v2/<sid>/whatsapp/<flow_id>. Irreversible. Reads the flow first, so that a later
 * "doesn't exist" means that the flow was deleted, and not that the ID is wrong.
 */
export const deleteFlow: FlowOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete flow (cannot be undone)',
	description: 'Delete a draft permanently',
	writes: true,
	parameters: [
		deleteNotice,
		flowParameter,
		listWabaIdParameter,
		optionsParameter({ writes: true }),
	],
	async execute({ client, getParameter, isExpression }) {
		const id = await resolveFlowIdForWrite({ client, getParameter, isExpression });
		const { name, status } = await client.getFlowDetails(id, []);
		assertDeletable(id, status);
		const { response, confirmedByStatus, alreadyDone } = await client.deleteFlow(
			id,
			findWabaId(getParameter, client.defaultWabaId),
		);
		return [
			{
				id,
				...(name !== undefined && { name }),
				success: true,
				deleted: true,
				...(confirmedByStatus && { confirmed_by_status: true }),
				...(alreadyDone && { already_deleted: true }),
				...response,
			},
		];
	},
};
