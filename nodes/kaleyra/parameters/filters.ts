import type { INodeProperties } from 'n8n-workflow';
import type { Flow } from '../flow';
import { CATEGORIES, STATUSES } from '../constants';
import { InvalidInputError } from '../../shared/errors';
import type { GetParameter } from '../../shared/node/parameters';
import { parseStringList } from '../../shared/node/parameters';

/** Filters of a list of flows. */
export const filtersParameter: INodeProperties = {
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

export interface Filters {
	/** Whether a flow passes. */
	keep: (flow: Flow) => boolean;
	/** The fields that this takes. */
	needs: string[];
	/** @throws {InvalidInput} where flows were looked at, and none of them had such a field */
	assertFilterable: () => void;
}

/** @throws {InvalidInput} where a filter is no list of words */
export function parseFilters(parameter: GetParameter): Filters {
	const statuses = parseStringList(
		parameter('filters.status', []),
		'Status',
		'DRAFT,PUBLISHED',
	).map(toUpperCase);
	const categories = parseStringList(
		parameter('filters.category', []),
		'Category',
		'SIGN_UP,OTHER',
	).map(toUpperCase);
	const name = parameter('filters.name', '');
	if (typeof name !== 'string') {
		throw new InvalidInputError(
			'Name Contains is no text',
			'Enter a part of the name, or leave it empty.',
		);
	}
	const part = name.trim().toLowerCase();
	const needs = [
		...(statuses.length > 0 ? ['status'] : []),
		...(categories.length > 0 ? ['categories'] : []),
		...(part === '' ? [] : ['name']),
	];
	const matchesEvent = (flow: Flow) =>
		(statuses.length === 0 || statuses.includes(toUpperCase(flow['status']))) &&
		(categories.length === 0 || categoriesOf(flow).some((each) => categories.includes(each))) &&
		String(flow['name'] ?? '')
			.toLowerCase()
			.includes(part);
	const unseen = new Set(needs);
	let looked = false;
	return {
		needs,
		keep: (flow) => {
			looked = true;
			for (const field of needs) if (field in flow) unseen.delete(field);
			return matchesEvent(flow);
		},
		assertFilterable: () => {
			if (!looked || unseen.size === 0) return;
			throw new InvalidInputError(
				`Kaleyra gave no ${[...unseen].join(' and no ')} of any flow, so the filter cannot be applied`,
				'Remove the filter, or from Fields the names that Kaleyra may not know.',
			);
		},
	};
}

function categoriesOf(flow: Flow): string[] {
	return [flow['categories'] ?? []].flat().map(toUpperCase);
}

/** As Kaleyra writes statuses and categories. */
const toUpperCase = (word: unknown) => String(word).toUpperCase();
