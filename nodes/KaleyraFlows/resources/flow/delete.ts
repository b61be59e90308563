import { flowParameter, parseFlowId } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { assertDeletable, deleteNotice } from '../../../shared/whatsappFlows/irreversible';
import type { KaleyraOperation } from '../operation';

/**
 * Delete Flow: DELETE /v2/<sid>/whatsapp/<flow_id>. Irreversible. Reads the flow first, so that a later
 * "doesn't exist" means that the flow was deleted, and not that the ID is wrong.
 */
export const deleteFlow: KaleyraOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete flow (cannot be undone)',
	description: 'Delete a draft permanently',
	writes: true,
	parameters: [
		deleteNotice,
		listWabaIdParameter,
		flowParameter,
		optionsParameter({ writes: true }),
	],
	async execute({ client, getParameter }) {
		const id = parseFlowId(getParameter);
		assertDeletable(id, (await client.getFlowDetails(id, [])).status);
		const { response, confirmedByStatus, alreadyDone } = await client.deleteFlow(id);
		const { success: _, ...details } = response;
		return [
			{
				id,
				...details,
				deleted: true,
				...(confirmedByStatus && { confirmed_by_status: true }),
				...(alreadyDone && { already_deleted: true }),
			},
		];
	},
};
