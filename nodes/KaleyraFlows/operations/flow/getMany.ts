import type { INodeProperties } from 'n8n-workflow';
import type { Flow } from '../../../api/flow';
import { CATEGORIES, LIST_FIELDS, STATUSES } from '../../../api/vocabulary';
import { InvalidInput } from '../../../engine/refusal';
import { optionsField, wholeNumber } from '../../fields/options';
import { pickerField, readFields, readWords } from '../../fields/picker';
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

const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description:
		'Applied here after reading, because Kaleyra has none. A flow must pass all of them.',
	options: [
		{
			displayName: 'Category',
			name: 'category',
			type: 'multiOptions',
			options: CATEGORIES,
			default: [],
			description: 'Flows with any of these categories',
		},
		{
			displayName: 'Name Contains',
			name: 'name',
			type: 'string',
			default: '',
			description: 'Flows with this text in their name, in capital or small letters',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			options: STATUSES,
			default: [],
			description: 'Flows with any of these statuses',
		},
	],
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
		const { keep, needs } = readFilters(parameter);
		// The id tells flows of different pages apart; Kaleyra gives it unasked with details.
		const shown = picked.length === 0 ? [] : [...new Set(['id', ...picked])];
		const asked = picked.length === 0 ? [] : [...new Set([...shown, ...needs])];
		const { rows, ending } = await client.getFlows(wabaId, asked, { limit, keep });
		const remark = REMARKS[ending];
		if (remark) hint(`WABA ${wabaId}: ${remark} ${rows.length} flows were returned.`);
		const extra = new Set(asked.filter((field) => !shown.includes(field)));
		return extra.size === 0 ? rows : rows.map((flow) => without(flow, extra));
	},
};

const REMARKS: Record<string, string | undefined> = {
	repetition: 'Kaleyra began to repeat itself before the list ended, so flows may be missing.',
	'page cap': 'The list went on after 1,000 pages and was cut there.',
};

function readLimit(parameter: Parameter): number {
	if (parameter('returnAll', false) === true) return Infinity;
	return wholeNumber(parameter('limit', 50), { name: 'Limit', min: 1 });
}

/** Which flows to keep, and the fields that this takes. */
function readFilters(parameter: Parameter): { keep: (flow: Flow) => boolean; needs: string[] } {
	const statuses = readWords(parameter('filters.status', []), 'Status');
	const categories = readWords(parameter('filters.category', []), 'Category');
	const name = parameter('filters.name', '');
	if (typeof name !== 'string') {
		throw new InvalidInput(
			'Name Contains is no text',
			'Enter a part of the name, or leave it empty.',
		);
	}
	const part = name.trim().toLowerCase();
	return {
		keep: (flow) =>
			(statuses.length === 0 || statuses.includes(String(flow['status']))) &&
			(categories.length === 0 || categoriesOf(flow).some((each) => categories.includes(each))) &&
			String(flow['name'] ?? '')
				.toLowerCase()
				.includes(part),
		needs: [
			...(statuses.length > 0 ? ['status'] : []),
			...(categories.length > 0 ? ['categories'] : []),
			...(part === '' ? [] : ['name']),
		],
	};
}

function categoriesOf(flow: Flow): string[] {
	return [flow['categories'] ?? []].flat().map(String);
}

function without(flow: Flow, fields: Set<string>): Flow {
	return Object.fromEntries(Object.entries(flow).filter(([field]) => !fields.has(field)));
}
