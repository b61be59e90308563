/**
 * What Meta's OpenAPI document says about flows, listed field by field.
 *
 * Source: facebook/openapi on GitHub (MIT License), business-messaging-api_v23.0.yaml,
 * commit ecba623b4aba6ae770185b074ed77ed5acef22f7.
 */
export interface MetaResponse {
	path: string;
	method: 'get' | 'post' | 'delete';
	fields: string[];
}

const split = (text: string) => text.trim().split(/\s*\n\s*/);

const WABA_FLOWS = '/{Version}/{WABA-ID}/flows';
const FLOW = '/{Version}/{Flow-ID}';
const SUCCESS = ['success: boolean'];
const CURSORS = ['paging.cursors.after: string', 'paging.cursors.before: string'];

/** Responses with status 200. */
export const RESPONSES = {
	'List Flows': {
		path: WABA_FLOWS,
		method: 'get',
		fields: [
			...split(`
				data[].categories[]: string
				data[].id: string
				data[].name: string
				data[].status: string
				data[].validation_errors[]: any`),
			...CURSORS,
		],
	},
	'Create Flow': { path: WABA_FLOWS, method: 'post', fields: ['id: string'] },
	'Migrate Flows': {
		path: '/{Version}/{WABA-ID}/migrate_flows',
		method: 'post',
		fields: split(`
			failed_flows[].error_code: string
			failed_flows[].error_message: string
			failed_flows[].source_name: string
			migrated_flows[].migrated_id: string
			migrated_flows[].source_id: string
			migrated_flows[].source_name: string`),
	},
	'Get Flow': {
		path: FLOW,
		method: 'get',
		fields: split(`
			application.id: string
			application.link: string
			application.name: string
			categories[]: string
			data_api_version: string
			data_channel_uri: string
			health_status.can_send_message: string
			health_status.entities[].can_send_message: string
			health_status.entities[].entity_type: string
			health_status.entities[].errors[].error_code: number
			health_status.entities[].errors[].error_description: string
			health_status.entities[].errors[].possible_solution: string
			health_status.entities[].id: string
			id: string
			json_version: string
			metric.data_points[].data[].key: string
			metric.data_points[].data[].value: number
			metric.data_points[].timestamp: string
			metric.granularity: string
			metric.name: string
			name: string
			preview.expires_at: string
			preview.preview_url: string
			status: string
			validation_errors[]: any
			whatsapp_business_account.business_type: string
			whatsapp_business_account.id: string
			whatsapp_business_account.message_template_namespace: string
			whatsapp_business_account.name: string
			whatsapp_business_account.timezone_id: string`),
	},
	'Update Flow Metadata': { path: FLOW, method: 'post', fields: SUCCESS },
	'Delete Flow': { path: FLOW, method: 'delete', fields: SUCCESS },
	'List Assets': {
		path: `${FLOW}/assets`,
		method: 'get',
		fields: [
			...split(`
				data[].asset_type: string
				data[].download_url: string
				data[].name: string`),
			...CURSORS,
		],
	},
	'Update Flow JSON': {
		path: `${FLOW}/assets`,
		method: 'post',
		fields: [
			...SUCCESS,
			...split(`
				validation_errors[].column_end: number
				validation_errors[].column_start: number
				validation_errors[].error: string
				validation_errors[].error_type: string
				validation_errors[].line_end: number
				validation_errors[].line_start: number
				validation_errors[].message: string`),
		],
	},
	'Publish Flow': { path: `${FLOW}/publish`, method: 'post', fields: SUCCESS },
	'Deprecate Flow': { path: `${FLOW}/deprecate`, method: 'post', fields: SUCCESS },
	'Set Encryption Public Key': {
		path: '/{Version}/{Phone-Number-ID}/whatsapp_business_encryption',
		method: 'post',
		fields: SUCCESS,
	},
	'Send Message': {
		path: '/{Version}/{Phone-Number-ID}/messages',
		method: 'post',
		fields: split(`
			contacts[].input: string
			contacts[].wa_id: string
			messages[].id: string
			messages[].message_status: string
			messaging_product: string`),
	},
} satisfies Record<string, MetaResponse>;

const ENVELOPE = split(`
	context.message_id: string
	messaging_product: string
	recipient_type: string
	to: string
	type: string`);

/** The fields of messages that open a flow, in Meta's schemas of messages. */
export const MESSAGES = {
	InteractiveMessage: [
		...ENVELOPE,
		...split(`
			interactive.action.name: string
			interactive.action.parameters.flow_action: string
			interactive.action.parameters.flow_action_payload.data: any
			interactive.action.parameters.flow_action_payload.screen: string
			interactive.action.parameters.flow_cta: string
			interactive.action.parameters.flow_id: string
			interactive.action.parameters.flow_message_version: string
			interactive.action.parameters.flow_token: string
			interactive.action.parameters.mode: string
			interactive.body.text: string
			interactive.footer.text: string
			interactive.header.text: string
			interactive.header.type: string
			interactive.type: string`),
	],
	TemplateMessage: [
		...ENVELOPE,
		...split(`
			template.components[].index: string
			template.components[].parameters[]: any
			template.components[].sub_type: string
			template.components[].type: string
			template.language.code: string
			template.language.policy: string
			template.name: string`),
	],
};
