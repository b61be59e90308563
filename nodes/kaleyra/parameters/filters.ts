import type { INodeProperties } from 'n8n-workflow';
import { DescribedError, InvalidInputError } from '../../shared/errors';
import type { GetParameter } from '../../shared/node/parameters';
import { parseStringList } from '../../shared/node/parameters';
import { CATEGORIES, STATUSES } from '../constants';
import type { Flow } from '../flow';

/** Filters for a list of flows. */
export const filtersParameter: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description:
		'A flow must match all filters. n8n applies them after reading, because Kaleyra has no filters.',
	options: [
		{
			displayName: 'Category',
			name: 'category',
			type: 'multiOptions',
			options: CATEGORIES,
			default: [],
			description:
				'Flows with any of these categories. Leave empty for all. An expression can return an array or comma-separated text, such as SURVEY,OTHER.',
		},
		{
			displayName: 'Name Contains',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. survey',
			description: 'Flows with this text in their name (case-insensitive). Leave empty for all.',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			options: STATUSES,
			default: [],
			description:
				'Flows with any of these statuses. Leave empty for all. An expression can return an array or comma-separated text, such as DRAFT,PUBLISHED.',
		},
	],
};

export interface Filters {
	matches: (flow: Flow) => boolean;
	/** The fields that the filters need. */
	requiredFields: string[];
}

/** @throws {InvalidInputError} if a filter has the wrong type */
export function parseFilters(getParameter: GetParameter): Filters {
	const statuses = toUpperCase(
		parseStringList(getParameter('filters.status', []), 'Status', 'DRAFT,PUBLISHED', STATUSES),
	);
	const categories = toUpperCase(
		parseStringList(getParameter('filters.category', []), 'Category', 'SIGN_UP,OTHER', CATEGORIES),
	);
	const name = getParameter('filters.name', '');
	if (typeof name !== 'string') {
		throw new InvalidInputError(
			"'Name Contains' must be text",
			'Enter part of the name, or leave it empty.',
		);
	}
	const text = name.trim().toLowerCase();
	return {
		requiredFields: [
			...(statuses.length > 0 ? ['status'] : []),
			...(categories.length > 0 ? ['categories'] : []),
			...(text === '' ? [] : ['name']),
		],
		matches: (flow) =>
			matchesAny(statuses, [flow.status]) &&
			matchesAny(categories, [flow.categories ?? []].flat()) &&
			String(flow.name ?? '')
				.toLowerCase()
				.includes(text),
	};
}

/**
 * Fails if Kaleyra returned flows, but none of them with a field that a filter needs.
 *
 * @param returnedFields all fields that any flow had; undefined if there was no flow
 * @throws {DescribedError}
 */
export function assertFilterable(
	{ requiredFields }: Filters,
	returnedFields: Set<string> | undefined,
): void {
	const missing = requiredFields.filter((field) => returnedFields?.has(field) === false);
	if (missing.length === 0) return;
	throw new DescribedError(
		`Can't filter by ${missing.map((field) => `'${field}'`).join(' and ')}: Kaleyra didn't return this field`,
		"Remove the filter, or remove unknown field names from 'Fields'.",
		'configuration-invalid',
	);
}

/** Whether the filter is empty or one of the values is in it. Kaleyra writes values in upper case. */
export function matchesAny(filter: string[], values: unknown[]): boolean {
	return filter.length === 0 || toUpperCase(values).some((value) => filter.includes(value));
}

export const toUpperCase = (values: unknown[]) =>
	values.map((value) => String(value).toUpperCase());
