interface Differences {
	/** Fields that Meta's document doesn't have, with the reason. */
	added?: Record<string, string>;
	/** Fields that only Meta's document has, with the reason. */
	missing?: Record<string, string>;
}

const KALEYRA = "Kaleyra's page documents it";
const ENVELOPE = "Kaleyra's pages show this envelope";
const ADDED_BY_TESTS = 'The mock API has it only in tests that need it';
const OWN_RESPONSE = 'Kaleyra sends the message later and responds with an ID of its own';
const NOT_ON_PAGE = "Kaleyra's page doesn't list it";

/** Where the mock API's responses and Meta's differ. See docs/api-assumptions.md. */
export const RESPONSE_DIFFERENCES: Record<string, Differences> = {
	'List Flows': { added: { 'data[].updated_at: string': KALEYRA } },
	'Get Flow': {
		added: {
			'endpoint_uri: string': "Kaleyra's page names Meta's `data_channel_uri` so",
			'whatsapp_business_account.currency: string': "Kaleyra's sample contains it",
		},
		missing: {
			'data_channel_uri: string': "Kaleyra's page names it `endpoint_uri`",
			'metric.data_points[].data[].key: string': NOT_ON_PAGE,
			'metric.data_points[].data[].value: number': NOT_ON_PAGE,
			'metric.data_points[].timestamp: string': NOT_ON_PAGE,
			'metric.granularity: string': NOT_ON_PAGE,
			'metric.name: string': NOT_ON_PAGE,
			'preview.expires_at: string': NOT_ON_PAGE,
			'preview.preview_url: string': NOT_ON_PAGE,
			'whatsapp_business_account.business_type: string': NOT_ON_PAGE,
			'health_status.entities[].errors[].error_code: number': ADDED_BY_TESTS,
			'health_status.entities[].errors[].error_description: string': ADDED_BY_TESTS,
			'health_status.entities[].errors[].possible_solution: string': ADDED_BY_TESTS,
		},
	},
	'Update Flow Metadata': {
		added: {
			'code: string': ENVELOPE,
			'data.success: boolean': ENVELOPE,
			'message: string': ENVELOPE,
		},
		missing: { 'success: boolean': ENVELOPE },
	},
	'Send Message': {
		added: {
			'code: string': ENVELOPE,
			'data.message_id: string': "Inferred: Kaleyra's page shows no response",
			'message: string': ENVELOPE,
		},
		missing: {
			'contacts[].input: string': OWN_RESPONSE,
			'contacts[].wa_id: string': OWN_RESPONSE,
			'messages[].id: string': OWN_RESPONSE,
			'messages[].message_status: string': OWN_RESPONSE,
			'messaging_product: string': OWN_RESPONSE,
		},
	},
	'Update Flow JSON': {
		added: Object.fromEntries(
			[
				'column_end: number',
				'column_start: number',
				'line_end: number',
				'line_start: number',
				'path: string',
			].map((field) => [`validation_errors[].pointers[].${field}`, KALEYRA]),
		),
	},
};

/** Where the messages that the package builds and Meta's schemas differ. */
export const MESSAGE_DIFFERENCES: Record<string, Differences> = {
	TemplateMessage: {
		missing: {
			'template.language.policy: string':
				"Meta's example of a flow template leaves it out, although the schema requires it",
		},
	},
};
