import type { Flow } from './accounts.mts';

/** `double` takes `id%252Cname` only, `single` takes `id%2Cname` and `id,name` only, `either` takes all. */
export type FieldsEncoding = 'double' | 'single' | 'either';

/** Source: Get Flow Details, fields given when none is asked for. */
const DEFAULT_FIELDS = ['categories', 'id', 'name', 'status', 'validation_errors'];

/**
 * The field names in a query value that the server's library has decoded once.
 *
 * @returns undefined for the default ones, 'refused' where the form is not understood
 */
export function pick(
	value: unknown,
	{ fields, unknownFields }: { fields: FieldsEncoding; unknownFields: 'refuse' | 'ignore' },
): string[] | undefined | 'refused' {
	if (value === undefined) return undefined;
	const once = [value].flat().join(',');
	const encodedTwice = /%2c/i.test(once);
	const encodedOnce = once.includes(',');
	const wrong = (fields === 'double' && encodedOnce) || (fields === 'single' && encodedTwice);
	if (wrong) return unknownFields === 'refuse' ? 'refused' : ['id'];
	return decodeURIComponent(once).split(',');
}

/** What Kaleyra gives of a flow; the id always, as in the page's sample. */
export function detailsOf(flow: Flow, wabaId: string, fields = DEFAULT_FIELDS): object {
	const all: Record<string, unknown> = {
		...flow,
		whatsapp_business_account: {
			currency: 'INR',
			id: wabaId,
			message_template_namespace: '1c9639a3_37b1_4ca9_8b72_295e00000000',
			name: 'Mock API',
			timezone_id: '476',
		},
		application: { id: '115760000000000', link: 'https://www.example.com/', name: 'Mock app' },
		health_status: healthOf(flow, wabaId),
	};
	const asked = new Set(['id', ...fields]);
	return Object.fromEntries(
		Object.entries(all).filter(([field, value]) => asked.has(field) && value !== undefined),
	);
}

function healthOf({ id, status }: Flow, wabaId: string): object {
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
