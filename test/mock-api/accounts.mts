import { createSampleFlowJson } from './phone/sampleFlows.mts';

/** The mock API's data: accounts with their WABAs, and flows with their lifecycle. */

export type Status = 'DRAFT' | 'PUBLISHED' | 'DEPRECATED' | 'BLOCKED' | 'THROTTLED';

export interface Flow {
	id: string;
	name: string;
	status: Status;
	categories: string[];
	validation_errors: object[];
	updated_at: string;
	json_version: string;
	/** The definition of its screens. Not a field of the details. */
	flow_json: string;
	/** Set only for flows with an endpoint, as is data_api_version. */
	endpoint_uri?: string;
	data_api_version?: string;
	/** Replace what the mock API derives from the flow and its account. */
	health_status?: object;
	whatsapp_business_account?: object;
	application?: object;
}

export interface Account {
	sid: string;
	apiKey: string;
	/** If false, writes fail with "API is not available for given customer". */
	enabled: boolean;
	/** Flows by WABA ID, in list order. */
	wabas: Map<string, Flow[]>;
	/** E.164 with a leading +. */
	phoneNumber: string;
}

export const ENDPOINT = 'https://flows.example.com/endpoint';

/** Creates a valid draft, with changes. */
export function flow(id: string, changes: Partial<Flow> = {}): Flow {
	return {
		id,
		name: `Flow ${id}`,
		status: 'DRAFT',
		categories: ['OTHER'],
		validation_errors: [],
		updated_at: '2026-10-01T08:00:00+0000',
		json_version: '7.1',
		flow_json: createSampleFlowJson(changes.name ?? `Flow ${id}`),
		...changes,
	};
}

/** A flow with one screen, as text. */
export const createFlowJson = (title: string): string =>
	JSON.stringify(
		{
			version: '7.1',
			screens: [
				{
					id: 'WELCOME',
					title,
					terminal: true,
					data: {},
					layout: {
						type: 'SingleColumnLayout',
						children: [
							{
								type: 'Footer',
								label: 'Done',
								'on-click-action': { name: 'complete', payload: {} },
							},
						],
					},
				},
			],
		},
		null,
		2,
	);

/** Source: Get Flow Details, example of validation_errors. */
export const VALIDATION_ERROR = {
	error: 'INVALID_PROPERTY_VALUE',
	error_type: 'FLOW_JSON_ERROR',
	message: "Invalid value found for property 'type'.",
	line_start: 10,
	line_end: 10,
	column_start: 21,
	column_end: 34,
	pointers: [
		{
			line_start: 10,
			line_end: 10,
			column_start: 21,
			column_end: 34,
			path: 'screens[0].layout.children[0].type',
		},
	],
};

/** The account that the playground and the tests use. Kaleyra has no such SID or key. */
export function createAccount(): Account {
	const endpoint = { endpoint_uri: ENDPOINT, data_api_version: '3.0' };
	return {
		sid: 'HXAP0000000000IN',
		apiKey: 'A0mockapi0mockapi0mockapi0mockapi',
		enabled: true,
		phoneNumber: '+919800000000',
		wabas: new Map([
			[
				'102290129340398',
				[
					flow('900000000000001', {
						name: 'Book an appointment',
						categories: ['APPOINTMENT_BOOKING'],
					}),
					flow('900000000000002', {
						name: 'Customer survey',
						status: 'PUBLISHED',
						categories: ['SURVEY', 'CUSTOMER_SUPPORT'],
					}),
					flow('900000000000003', {
						name: 'Sign up for the newsletter',
						categories: ['SIGN_UP'],
						validation_errors: [VALIDATION_ERROR],
					}),
					flow('900000000000004', { name: 'Track an order', status: 'THROTTLED', ...endpoint }),
					flow('900000000000005', { name: 'Pay an invoice', status: 'BLOCKED', ...endpoint }),
					flow('900000000000006', { name: 'Summer raffle', status: 'DEPRECATED' }),
					flow('900000000000007', {
						name: 'Ask for a quote',
						status: 'PUBLISHED',
						categories: ['LEAD_GENERATION'],
						...endpoint,
					}),
				],
			],
			['102290129340399', []],
		]),
	};
}

/** @returns whether the flow was published: only a draft without validation errors can be */
export function publish(target: Flow): boolean {
	if (target.status !== 'DRAFT' || target.validation_errors.length > 0) return false;
	target.status = 'PUBLISHED';
	return true;
}

/**
 * Updates metadata. A flow that was published becomes a draft, also if it's blocked or throttled since: the endpoint of
 * such a flow can be replaced. Names are unique per WABA. Only Publish Flow says that editing returns a flow to draft;
 * the rest is inferred.
 *
 * @returns whether the flow was changed
 */
export function update(
	target: Flow,
	siblings: Flow[],
	changes: Partial<Pick<Flow, 'name' | 'categories' | 'endpoint_uri'>>,
): boolean {
	if (target.status === 'DEPRECATED') return false;
	if (siblings.some((other) => other !== target && other.name === changes.name)) return false;
	Object.assign(target, changes, { status: 'DRAFT' });
	return true;
}
