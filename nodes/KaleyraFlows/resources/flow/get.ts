import { DETAIL_FIELDS } from '../../../kaleyra/constants';
import { simplifyHealthStatus } from '../../../kaleyra/healthStatus';
import { fieldsParameter, parseFields } from '../../../kaleyra/parameters/fields';
import { flowParameter, parseFlowId } from '../../../kaleyra/parameters/flow';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { parseSimplify, simplifyParameter } from '../../../kaleyra/parameters/simplify';
import { listWabaIdParameter } from '../../../kaleyra/parameters/wabaId';
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
		simplifyParameter,
		optionsParameter({ writes: false }),
	],
	async execute({ client, getParameter }) {
		const simplify = parseSimplify(getParameter);
		const flow = await client.getFlowDetails(parseFlowId(getParameter), parseFields(getParameter));
		return [simplify ? simplifyHealthStatus(flow) : flow];
	},
};
