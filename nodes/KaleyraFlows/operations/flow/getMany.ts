import type { INodeProperties } from 'n8n-workflow';
import type { Flow } from '../../../api/flow';
import type { Ending } from '../../../engine/pages';
import { LIST_FIELDS } from '../../../api/vocabulary';
import { InvalidInput } from '../../../engine/refusal';
import { filtersField, readFilters } from '../../fields/filters';
import { optionsField } from '../../fields/options';
import { pickerField, readFields } from '../../fields/picker';
import { readWholeNumber } from '../../../engine/read';
import { readWabaId, wabaField } from '../../fields/waba';
import type { FlowOperation, Parameter } from '../operation';

const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limitField: INodeProperties = {
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
		wabaField,
		returnAllField,
		limitField,
		pickerField(LIST_FIELDS),
		filtersField,
		optionsField({ writes: false }),
	],
	async execute({ client, parameter, hint }) {
		const wabaId = readWabaId(parameter, client.defaultWabaId);
		const limit = readLimit(parameter);
		const picked = readFields(parameter);
		const filters = readFilters(parameter);
		// The id tells flows of different pages apart; Kaleyra gives it unasked with details.
		const shown = picked.length === 0 ? [] : [...new Set(['id', ...picked])];
		const asked = picked.length === 0 ? [] : [...new Set([...shown, ...filters.needs])];
		const { rows, ending } = await client.getFlows(wabaId, asked, { limit, keep: filters.keep });
		filters.refuseIfBlind();
		const remark = REMARKS[ending];
		if (remark) hint(`WABA ${wabaId}: ${remark} Flows returned: ${rows.length}.`);
		const extra = new Set(asked.filter((field) => !shown.includes(field)));
		return extra.size === 0 ? rows : rows.map((flow) => without(flow, extra));
	},
};

const REMARKS: Partial<Record<Ending, string>> = {
	repetition: 'Kaleyra began to repeat itself, so it cannot be told whether that was all.',
	'page cap': 'The list went on after 1,000 pages and was cut there.',
};

function readLimit(parameter: Parameter): number {
	const returnAll = parameter('returnAll', false);
	if (typeof returnAll !== 'boolean') {
		throw new InvalidInput(
			`Return All is neither true nor false: ${JSON.stringify(returnAll)}`,
			'Switch it on or off, or let its expression give true or false, not text.',
		);
	}
	if (returnAll) return Infinity;
	return readWholeNumber(parameter('limit', 50), { name: 'Limit', min: 1 });
}

function without(flow: Flow, fields: Set<string>): Flow {
	return Object.fromEntries(Object.entries(flow).filter(([field]) => !fields.has(field)));
}
