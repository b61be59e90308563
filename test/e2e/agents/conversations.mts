import type { Flow } from '../../mock-api/accounts.mts';
import type { ToolCall } from '../../mock-api/model/ModelServer.mts';

export interface ScriptedConversation {
	/** What the model does, as the test's title. */
	title: string;
	calls: ToolCall[];
	/** What the model reads for each call. */
	results: (string | RegExp)[];
	/** What changes, by flow ID. Nothing else may change. */
	changes?: Record<string, Partial<Flow>>;
}

const EMPTY_FILTERS = { WABA_ID: '', Fields: '', Status: '', Category: '', Name_Contains: '' };
const list = (input: Partial<typeof EMPTY_FILTERS>): ToolCall => ({
	tool: 'Get_many_flows',
	input: { ...EMPTY_FILTERS, ...input },
});
const get = (flow: unknown): ToolCall => ({ tool: 'Get_flow', input: { Flow: flow } });
const getById = (flow: unknown, fields = ''): ToolCall => ({
	tool: 'Get_flow_by_ID',
	input: { Flow: flow, Fields: fields },
});
const publish = (flow: string): ToolCall => ({ tool: 'Publish_flow', input: { Flow: flow } });
const UNCHANGED = { Name: '', Categories: '', Endpoint_URI: '' };
const update = (flow: string, input: Record<string, unknown>): ToolCall => ({
	tool: 'Update_flow',
	input: { Flow: flow, ...UNCHANGED, ...input },
});

