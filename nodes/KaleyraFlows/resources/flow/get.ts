import { DETAIL_FIELDS } from '../../../kaleyra/constants';
import { getValidationErrors } from '../../../kaleyra/flow';
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
import { parseBoolean } from '../../../shared/node/parameters';
import {
	splitValidationErrors,
	splitValidationErrorsOption,
} from '../../../shared/whatsappFlows/validationErrors';
import type { FlowOperation } from '../operation';

/** Get Flow Details by Flow ID: GET /v2/<sid>/whatsapp/<flow_id>. */
export const get: FlowOperation = {
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
		optionsParameter({ writes: false, operationOptions: [splitValidationErrorsOption] }),
	],
	async execute({ client, getParameter, addHint }) {
		const option = getParameter('options.splitValidationErrors', false);
		const split = parseBoolean(option, 'One Item per Validation Error');
		const simplify = parseSimplify(getParameter);
		const fields = split ? [] : parseFields(getParameter, DETAIL_FIELDS);
		const id = await resolveFlowId({ client, getParameter });
		const flow = await client.getFlowDetails(id, fields);
		if (split) return splitValidationErrors(flow, getValidationErrors(flow));
		const documented = DETAIL_FIELDS.map(({ value }) => value);
		hintMissingFields(
			fields.filter((field) => !documented.includes(field)),
			Object.keys(flow),
			addHint,
		);
		return [simplify ? simplifyHealthStatus(flow) : flow];
	},
};
