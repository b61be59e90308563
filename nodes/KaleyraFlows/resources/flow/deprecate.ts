import { flowParameter, parseFlowId } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { deprecateNotice } from '../../../shared/whatsappFlows/irreversible';
import type { KaleyraOperation } from '../operation';

/** Deprecate Flow: POST /v2/<sid>/whatsapp/<flow_id>/deprecate. Irreversible. */
export const deprecate: KaleyraOperation = {
	name: 'Deprecate',
	value: 'deprecate',
	action: 'Deprecate flow (cannot be undone)',
	description: 'Retire a published flow permanently',
	writes: true,
	parameters: [
		deprecateNotice,
		listWabaIdParameter,
		flowParameter,
		optionsParameter({ writes: true }),
	],
	async execute({ client, getParameter }) {
		const id = parseFlowId(getParameter);
		const { response, confirmedByStatus, alreadyDone } = await client.deprecateFlow(id);
		return [
			{
				id,
				...response,
				success: true,
				...(confirmedByStatus && { confirmed_by_status: true }),
				...(alreadyDone && { already_deprecated: true }),
			},
		];
	},
};
