import type { INodeProperties } from 'n8n-workflow';
import type { Flow } from '../../../kaleyra/flow';
import type { StopReason } from '../../../shared/http/pagination';
import { LIST_FIELDS } from '../../../kaleyra/constants';
import { InvalidInputError } from '../../../shared/errors';
import { filtersParameter, parseFilters } from '../../../kaleyra/parameters/filters';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { fieldsParameter, parseFields } from '../../../kaleyra/parameters/fields';
import { parseInteger } from '../../../shared/node/parameters';
import { parseWabaId, wabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import type { FlowOperation, GetParameter } from '../operation';

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
export const getMany: FlowOperation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many flows',
	description: 'List the flows of a WhatsApp Business Account',
	writes: false,
	fields: [
		wabaIdParameter,
		returnAllParameter,
		limitParameter,
		fieldsParameter(LIST_FIELDS),
		filtersParameter,
		optionsParameter({ writes: false }),
	],
	async execute({ client, parameter, hint }) {
		const wabaId = parseWabaId(parameter, client.defaultWabaId);
		const limit = parseLimit(parameter);
		const picked = parseFields(parameter);
		const filters = parseFilters(parameter);
		// The id tells flows of different pages apart; Kaleyra gives it unasked with details.
		const shown = picked.length === 0 ? [] : [...new Set(['id', ...picked])];
		const asked = picked.length === 0 ? [] : [...new Set([...shown, ...filters.needs])];
		const { rows, stopReason } = await client.getFlows(wabaId, asked, {
			limit,
			keep: filters.keep,
		});
		filters.assertFilterable();
		const remark = REMARKS[stopReason];
		if (remark) hint(`WABA ${wabaId}: ${remark} Flows returned: ${rows.length}.`);
		const extra = new Set(asked.filter((field) => !shown.includes(field)));
		return extra.size === 0 ? rows : rows.map((flow) => without(flow, extra));
	},
};

const REMARKS: Partial<Record<StopReason, string>> = {
	repeatedPage: 'Kaleyra began to repeat itself, so it cannot be told whether that was all.',
	maxPages: 'The list went on after 1,000 pages and was cut there.',
};

function parseLimit(parameter: GetParameter): number {
	const returnAll = parameter('returnAll', false);
	if (typeof returnAll !== 'boolean') {
		throw new InvalidInputError(
			`Return All is neither true nor false: ${JSON.stringify(returnAll)}`,
			'Switch it on or off, or let its expression give true or false, not text.',
		);
	}
	if (returnAll) return Infinity;
	return parseInteger(parameter('limit', 50), { name: 'Limit', min: 1 });
}

function without(flow: Flow, fields: Set<string>): Flow {
	return Object.fromEntries(Object.entries(flow).filter(([field]) => !fields.has(field)));
}
