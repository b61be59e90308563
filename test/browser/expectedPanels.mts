// What the panel of each operation and trigger shows. The names are what workflows save, so they are literal here
// instead of derived from the nodes' descriptions. Notices and hidden parameters are left out.

const WABA_ID = 'WABA ID (wabaId)';
const FLOW = ['Flow (flowId)', WABA_ID];
const MESSAGE = ['From (from)', 'To (to)'];
const FLOW_MESSAGE = [...MESSAGE, ...FLOW, 'Body Text (bodyText)', 'Button Text (buttonText)'];
const NEW_FLOW = [WABA_ID, 'Name (name)', 'Categories (categories)'];
const ADDITIONAL_FIELDS = 'Additional Fields (additionalFields)';
const INPUT_TYPE = 'Input Type (inputType)';
const INPUT_FILE = [INPUT_TYPE, 'Input Binary Field (binaryPropertyName)'];
const RESPONSE_TYPE = 'Response Type (responseType)';
const SPECIFY_DATA = 'Specify Data (inputType)';
const OPTIONS = 'Options (options)';
const REQUEST_OPTIONS = [
	'Max Concurrent Items',
	'Max Retries',
	'Rate Limit Timeout (Seconds)',
	'Timeout (Seconds)',
];
const REPLY_TRIGGER = ['Path (path)', 'Authentication (authentication)', OPTIONS];
/** n8n doesn't show the type of a node's first credential. */
export const FIRST_CREDENTIAL = ['Credential'];
const ENDPOINT = ['Credential for Kaleyra Flows Endpoint API'];

interface Panel {
	/** Without it, the node is Kaleyra Flows. */
	type?: string;
	typeVersion?: number;
	/** The parameters that the workflow has saved. */
	parameters: Record<string, unknown>;
	shows: string[];
	/** What the last collection offers. */
	options?: string[];
	credentials?: string[];
}

const flow = (operation: string, panel: Omit<Panel, 'parameters'>, parameters = {}): Panel => ({
	...panel,
	parameters: { resource: 'flow', operation, ...parameters },
});
const message = (operation: string, panel: Omit<Panel, 'parameters'>): Panel => ({
	...panel,
	parameters: { resource: 'message', operation },
});
const endpoint = (operation: string, shows: string[], parameters = {}): Panel => ({
	shows,
	credentials: ENDPOINT,
	parameters: { resource: 'endpoint', operation, ...parameters },
});

