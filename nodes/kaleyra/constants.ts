import type { INodePropertyOptions } from 'n8n-workflow';
import { COMMON_CATEGORIES } from '../shared/whatsappFlows/categories';

/** Kaleyra's values, each with the page that documents it. Values that Meta adds later pass through everywhere. */

/**
 * Pods and their API domains. Source: "API Domain and Value". The pages that read flows (Get Flows by WABA ID,
 * Get Flow Details) and those that change them (Publish Flow, Update Flow Metadata) list different domains for
 * Singapore; only the former list North America.
 */
export const PODS = {
	in: { name: 'India', host: 'api.in.kaleyra.io', description: "On all of Kaleyra's pages" },
	sg: {
		name: 'Singapore',
		host: 'api.kaleyra.io',
		description: "On Kaleyra's pages about reading flows, not on those about changing them",
	},
	sgLegacy: {
		name: 'Singapore',
		host: 'api.ap.kaleyra.io',
		description: "On Kaleyra's pages about changing flows, not on those about reading them",
	},
	eu: { name: 'Europe', host: 'api.eu.kaleyra.io', description: "On all of Kaleyra's pages" },
	na: {
		name: 'North America',
		host: 'api.na.kaleyra.ai',
		description: "On Kaleyra's pages about reading flows, not on those about changing them",
	},
} as const;

/** Source: Get Flows by WABA ID, values of `status`. */
export const STATUSES: INodePropertyOptions[] = [
	{
		value: 'BLOCKED',
		name: 'Blocked',
		description: "Unhealthy endpoint. Can't be sent or opened until the endpoint is fixed.",
	},
	{
		value: 'DEPRECATED',
		name: 'Deprecated',
		description: "Retired permanently. Can't be sent, opened, deleted, or restored.",
	},
	{
		value: 'DRAFT',
		name: 'Draft',
		description: 'In development. Can only be sent in draft mode (mode: draft), for testing.',
	},
	{
		value: 'PUBLISHED',
		name: 'Published',
		description: "Can be sent to customers. Can't be deleted, only deprecated.",
	},
	{
		value: 'THROTTLED',
		name: 'Throttled',
		description:
			'Unhealthy endpoint. Can be opened, but only 10 messages per hour can be sent until the endpoint is fixed.',
	},
];

/** Source: Update Flow Metadata, supported categories. */
export const CATEGORIES = sortByName([
	...COMMON_CATEGORIES,
	{ value: 'SHOPPING', name: 'Shopping' },
]);

const BASIC_FIELDS: INodePropertyOptions[] = [
	{
		value: 'categories',
		name: 'Categories',
		description:
			'What the flow is for: SIGN_UP, SIGN_IN, APPOINTMENT_BOOKING, LEAD_GENERATION, SHOPPING, CONTACT_US, CUSTOMER_SUPPORT, SURVEY, or OTHER',
	},
	{ value: 'id', name: 'ID', description: 'The flow ID' },
	{ value: 'name', name: 'Name', description: "The name, which customers don't see" },
	{
		value: 'status',
		name: 'Status',
		description: 'DRAFT, PUBLISHED, DEPRECATED, BLOCKED, or THROTTLED',
	},
	{
		value: 'validation_errors',
		name: 'Validation Errors',
		description: 'Errors in the flow JSON; must be empty before publishing',
	},
];

/** Source: Get Flows by WABA ID, note on `fields`. */
export const LIST_FIELDS = sortByName([
	...BASIC_FIELDS,
	{ value: 'updated_at', name: 'Updated At', description: 'When the flow was last changed' },
]);

/** Source: Get Flow Details, values for `fields`. It lists the basic ones as the default fields only (inferred). */
export const DETAIL_FIELDS = sortByName([
	...BASIC_FIELDS,
	{
		value: 'application',
		name: 'Application',
		description: 'ID, name, and optionally link of the Meta app of the flow',
	},
	{
		value: 'data_api_version',
		name: 'Data API Version',
		description: 'From 1.0 to 7.1. Only for flows with an endpoint.',
	},
	{
		value: 'endpoint_uri',
		name: 'Endpoint URI',
		description:
			'The URL of your server that WhatsApp sends requests to on events in the flow. Only for flows with an endpoint.',
	},
	{
		value: 'health_status',
		name: 'Health Status',
		description:
			'Whether messages can be sent: AVAILABLE, LIMITED, or BLOCKED. Overall, and for each FLOW, WABA, BUSINESS, and APP.',
	},
	{
		value: 'json_version',
		name: 'JSON Version',
		description: 'Version of the flow JSON, from 1.0 to 7.1',
	},
	{
		value: 'whatsapp_business_account',
		name: 'WhatsApp Business Account',
		description:
			'ID, name, billing currency, time zone, and message template namespace of the account',
	},
]);

function sortByName<TOption extends { name: string }>(options: TOption[]): TOption[] {
	return [...options].sort((a, b) => a.name.localeCompare(b.name));
}
