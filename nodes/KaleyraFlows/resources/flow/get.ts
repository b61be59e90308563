import { DETAIL_FIELDS } from '../../../kaleyra/constants';
import { getValidationErrors } from '../../../kaleyra/flow';
import { fieldsParameter, parseFields } from '../../../kaleyra/parameters/fields';
import { flowParameter, parseFlowId } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { parseBoolean } from '../../../shared/node/parameters';
import {
	splitValidationErrors,
	splitValidationErrorsOption,
} from '../../../shared/whatsappFlows/validationErrors';
import type { KaleyraOperation } from '../operation';

/** Get Flow Details by Flow ID: GET /v2/<sid>/whatsapp/<flow_id>. */
export const get: KaleyraOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get flow',
	description: 'Retrieve a flow',
	writes: false,
	parameters: [
		listWabaIdParameter,
		flowParameter,
		fieldsParameter(DETAIL_FIELDS),
		optionsParameter({ writes: false, operationOptions: [splitValidationErrorsOption] }),
	],
	async execute({ client, getParameter }) {
		const id = parseFlowId(getParameter);
		const option = getParameter('options.splitValidationErrors', false);
		if (!parseBoolean(option, 'One Item per Validation Error')) {
			return [await client.getFlowDetails(id, parseFields(getParameter))];
		}
		const flow = await client.getFlowDetails(id, []);
		return splitValidationErrors(flow, getValidationErrors(flow));
	},
};
