import type { Panel } from './panels.mts';
import {
	createFlowPanel,
	createMessagePanel,
	REQUEST_OPTIONS,
	SCREEN_OPTIONS,
	TEMPLATE_PARAMETERS,
} from './panels.mts';

// What the panel of each operation and trigger of 8x8 shows, as kaleyraPanels.mts does for Kaleyra.

const CHANNEL_ID = 'Channel ID (channelId)';
const FLOW = [CHANNEL_ID, 'Flow (flowId)'];
const NEW_FLOW = [CHANNEL_ID, 'Name (name)', 'Categories (categories)'];
const INPUT_TYPE = 'Input Type (inputType)';
const OPTIONS = 'Options (options)';
const MESSAGE = ['Subaccount ID (subaccountId)', 'To (to)'];
const FLOW_MESSAGE = [
	...MESSAGE,
	'Flow (flowId)',
	CHANNEL_ID,
	'Body Text (bodyText)',
	'Button Text (buttonText)',
];
const REPLY_TRIGGER = ['Path (path)', 'Authentication (authentication)', OPTIONS];

/** By the name of the node in the test workflow. */
export const EIGHT_BY_EIGHT_PANELS: Record<string, Panel> = {
	'Get Many': createFlowPanel('getMany', {
		shows: [CHANNEL_ID, 'Limit (limit)', OPTIONS],
		options: REQUEST_OPTIONS,
	}),
	Get: createFlowPanel('get', {
		shows: [...FLOW, OPTIONS],
		options: ['Field Names', ...REQUEST_OPTIONS],
	}),
	Preview: createFlowPanel('preview', {
		shows: [...FLOW, 'Refresh (refresh)', OPTIONS],
		options: REQUEST_OPTIONS,
	}),
	Create: createFlowPanel('create', {
		shows: [...NEW_FLOW, 'Additional Fields (additionalFields)', OPTIONS],
		collections: { additionalFields: ['Clone Flow ID', 'Endpoint URI', 'Flow JSON', 'Publish'] },
		options: ['Field Names', ...REQUEST_OPTIONS],
	}),
	'Create or Update': createFlowPanel('upsert', {
		shows: [...NEW_FLOW, INPUT_TYPE, 'Flow JSON (flowJson)', OPTIONS],
		options: ['Field Names', 'Publish', ...REQUEST_OPTIONS],
	}),
	'Create or Update from a file': createFlowPanel(
		'upsert',
		{
			shows: [...NEW_FLOW, INPUT_TYPE, 'Input Binary Field (binaryPropertyName)', OPTIONS],
		},
		{ inputType: 'file' },
	),
	Update: createFlowPanel('update', {
		shows: [...FLOW, 'Update Fields (updateFields)', OPTIONS],
		collections: {
			updateFields: [
				'Application ID',
				'Categories',
				'Clone Flow ID',
				'Endpoint URI',
				'Flow JSON',
				'Name',
				'Publish',
			],
		},
		options: ['Field Names', ...REQUEST_OPTIONS],
	}),
	Publish: createFlowPanel('publish', {
		shows: [...FLOW, OPTIONS],
		options: ['Validate Before Publishing', ...REQUEST_OPTIONS],
	}),
	Deprecate: createFlowPanel('deprecate', { shows: [...FLOW, OPTIONS], options: REQUEST_OPTIONS }),
	Delete: createFlowPanel('delete', { shows: [...FLOW, OPTIONS], options: REQUEST_OPTIONS }),
	'Send Flow': createMessagePanel('sendFlow', {
		shows: [...FLOW_MESSAGE, OPTIONS],
		options: [
			'Client Message ID',
			'Flow Action',
			'Flow Token',
			'Footer',
			'Header',
			'Mode',
			'Reply To',
			...SCREEN_OPTIONS,
			...REQUEST_OPTIONS,
		],
	}),
	'Send Flow Template': createMessagePanel('sendFlowTemplate', {
		shows: [...MESSAGE, ...TEMPLATE_PARAMETERS, OPTIONS],
		options: [
			'Button Index',
			'Client Message ID',
			'Header Variables',
			'Reply To',
			...SCREEN_OPTIONS,
			...REQUEST_OPTIONS,
		],
	}),
	'Send Flow and Wait for Reply': createMessagePanel('sendAndWait', {
		shows: [...FLOW_MESSAGE, OPTIONS],
		options: [
			'Client Message ID',
			'Flow Action',
			'Footer',
			'Header',
			'Limit Wait Time',
			'Mode',
			'Reply To',
			...SCREEN_OPTIONS,
			...REQUEST_OPTIONS,
		],
	}),
	'Reply Trigger': {
		type: 'eightByEightFlowsReplyTrigger',
		typeVersion: 1.1,
		parameters: { path: '8x8-replies', authentication: 'none' },
		shows: REPLY_TRIGGER,
		options: ['Flow Token Prefix', 'Include Raw Payload'],
		credentials: [],
	},
	'Reply Trigger with a header': {
		type: 'eightByEightFlowsReplyTrigger',
		typeVersion: 1.1,
		parameters: { path: '8x8-replies-with-header', authentication: 'header' },
		shows: REPLY_TRIGGER,
		credentials: ['Credential for 8x8 Callback API'],
	},
};
