import type { INodeProperties } from 'n8n-workflow';
import { LIST_FIELDS } from '../../../kaleyra/constants';
import type { Flow } from '../../../kaleyra/flow';
import { fieldsParameter, parseFields } from '../../../kaleyra/parameters/fields';
import {
	assertFilterable,
	filtersParameter,
	parseFilters,
} from '../../../kaleyra/parameters/filters';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { parseWabaId, wabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import type { StopReason } from '../../../shared/http/pagination';
import type { GetParameter } from '../../../shared/node/parameters';
import { parseBoolean, parseInteger } from '../../../shared/node/parameters';
import type { KaleyraOperation } from '../operation';

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

/** Get Flows by WABA ID: GET /v2/<sid>/whatsapp/<waba_id>/flows. One item per flow. */
export const getMany: KaleyraOperation = {
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
		optionsParameter({ writes: false }),
	],
	async execute({ client, getParameter, addHint }) {
		const wabaId = parseWabaId(getParameter, client.defaultWabaId);
		const limit = parseLimit(getParameter);
		const fields = parseFields(getParameter);
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
		const extra = new Set(requested.filter((field) => !shown.includes(field)));
		return extra.size === 0 ? rows : rows.map((flow) => omitFields(flow, extra));
	},
};

const INCOMPLETE_LIST_HINTS: Partial<Record<StopReason, string>> = {
	repeatedPage: 'Kaleyra started to repeat pages, so the list may be incomplete.',
	maxPages: 'The list stops after 1,000 pages, so it may be incomplete.',
};

function parseLimit(getParameter: GetParameter): number {
	if (parseBoolean(getParameter('returnAll', false), 'Return All')) return Infinity;
	return parseInteger(getParameter('limit', 50), { name: 'Limit', min: 1 });
}

function omitFields(flow: Flow, fields: Set<string>) {
	return Object.fromEntries(Object.entries(flow).filter(([field]) => !fields.has(field)));
}
