import type { INodeProperties } from 'n8n-workflow';
import { LIST_FIELDS } from '../../../kaleyra/constants';
import type { Flow } from '../../../kaleyra/flow';
import {
	fieldsParameter,
	hintMissingFields,
	parseFields,
} from '../../../kaleyra/parameters/fields';
import {
	assertFilterable,
	filtersParameter,
	parseFilters,
} from '../../../kaleyra/parameters/filters';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { parseWabaId, wabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import type { StopReason } from '../../../shared/http/pagination';
import type { GetParameter } from '../../../shared/node/parameters';
import { isBlank, parseBoolean, parseInteger } from '../../../shared/node/parameters';
import type { FlowOperation } from '../operation';

const returnAllParameter: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limitParameter: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
};

const includeWabaIdOption: INodeProperties = {
	displayName: 'Include WABA ID',
	name: 'includeWabaId',
	type: 'boolean',
	default: false,
	description: "Whether to add 'waba_id' to each flow, for lists of several WABAs",
};

/** Get Flows by WABA ID: GET /v2/<sid>/whatsapp/<waba_id>/flows. One item per flow. */
export const getMany: FlowOperation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many flows',
	description: 'Retrieve a list of flows',
	writes: false,
	parameters: [
		wabaIdParameter,
		returnAllParameter,
		limitParameter,
		fieldsParameter(LIST_FIELDS),
		filtersParameter,
		optionsParameter({ writes: false, operationOptions: [includeWabaIdOption] }),
	],
	async execute({ client, getParameter, addHint, isTool, isExpression }) {
		const wabaId = parseWabaId(getParameter, client.defaultWabaId);
		if (isBlank(getParameter('wabaId', '')) && isExpression('wabaId')) {
			addHint(`'WABA ID' is empty for some items, so the credential's was used (${wabaId}).`);
		}
		const option = getParameter('options.includeWabaId', false);
		const includeWabaId = parseBoolean(option, 'Include WABA ID');
		const limit = parseLimit(getParameter);
		const fields = parseFields(getParameter, LIST_FIELDS);
		const filters = parseFilters(getParameter);
		// The ID identifies flows across pages; Kaleyra's details page returns it unrequested.
		const shown = fields.length === 0 ? [] : [...new Set(['id', ...fields])];
		const requested = shown.length === 0 ? [] : [...new Set([...shown, ...filters.requiredFields])];
		let returnedFields: Set<string> | undefined;
		const { rows, stopReason } = await client.getFlows(wabaId, requested, {
			limit,
			filter: (flow) => {
				returnedFields ??= new Set();
				for (const field of Object.keys(flow)) returnedFields.add(field);
				return filters.matches(flow);
			},
		});
		assertFilterable(filters, returnedFields);
		const hint = INCOMPLETE_LIST_HINTS[stopReason];
		if (hint) addHint(`WABA ${wabaId}: ${hint} Flows returned: ${rows.length}.`);
		if (returnedFields) hintMissingFields(shown, returnedFields, addHint);
		if (rows.length === 0 && isTool)
			return [describeEmptyList(wabaId, returnedFields !== undefined)];
		const extra = new Set(requested.filter((field) => !shown.includes(field)));
		const flows = extra.size === 0 ? rows : rows.map((flow) => omitFields(flow, extra));
		return includeWabaId ? flows.map((flow) => ({ ...flow, waba_id: wabaId })) : flows;
	},
};

const INCOMPLETE_LIST_HINTS: Partial<Record<StopReason, string>> = {
	repeatedPage: 'Kaleyra started to repeat pages, so the list may be incomplete.',
	maxPages: 'The list stops after 1,000 pages, so it may be incomplete.',
};

function describeEmptyList(wabaId: string, hasFlows: boolean) {
	const message = hasFlows
		? `WABA ${wabaId} has flows, but none matches the filters. Use other filters, or none.`
		: `WABA ${wabaId} has no flows.`;
	return { flows_found: 0, message };
}

function parseLimit(getParameter: GetParameter): number {
	if (parseBoolean(getParameter('returnAll', false), 'Return All')) return Infinity;
	return parseInteger(getParameter('limit', 50), { name: 'Limit', min: 1 });
}

function omitFields(flow: Flow, fields: Set<string>) {
	return Object.fromEntries(Object.entries(flow).filter(([field]) => !fields.has(field)));
}
