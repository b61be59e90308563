import type { INodeProperties } from 'n8n-workflow';
import { createLineOption } from '../kaleyra/parameters/line';
import type { GetParameter } from '../shared/node/parameters';
import { parseBoolean, splitList } from '../shared/node/parameters';
import type { FlowReply } from '../shared/whatsappFlows/flowReply';

export const replyTriggerParameters: INodeProperties[] = [
	{
		displayName:
			'Copy the production URL into the Kaleyra console: WhatsApp > Manage > Configurations > Numbers > edit the number > Incoming URL. A number has one Incoming URL, so if another system uses it, let that system forward the requests. Don’t use a callback profile with a body of its own.',
		name: 'incomingUrlNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		placeholder: 'e.g. 9b2c1f0a-5d8e-4c37-a1f6-2e70d4b8c953',
		description:
			'The path of the URL. Leave empty for a random one. Without authentication, a path that can be guessed lets others send replies.',
	},
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		options: [
			{
				name: 'Header',
				value: 'header',
				description: 'Kaleyra sends a secret header, which you enter in its callback profile',
			},
			{ name: 'None', value: 'none', description: 'Everyone who knows the URL can send replies' },
		],
		default: 'none',
		description:
			'How to tell requests of Kaleyra from others. With either, customers control the fields of a reply: take prices, discounts, and permissions from your own data.',
	},
	{
		displayName:
			'Without authentication, everyone who knows the URL can send replies. Leave Path empty, keep the URL secret, or select Header.',
		name: 'authenticationNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['none'] } },
	},
	{
		displayName: 'Resume URL',
		name: 'resumeUrl',
		type: 'hidden',
		// Where this n8n instance resumes waiting executions.
		default: '={{ $execution.resumeUrl }}',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			createLineOption(
				'Flow Token Prefix',
				'flowTokenPrefix',
				'Only replies whose flow token starts with this text',
			),
			{
				displayName: 'Include Raw Payload',
				name: 'includeRawPayload',
				type: 'boolean',
				default: false,
				description:
					'Whether to add the whole request body to the first reply in it, as raw_payload',
			},
			{
				displayName: 'References',
				name: 'refs',
				type: 'string',
				default: '',
				placeholder: 'e.g. survey,appointment',
				description: 'Only replies with one of these values in ref, comma-separated',
			},
		],
	},
];

export interface ReplyTriggerOptions {
	includeRawPayload: boolean;
	/** Whether a reply passes the filters. */
	matches: (reply: FlowReply) => boolean;
}

/** @throws {InvalidInputError} if an expression returns a value of the wrong type */
export function parseReplyTriggerOptions(getParameter: GetParameter): ReplyTriggerOptions {
	const raw = getParameter('options.includeRawPayload', false);
	const prefix = String(getParameter('options.flowTokenPrefix', '') ?? '').trim();
	const refs = splitList(getParameter('options.refs', ''), 'References', 'survey,appointment')
		.map((ref) => String(ref).trim())
		.filter((ref) => ref !== '');
	return {
		includeRawPayload: parseBoolean(raw, 'Include Raw Payload'),
		matches: ({ flow_token: token, ref }) =>
			token.startsWith(prefix) && (refs.length === 0 || refs.includes(ref)),
	};
}
