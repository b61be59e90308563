import type { Flow } from './accounts.mts';

/** `double` accepts only `id%252Cname`, `single` only `id%2Cname` and `id,name`, `either` all of them. */
export type FieldsEncoding = 'double' | 'single' | 'either';

/** Source: Get Flow Details, fields returned when none is requested. */
const DEFAULT_FIELDS = ['categories', 'id', 'name', 'status', 'validation_errors'];

/** Source: Get Flows by WABA ID, note on `fields`. */
export const LIST_FIELDS = [...DEFAULT_FIELDS, 'updated_at'];

/** Source: Get Flow Details, values for `fields`. The default fields are inferred. */
export const DETAIL_FIELDS = [
	...DEFAULT_FIELDS,
	'json_version',
	'data_api_version',
	'endpoint_uri',
	'whatsapp_business_account',
	'application',
	'health_status',
];

/**
 * Parses the field names of a query value that the router has already decoded once. A list in an encoding that isn't
 * accepted is one unknown name.
 *
 * @param known the names that the page lists
 * @returns undefined for the default fields, 'rejected' if a name is unknown and not ignored (inferred)
 */
export function parseFields(
	value: unknown,
	known: string[],
	{ fields, unknownFields }: { fields: FieldsEncoding; unknownFields: 'reject' | 'ignore' },
): string[] | undefined | 'rejected' {
	if (value === undefined) return undefined;
	const once = [value].flat().join(',');
	const encodedTwice = /%2c/i.test(once);
	const encodedOnce = once.includes(',');
	const wrong = (fields === 'double' && encodedOnce) || (fields === 'single' && encodedTwice);
	const names = wrong ? [once] : decodeURIComponent(once).split(',');
	const rejected = unknownFields === 'reject' && names.some((name) => !known.includes(name));
	return rejected ? 'rejected' : names.filter((name) => known.includes(name));
}

/** The flow as Kaleyra returns it. Always includes the ID, as in the documented sample. */
export function toDetails(flow: Flow, wabaId: string, fields = DEFAULT_FIELDS): object {
	const all: Record<string, unknown> = {
		...flow,
		whatsapp_business_account: flow.whatsapp_business_account ?? {
			currency: 'INR',
			id: wabaId,
			message_template_namespace: '1c9639a3_37b1_4ca9_8b72_295e00000000',
			name: 'Mock API',
			timezone_id: '476',
		},
		application: flow.application ?? {
			id: '115760000000000',
			link: 'https://www.example.com/',
			name: 'Mock app',
		},
		health_status: flow.health_status ?? getHealth(flow, wabaId),
	};
	const requested = new Set(['id', ...fields]);
	return Object.fromEntries(
		Object.entries(all).filter(([field, value]) => requested.has(field) && value !== undefined),
	);
}

function getHealth({ id, status }: Flow, wabaId: string): object {
	const limits: Record<string, string> = {
		THROTTLED: 'LIMITED',
		BLOCKED: 'BLOCKED',
		DEPRECATED: 'BLOCKED',
	};
	const can = limits[status] ?? 'AVAILABLE';
	return {
		can_send_message: can,
		entities: [
			{ entity_type: 'FLOW', id, can_send_message: can },
			{ entity_type: 'WABA', id: wabaId, can_send_message: 'AVAILABLE' },
			{ entity_type: 'BUSINESS', id: '109000000000000', can_send_message: 'AVAILABLE' },
			{ entity_type: 'APP', id: '115760000000000', can_send_message: 'AVAILABLE' },
		],
	};
}
