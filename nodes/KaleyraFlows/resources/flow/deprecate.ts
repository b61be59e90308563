import { flowParameter, resolveFlowIdForWrite } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { deprecateNotice } from '../../../shared/whatsappFlows/irreversible';
import { createWriteOutput } from '../../../shared/whatsappFlows/writeOutput';
import type { FlowOperation } from '../operation';

/** Deprecate Flow: POST /v2/<sid>/whatsapp/<flow_id>/deprecate. Irreversible. */
export const deprecate: FlowOperation = {
	name: 'Deprecate',
	value: 'deprecate',
	action: 'Deprecate flow (cannot be undone)',
	description: 'Retire a published flow permanently',
	writes: true,
	parameters: [
		deprecateNotice,
		flowParameter,
		listWabaIdParameter,
		optionsParameter({ writes: true }),
	],
	async execute({ client, getParameter, isExpression }) {
		const id = await resolveFlowIdForWrite({ client, getParameter, isExpression });
		const { response, confirmedByStatus, alreadyDone } = await client.deprecateFlow(id);
		const output = createWriteOutput(
			{ id, status: 'DEPRECATED' },
			{ confirmed_by_status: confirmedByStatus, already_deprecated: alreadyDone },
		);
		return [{ ...output, ...response }];
	},
};
