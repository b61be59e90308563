import type { Panel } from './panels.mts';
import {
	createFlowPanel,
	createMessagePanel,
	FIRST_CREDENTIAL,
	REQUEST_OPTIONS,
	SCREEN_OPTIONS,
	TEMPLATE_PARAMETERS,
} from './panels.mts';

// What the panel of each operation and trigger of Kaleyra shows. The names are what workflows save, so they are literal
// here instead of derived from the nodes' descriptions. Notices and hidden parameters are left out.

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
const REPLY_TRIGGER = ['Path (path)', 'Authentication (authentication)', OPTIONS];
const ENDPOINT = ['Credential for Kaleyra Flows Endpoint API'];

const createEndpointPanel = (operation: string, shows: string[], parameters = {}): Panel => ({
	shows,
	credentials: ENDPOINT,
	parameters: { resource: 'endpoint', operation, ...parameters },
});

/** By the name of the node in the test workflow. */
export const KALEYRA_PANELS: Record<string, Panel> = {
	'Get Many': createFlowPanel('getMany', {
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
	'Get Many with Return All': createFlowPanel(
		'getMany',
		{
			shows: [WABA_ID, 'Return All (returnAll)', 'Fields (fields)', 'Filters (filters)', OPTIONS],
		},
		{ returnAll: true },
	),
	Get: createFlowPanel('get', {
		shows: [...FLOW, 'Fields (fields)', 'Simplify (simple)', OPTIONS],
		options: ['One Item per Validation Error', ...REQUEST_OPTIONS],
	}),
	'Get an unknown flow': createFlowPanel(
		'get',
		{ shows: [...FLOW, 'Fields (fields)', 'Simplify (simple)', OPTIONS] },
		{ flowId: { __rl: true, mode: 'id', value: '999' } },
	),
	Create: createFlowPanel('create', {
		shows: [...NEW_FLOW, ADDITIONAL_FIELDS, OPTIONS],
		collections: { additionalFields: ['Clone Flow ID', 'Endpoint URI'] },
		options: REQUEST_OPTIONS,
	}),
	'Create or Update': createFlowPanel('upsert', {
		shows: [...NEW_FLOW, INPUT_TYPE, 'Flow JSON (flowJson)', ADDITIONAL_FIELDS, OPTIONS],
		options: ['Publish', ...REQUEST_OPTIONS],
	}),
	'Create or Update from a file': createFlowPanel(
		'upsert',
		{ shows: [...NEW_FLOW, ...INPUT_FILE, ADDITIONAL_FIELDS, OPTIONS] },
		{ inputType: 'file' },
	),
	'Update Metadata': createFlowPanel('updateMetadata', {
		shows: [...FLOW, 'Update Fields (updateFields)', OPTIONS],
		collections: { updateFields: ['Categories', 'Endpoint URI', 'Name'] },
		options: ['Return Status', ...REQUEST_OPTIONS],
	}),
	'Update JSON': createFlowPanel('updateJson', {
		shows: [...FLOW, INPUT_TYPE, 'Flow JSON (flowJson)', OPTIONS],
		options: ['Fail on Validation Errors', 'Return Status', ...REQUEST_OPTIONS],
	}),
	'Update JSON from a file': createFlowPanel(
		'updateJson',
		{ shows: [...FLOW, ...INPUT_FILE, OPTIONS] },
		{ inputType: 'file' },
	),
	'Download JSON': createFlowPanel('getJson', {
		shows: [...FLOW, 'Output Type (outputType)', OPTIONS],
		options: REQUEST_OPTIONS,
	}),
	'Download JSON as a file': createFlowPanel(
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
	Publish: createFlowPanel('publish', {
		shows: [...FLOW, OPTIONS],
		options: ['Validate Before Publishing', ...REQUEST_OPTIONS],
	}),
	Deprecate: createFlowPanel('deprecate', { shows: [...FLOW, OPTIONS], options: REQUEST_OPTIONS }),
	Delete: createFlowPanel('delete', { shows: [...FLOW, OPTIONS], options: REQUEST_OPTIONS }),
	Migrate: createFlowPanel('migrate', {
		shows: [
			'Source WABA ID (wabaId)',
			'Destination WABA ID (destinationWabaId)',
			'All Flows (allFlows)',
			'Flow Names or IDs (flowNames)',
			OPTIONS,
		],
		options: REQUEST_OPTIONS,
	}),
	'Migrate with All Flows': createFlowPanel(
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
	'Send Flow': createMessagePanel('sendFlow', {
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
			...SCREEN_OPTIONS,
			...REQUEST_OPTIONS,
		],
	}),
	'Send Flow Template': createMessagePanel('sendFlowTemplate', {
		shows: [...MESSAGE, ...TEMPLATE_PARAMETERS, OPTIONS],
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
	'Send Flow and Wait for Reply': createMessagePanel('sendAndWait', {
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
			...SCREEN_OPTIONS,
			...REQUEST_OPTIONS,
		],
	}),
	'Respond with the next screen': createEndpointPanel('respond', [
		RESPONSE_TYPE,
		'Screen (screen)',
		SPECIFY_DATA,
		'Screen Data (screenFields)',
	]),
	'Respond with JSON': createEndpointPanel(
		'respond',
		[RESPONSE_TYPE, 'Screen (screen)', SPECIFY_DATA, 'Screen Data (JSON) (screenData)'],
		{ inputType: 'json' },
	),
	'Respond with the end of the flow': createEndpointPanel(
		'respond',
		[RESPONSE_TYPE, SPECIFY_DATA, 'Params (paramFields)'],
		{ responseType: 'complete' },
	),
	'Respond with an error': createEndpointPanel(
		'respond',
		[RESPONSE_TYPE, 'Error Message (errorMessage)', SPECIFY_DATA, 'Screen Data (screenFields)'],
		{ responseType: 'error' },
	),
	'Respond with an expired token': createEndpointPanel(
		'respond',
		[RESPONSE_TYPE, 'Error Message (errorMessage)'],
		{ responseType: 'expireToken' },
	),
	'Create Flow Token': createEndpointPanel('createFlowToken', [
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
		collections: { filters: ['Name Contains', 'Status Changed From'] },
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