/** Tool calls that a model may well make. Flows and WABAs are those of the mock API. */
export const CONVERSATIONS: ScriptedConversation[] = [
	{
		title: 'gets a flow by its name',
		calls: [get('Customer survey')],
		results: [/"id":"900000000000002".*"status":"PUBLISHED"/],
	},
	{
		title: 'gets a flow by its ID where a name is expected',
		calls: [get('900000000000002')],
		results: [/"name":"Customer survey"/],
	},
	{
		title: 'misspells a name, and then uses the suggested one',
		calls: [get('Custmer survey'), get('Customer survey')],
		results: [
			/No flow is named .*Use an exact name or a flow ID\. The most similar flows are .{0,3}Customer survey.{0,3} \(ID 900000000000002\)/,
			/"id":"900000000000002"/,
		],
	},
	{
		title: 'writes a name in lower case',
		calls: [get('customer survey')],
		results: [/The most similar flows are .{0,3}Customer survey.{0,3} \(ID 900000000000002\)/],
	},
	{
		title: 'passes a URL where a name is expected',
		calls: [get('https://business.facebook.com/wa/manage/flows/900000000000002/')],
		results: [/"name":"Customer survey"/],
	},
	{
		title: 'passes an empty string for a flow',
		calls: [get('')],
		results: [/'Flow' is empty\. Enter the exact name of a flow, or its ID/],
	},
	{
		title: 'passes a name where an ID is expected',
		calls: [getById('Customer survey')],
		results: [/'Flow ID' must contain only digits.*You can find it with Get Many/],
	},
	{
		title: 'passes a number where an ID is expected',
		calls: [getById(900000000000002)],
		results: [/"name":"Customer survey"/],
	},
	{
		title: 'passes an ID with masked digits',
		calls: [getById('9000XXXXXXXX002')],
		results: [/must contain only digits.*Enter the whole ID/],
	},
	{
		title: 'invents an ID',
		calls: [getById('123456789012345')],
		results: [/does not belong to the account\. Check the flow ID/],
	},
	{
		title: 'lists fields as JSON text',
		calls: [list({ Fields: '["name","status"]' })],
		results: [/"name":"Book an appointment","status":"DRAFT"/],
	},
	{
		title: 'lists fields by their labels',
		calls: [getById('900000000000002', 'Name, Health Status')],
		results: [/"name":"Customer survey".*"flow_can_send_message"/],
	},
	{
		title: 'lists fields in Python notation, and then as JSON',
		calls: [list({ Fields: "['name']" }), list({ Fields: '["name"]' })],
		results: [
			/'Fields' starts with \[ but isn't a JSON array.*Pass an array or a comma-separated list, such as id,name,status/,
			/"name":"Customer survey"/,
		],
	},
	{
		title: 'filters by a status as JSON text',
		calls: [list({ Fields: 'name', Status: '["PUBLISHED"]' })],
		results: [/Customer survey.*Ask for a quote/],
	},
	{
		title: 'filters by statuses in words',
		calls: [list({ Fields: 'name', Status: 'throttled, Blocked' })],
		results: [/Track an order.*Pay an invoice/],
	},
	{
		title: 'filters by a status that does not exist',
		calls: [list({ Status: 'LIVE' })],
		results: [/"flows_found":0,"message":"WABA 102290129340398 has flows, but none matches/],
	},
	{
		title: 'lists a WABA without flows',
		calls: [list({ WABA_ID: '102290129340399' })],
		results: [/"flows_found":0,"message":"WABA 102290129340399 has no flows\."/],
	},
	{
		title: 'passes words for a WABA ID',
		calls: [list({ WABA_ID: 'my waba' })],
		results: [/'WABA ID' must contain only digits.*A WABA ID contains only digits, such as/],
	},
	{
		title: 'invents a WABA ID',
		calls: [list({ WABA_ID: '55' })],
		results: [/Kaleyra found no WABA 55 in this account\. Check the WABA ID/],
	},
	{
		title: 'publishes a draft by its name',
		calls: [publish('Book an appointment')],
		results: [
			/"name":"Book an appointment","success":true,"status":"PUBLISHED","previous_status":"DRAFT"/,
		],
		changes: { '900000000000001': { status: 'PUBLISHED' } },
	},
	{
		title: 'publishes a flow twice',
		calls: [publish('900000000000001'), publish('900000000000001')],
		results: [/"success":true/, /"success":true.*"already_published":true/],
		changes: { '900000000000001': { status: 'PUBLISHED' } },
	},
	{
		title: 'publishes a flow with a validation error',
		calls: [publish('Sign up for the newsletter')],
		results: [
			/1 validation error .*\(line 10, screens\[0\].*Fix the flow JSON in WhatsApp Manager/,
		],
	},
	{
		title: 'publishes a throttled flow',
		calls: [publish('Track an order')],
		results: [/can't be published in status THROTTLED\. .*Fix the endpoint/],
	},
	{
		title: 'publishes a deprecated flow',
		calls: [publish('Summer raffle')],
		results: [/can't be published in status DEPRECATED\. .*Clone it and publish the clone/],
	},
	{
		title: 'publishes by a name where an ID is expected',
		calls: [{ tool: 'Publish_flow_by_ID', input: { Flow: 'Book an appointment' } }],
		results: [/'Flow ID' must contain only digits.*You can find it with Get Many/],
	},
	{
		title: 'renames a draft and leaves the other fields blank',
		calls: [update('Book an appointment', { Name: 'Book a table' })],
		results: [/"name":"Book a table","success":true,"status":"DRAFT","previous_status":"DRAFT"/],
		changes: { '900000000000001': { name: 'Book a table' } },
	},
	{
		title: 'renames a live flow',
		calls: [update('Customer survey', { Name: 'Survey' })],
		results: [/"status":"DRAFT","previous_status":"PUBLISHED","returned_to_draft":true/],
		changes: { '900000000000002': { name: 'Survey', status: 'DRAFT' } },
	},
	{
		title: 'renames a flow to a name that is taken',
		calls: [update('Book an appointment', { Name: 'Customer survey' })],
		results: [/another flow of this WABA is named .*Use another name/],
	},
	{
		title: 'renames a deprecated flow',
		calls: [update('Summer raffle', { Name: 'Winter raffle' })],
		results: [/a deprecated flow can't be changed\. Clone it/],
	},
	{
		title: 'sets categories as JSON text',
		calls: [update('Book an appointment', { Categories: '["SURVEY","OTHER"]' })],
		results: [/"success":true/],
		changes: { '900000000000001': { categories: ['SURVEY', 'OTHER'] } },
	},
	{
		title: 'sets categories as an array',
		calls: [update('Book an appointment', { Categories: ['SURVEY'] })],
		results: [/"success":true/],
		changes: { '900000000000001': { categories: ['SURVEY'] } },
	},
	{
		title: 'sets categories in words',
		calls: [update('Book an appointment', { Categories: 'Sign up, lead generation' })],
		results: [/"success":true/],
		changes: { '900000000000001': { categories: ['SIGN_UP', 'LEAD_GENERATION'] } },
	},
	{
		title: 'sets an unknown category',
		calls: [update('Book an appointment', { Categories: 'FEEDBACK' })],
		results: [/doesn't document the category FEEDBACK\. The documented categories are .*SURVEY/],
	},
	{
		title: 'sets an endpoint without https',
		calls: [update('Book an appointment', { Endpoint_URI: 'http://example.com' })],
		results: [/'Endpoint URI' isn't an https URL.*Enter a URL that starts with https/],
	},
	{
		title: 'updates nothing',
		calls: [update('Book an appointment', {})],
		results: [/'Update Fields' is empty.*Enter a name, categories, or an endpoint URI/],
	},
];
