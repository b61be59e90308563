import { DETAIL_FIELDS } from '../../../api/vocabulary';
import { flowField, readFlowId } from '../../fields/flow';
import { optionsField } from '../../fields/options';
import { pickerField, readFields } from '../../fields/picker';
import { wabaOfListField } from '../../fields/waba';
import type { FlowOperation } from '../operation';

/** Get Flow Details by Flow ID: GET /v2/<sid>/whatsapp/<flow_id>. */
export const get: FlowOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get flow',
	description: 'Read one flow, with just the fields you pick',
	writes: false,
	fields: [wabaOfListField, flowField, pickerField(DETAIL_FIELDS), optionsField({ writes: false })],
	async execute({ client, parameter }) {
		return [await client.getFlowDetails(readFlowId(parameter), readFields(parameter))];
	},
};
