/** Kaleyra's own words, each with the page that says so. New ones from Meta are let through everywhere. */

export interface INodePropertyOptions {
	value: string;
	name: string;
	description: string;
}

/**
 * Pods and their API domains. Source: "API Domain and Value" of Get Flows by WABA ID and Get Flow
 * Details (newer: Singapore is api.kaleyra.io, North America ends in .ai), of Publish Flow and Update
 * Flow Metadata (older: Singapore is api.ap.kaleyra.io).
 */
export const PODS = {
	in: { name: 'India', host: 'api.in.kaleyra.io' },
	sg: { name: 'Singapore', host: 'api.kaleyra.io' },
	sgLegacy: { name: 'Singapore (Older Domain)', host: 'api.ap.kaleyra.io' },
	eu: { name: 'Europe', host: 'api.eu.kaleyra.io' },
	na: { name: 'North America', host: 'api.na.kaleyra.ai' },
} as const;

/** Source: Get Flows by WABA ID, values of `status`. */
export const STATUSES: INodePropertyOptions[] = [
	{
		value: 'BLOCKED',
		name: 'Blocked',
		description: 'Its endpoint is unhealthy: cannot be sent or opened',
	},
	{ value: 'DEPRECATED', name: 'Deprecated', description: 'Retired by its developer, for good' },
	{ value: 'DRAFT', name: 'Draft', description: 'Under development: can be sent for testing only' },
	{ value: 'PUBLISHED', name: 'Published', description: 'Can be sent to customers' },
	{
		value: 'THROTTLED',
		name: 'Throttled',
		description: 'Its endpoint is unhealthy: only 10 messages an hour can be sent',
	},
];

/** Source: Update Flow Metadata, supported categories. */
export const CATEGORIES = [
	{ value: 'APPOINTMENT_BOOKING', name: 'Appointment Booking' },
	{ value: 'CONTACT_US', name: 'Contact Us' },
	{ value: 'CUSTOMER_SUPPORT', name: 'Customer Support' },
	{ value: 'LEAD_GENERATION', name: 'Lead Generation' },
	{ value: 'OTHER', name: 'Other' },
	{ value: 'SHOPPING', name: 'Shopping' },
	{ value: 'SIGN_IN', name: 'Sign In' },
	{ value: 'SIGN_UP', name: 'Sign Up' },
	{ value: 'SURVEY', name: 'Survey' },
];

const BASIC_FIELDS: INodePropertyOptions[] = [
	{ value: 'categories', name: 'Categories', description: 'What the flow is for' },
	{ value: 'id', name: 'ID', description: 'The flow ID' },
	{ value: 'name', name: 'Name', description: 'The name that only you see' },
	{ value: 'status', name: 'Status', description: 'Where the flow is in its life' },
	{
		value: 'validation_errors',
		name: 'Validation Errors',
		description: 'What is wrong with the flow JSON; must be empty before publishing',
	},
];

/** Source: Get Flows by WABA ID, note on `fields`. */
export const LIST_FIELDS: INodePropertyOptions[] = byName([
	...BASIC_FIELDS,
	{ value: 'updated_at', name: 'Updated At', description: 'When the flow was last changed' },
]);

/** Source: Get Flow Details, values for `fields`; the basic ones are given when nothing is asked for. */
export const DETAIL_FIELDS: INodePropertyOptions[] = byName([
	...BASIC_FIELDS,
	{
		value: 'application',
		name: 'Application',
		description: 'The Meta app that the flow belongs to',
	},
	{
		value: 'data_api_version',
		name: 'Data API Version',
		description: 'Version of the data API; only of flows with an endpoint',
	},
	{
		value: 'endpoint_uri',
		name: 'Endpoint URI',
		description: 'Where WhatsApp sends what people enter in the flow',
	},
	{
		value: 'health_status',
		name: 'Health Status',
		description: 'Whether flow, WABA, business and app can send messages',
	},
	{ value: 'json_version', name: 'JSON Version', description: 'Version of the flow JSON' },
	{
		value: 'whatsapp_business_account',
		name: 'WhatsApp Business Account',
		description: 'The account that the flow belongs to',
	},
]);

function byName(words: INodePropertyOptions[]): INodePropertyOptions[] {
	return words.sort((a, b) => a.name.localeCompare(b.name));
}
