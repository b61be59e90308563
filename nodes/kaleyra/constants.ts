import type { INodePropertyOptions } from 'n8n-workflow';
import { COMMON_CATEGORIES } from '../shared/whatsappFlows/categories';

/** Kaleyra's values, each with the page that documents it. Values that Meta adds later pass through everywhere. */

/**
 * Pods and their API domains. Source: "API Domain and Value" on Get Flows by WABA ID and Get Flow Details
 * (newer: Singapore is api.kaleyra.io, North America ends in .ai), and on Publish Flow and Update Flow
 * Metadata (older: Singapore is api.ap.kaleyra.io).
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
		description: "Unhealthy endpoint: can't be sent or opened",
	},
	{ value: 'DEPRECATED', name: 'Deprecated', description: 'Permanently retired by its developer' },
	{ value: 'DRAFT', name: 'Draft', description: 'In development: can be sent for testing only' },
	{ value: 'PUBLISHED', name: 'Published', description: 'Can be sent to customers' },
	{
		value: 'THROTTLED',
		name: 'Throttled',
		description: 'Unhealthy endpoint: at most 10 messages per hour can be sent',
	},
];

/** Source: Update Flow Metadata, supported categories. */
export const CATEGORIES = sortByName([
	...COMMON_CATEGORIES,
	{ value: 'SHOPPING', name: 'Shopping' },
]);

const BASIC_FIELDS: INodePropertyOptions[] = [
	{ value: 'categories', name: 'Categories', description: 'What the flow is for' },
	{ value: 'id', name: 'ID', description: 'The flow ID' },
	{ value: 'name', name: 'Name', description: "The name, which customers don't see" },
	{ value: 'status', name: 'Status', description: 'Lifecycle status' },
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

/** Source: Get Flow Details, values for `fields`. The basic ones are returned by default. */
export const DETAIL_FIELDS = sortByName([
	...BASIC_FIELDS,
	{
		value: 'application',
		name: 'Application',
		description: 'The Meta app that the flow belongs to',
	},
	{
		value: 'data_api_version',
		name: 'Data API Version',
		description: 'Version of the data API; only for flows with an endpoint',
	},
	{
		value: 'endpoint_uri',
		name: 'Endpoint URI',
		description: 'The URL that WhatsApp sends data exchange requests to',
	},
	{
		value: 'health_status',
		name: 'Health Status',
		description: 'Whether the flow, WABA, business, and app can send messages',
	},
	{ value: 'json_version', name: 'JSON Version', description: 'Version of the flow JSON' },
	{
		value: 'whatsapp_business_account',
		name: 'WhatsApp Business Account',
		description: 'The account that the flow belongs to',
	},
]);

function sortByName<TOption extends { name: string }>(options: TOption[]): TOption[] {
	return [...options].sort((a, b) => a.name.localeCompare(b.name));
}