/** By the name of the node in the test workflow. */
export const PANELS: Record<string, Panel> = {
	'Get Many': flow('getMany', {
		shows: [
			WABA_ID,
			'Return All (returnAll)',
			'Limit (limit)',
			'Fields (fields)',
			'Filters (filters)',
			OPTIONS,
		],
		options: ['Include WABA ID', ...REQUEST_OPTIONS],
	}),
	'Get Many with Return All': flow(
		'getMany',
		{
			shows: [WABA_ID, 'Return All (returnAll)', 'Fields (fields)', 'Filters (filters)', OPTIONS],
		},
		{ returnAll: true },
	),
	Get: flow('get', {
		shows: [...FLOW, 'Fields (fields)', 'Simplify (simple)', OPTIONS],
		options: ['One Item per Validation Error', ...REQUEST_OPTIONS],
	}),
	'Get an unknown flow': flow(
		'get',
		{ shows: [...FLOW, 'Fields (fields)', 'Simplify (simple)', OPTIONS] },
		{ flowId: { __rl: true, mode: 'id', value: '999' } },
	),
	Create: flow('create', {
		shows: [...NEW_FLOW, ADDITIONAL_FIELDS, OPTIONS],
		options: REQUEST_OPTIONS,
	}),
	'Create or Update': flow('upsert', {
		shows: [...NEW_FLOW, INPUT_TYPE, 'Flow JSON (flowJson)', ADDITIONAL_FIELDS, OPTIONS],
		options: ['Publish', ...REQUEST_OPTIONS],
	}),
	'Create or Update from a file': flow(
		'upsert',
		{ shows: [...NEW_FLOW, ...INPUT_FILE, ADDITIONAL_FIELDS, OPTIONS] },
		{ inputType: 'file' },
	),
	'Update Metadata': flow('updateMetadata', {
		shows: [...FLOW, 'Update Fields (updateFields)', OPTIONS],
		options: ['Return Status', ...REQUEST_OPTIONS],
	}),
	'Update JSON': flow('updateJson', {
		shows: [...FLOW, INPUT_TYPE, 'Flow JSON (flowJson)', OPTIONS],
		options: ['Fail on Validation Errors', 'Return Status', ...REQUEST_OPTIONS],
	}),
	'Update JSON from a file': flow(
		'updateJson',
		{ shows: [...FLOW, ...INPUT_FILE, OPTIONS] },
		{ inputType: 'file' },
	),
	'Download JSON': flow('getJson', {
		shows: [...FLOW, 'Output Type (outputType)', OPTIONS],
		options: REQUEST_OPTIONS,
	}),
	'Download JSON as a file': flow(
		'getJson',
		{
			shows: [
				...FLOW,
				'Output Type (outputType)',
				'Put Output File in Field (binaryPropertyName)',
				OPTIONS,
			],
		},
		{ outputType: 'file' },
	),
	Publish: flow('publish', {
		shows: [...FLOW, OPTIONS],
		options: ['Validate Before Publishing', ...REQUEST_OPTIONS],
	}),
	Deprecate: flow('deprecate', { shows: [...FLOW, OPTIONS], options: REQUEST_OPTIONS }),
	Delete: flow('delete', { shows: [...FLOW, OPTIONS], options: REQUEST_OPTIONS }),
	Migrate: flow('migrate', {
		shows: [
			'Source WABA ID (wabaId)',
			'Destination WABA ID (destinationWabaId)',
			'All Flows (allFlows)',
			'Flow Names or IDs (flowNames)',
			OPTIONS,
		],
		options: REQUEST_OPTIONS,
	}),
	'Migrate with All Flows': flow(
		'migrate',
		{
			shows: [
				'Source WABA ID (wabaId)',
				'Destination WABA ID (destinationWabaId)',
				'All Flows (allFlows)',
				OPTIONS,
			],
		},
		{ allFlows: true },
	),
	'Send Flow': message('sendFlow', {
		shows: [...FLOW_MESSAGE, OPTIONS],
		options: [
			'Flow Action',
			'Flow Token',
			'Footer',
			'Header',
			'Mode',
			'Reference',
			'Reference 1',
			'Reference 2',
			'Reply To',
			'Screen',
			'Screen Data',
			'Screen Data (JSON)',
			...REQUEST_OPTIONS,
		],
	}),
	'Send Flow Template': message('sendFlowTemplate', {
		shows: [
			...MESSAGE,
			'Template Name (templateName)',
			'Template Language (language)',
			'Body Variables (bodyVariables)',
			OPTIONS,
		],
		options: [
			'Button Index',
			'Flow Token',
			'Header Variables',
			'Reference',
			'Reference 1',
			'Reference 2',
			'Reply To',
			'Screen Data',
			'Screen Data (JSON)',
			...REQUEST_OPTIONS,
		],
	}),
	'Send Flow and Wait for Reply': message('sendAndWait', {
		shows: [...FLOW_MESSAGE, OPTIONS],
		options: [
			'Flow Action',
			'Flow Token',
			'Footer',
			'Header',
			'Limit Wait Time',
			'Mode',
			'Reference 1',
			'Reference 2',
			'Reply To',
			'Screen',
			'Screen Data',
			'Screen Data (JSON)',
			...REQUEST_OPTIONS,
		],
	}),
	'Respond with the next screen': endpoint('respond', [
		RESPONSE_TYPE,
		'Screen (screen)',
		SPECIFY_DATA,
		'Screen Data (screenFields)',
	]),
	'Respond with JSON': endpoint(
		'respond',
		[RESPONSE_TYPE, 'Screen (screen)', SPECIFY_DATA, 'Screen Data (JSON) (screenData)'],
		{ inputType: 'json' },
	),
	'Respond with the end of the flow': endpoint(
		'respond',
		[RESPONSE_TYPE, SPECIFY_DATA, 'Params (paramFields)'],
		{ responseType: 'complete' },
	),
	'Respond with an error': endpoint(
		'respond',
		[RESPONSE_TYPE, 'Error Message (errorMessage)', SPECIFY_DATA, 'Screen Data (screenFields)'],
		{ responseType: 'error' },
	),
	'Respond with an expired token': endpoint(
		'respond',
		[RESPONSE_TYPE, 'Error Message (errorMessage)'],
		{ responseType: 'expireToken' },
	),
	'Create Flow Token': endpoint('createFlowToken', [
		'Payload (payload)',
		'Expires In (Hours) (expiresIn)',
	]),
	'Set Public Key': {
		parameters: { resource: 'endpoint', operation: 'setPublicKey' },
		shows: ['From (from)', OPTIONS],
		options: REQUEST_OPTIONS,
		credentials: [...FIRST_CREDENTIAL, ...ENDPOINT],
	},
	'Flows Trigger': {
		type: 'kaleyraFlowsTrigger',
		parameters: {
			pollTimes: { item: [{ mode: 'everyHour', minute: 0 }] },
			events: ['statusChanged'],
			filters: { statusTo: ['THROTTLED'] },
		},
		shows: [
			'Poll Times (pollTimes)',
			WABA_ID,
			'Events (events)',
			'Flow Names or IDs (flowIds)',
			'Filters (filters)',
		],
		options: ['Name Contains', 'Status Changed From'],
	},
	'Reply Trigger': {
		type: 'kaleyraFlowsReplyTrigger',
		typeVersion: 1.1,
		parameters: { path: 'replies', authentication: 'none' },
		shows: REPLY_TRIGGER,
		options: ['Flow Token Prefix', 'Include Raw Payload', 'References'],
		credentials: [],
	},
	'Reply Trigger with a header': {
		type: 'kaleyraFlowsReplyTrigger',
		typeVersion: 1.1,
		parameters: { path: 'replies-with-header', authentication: 'header' },
		shows: REPLY_TRIGGER,
		credentials: ['Credential for Kaleyra Callback API'],
	},
	'Endpoint Trigger': {
		type: 'kaleyraFlowsEndpointTrigger',
		typeVersion: 1.1,
		parameters: { path: 'endpoint' },
		shows: ['Path (path)', 'Flow Token (flowTokenPolicy)', OPTIONS],
		options: ['Emit Client Errors', 'Rejection Message'],
	},
};
