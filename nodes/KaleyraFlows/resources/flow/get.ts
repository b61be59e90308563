import { DETAIL_FIELDS } from '../../../kaleyra/constants';
import { simplifyHealthStatus } from '../../../kaleyra/healthStatus';
import {
	fieldsParameter,
	hintMissingFields,
	parseFields,
} from '../../../kaleyra/parameters/fields';
import { flowParameter, resolveFlowId } from '../../../kaleyra/parameters/flow';
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
		flowParameter,
		listWabaIdParameter,
		fieldsParameter(DETAIL_FIELDS),
		simplifyParameter,
		optionsParameter({ writes: false }),
	],
	async execute({ client, getParameter, addHint }) {
		const simplify = parseSimplify(getParameter);
		const fields = parseFields(getParameter, DETAIL_FIELDS);
		const id = await resolveFlowId({ client, getParameter });
		const flow = await client.getFlowDetails(id, fields);
		const documented = DETAIL_FIELDS.map(({ value }) => value);
		hintMissingFields(
			fields.filter((field) => !documented.includes(field)),
			Object.keys(flow),
			addHint,
		);
		return [simplify ? simplifyHealthStatus(flow) : flow];
	},
};
