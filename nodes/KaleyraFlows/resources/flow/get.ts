import { DETAIL_FIELDS } from '../../../kaleyra/constants';
import { flowParameter, parseFlowId } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { fieldsParameter, parseFields } from '../../../kaleyra/parameters/fields';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import type { FlowOperation } from '../operation';

/** Get Flow Details by Flow ID: GET /v2/<sid>/whatsapp/<flow_id>. */
export const get: FlowOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get flow',
	description: 'Read one flow, with just the fields you pick',
	writes: false,
	fields: [
		listWabaIdParameter,
		flowParameter,
		fieldsParameter(DETAIL_FIELDS),
		optionsParameter({ writes: false }),
	],
	async execute({ client, parameter }) {
		return [await client.getFlowDetails(parseFlowId(parameter), parseFields(parameter))];
	},
};
