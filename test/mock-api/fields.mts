import type { Flow } from './accounts.mts';

/** `double` accepts only `id%252Cname`, `single` only `id%2Cname` and `id,name`, `either` all of them. */
export type FieldsEncoding = 'double' | 'single' | 'either';

/** Source: Get Flow Details, fields returned when none is requested. */
const DEFAULT_FIELDS = ['categories', 'id', 'name', 'status', 'validation_errors'];

/**
 * Parses the field names of a query value that the router has already decoded once.
 *
 * @returns undefined for the default fields, 'rejected' for an encoding that is not accepted
 */
export function parseFields(
	value: unknown,
	{ fields, unknownFields }: { fields: FieldsEncoding; unknownFields: 'reject' | 'ignore' },
): string[] | undefined | 'rejected' {
	if (value === undefined) return undefined;
	const once = [value].flat().join(',');
	const encodedTwice = /%2c/i.test(once);
	const encodedOnce = once.includes(',');
	const wrong = (fields === 'double' && encodedOnce) || (fields === 'single' && encodedTwice);
	if (wrong) return unknownFields === 'reject' ? 'rejected' : ['id'];
	return decodeURIComponent(once).split(',');
}

/** The flow as Kaleyra returns it. Always includes the ID, as in the documented sample. */
export function toDetails(flow: Flow, wabaId: string, fields = DEFAULT_FIELDS): object {
	const { flow_json: _, ...metadata } = flow;
	const all: Record<string, unknown> = {
		...metadata,
		whatsapp_business_account: {
			currency: 'INR',
			id: wabaId,
			message_template_namespace: '1c9639a3_37b1_4ca9_8b72_295e00000000',
			name: 'Mock API',
			timezone_id: '476',
		},
		application: { id: '115760000000000', link: 'https://www.example.com/', name: 'Mock app' },
		health_status: getHealth(flow, wabaId),
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
