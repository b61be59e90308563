import type { INodeProperties } from 'n8n-workflow';
import { createLineOption } from '../../node/line';
import type { GetParameter } from '../../node/parameters';
import { parseBoolean } from '../../node/parameters';
import type { FlowReply } from '../flowReply';

/** What the parameters of a reply trigger say about the provider. */
interface ReplyTriggerTexts {
	provider: string;
	/** Where the URL of the webhook goes at the provider. */
	urlNotice: string;
	headerDescription: string;
	/** The provider's own options. */
	options: INodeProperties[];
}

/** Creates the parameters of a reply trigger, with the provider's own options last. */
export const createReplyTriggerParameters = (texts: ReplyTriggerTexts): INodeProperties[] => [
	{ displayName: texts.urlNotice, name: 'incomingUrlNotice', type: 'notice', default: '' },
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
				description: texts.headerDescription,
			},
			{ name: 'None', value: 'none', description: 'Everyone who knows the URL can send replies' },
		],
		default: 'none',
		description: `How to tell requests of ${texts.provider} from others. With either, customers control the fields of a reply: take prices, discounts, and permissions from your own data.`,
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
			...texts.options,
		],
	},
];

export interface ReplyTriggerOptions<TReply extends FlowReply> {
	includeRawPayload: boolean;
	/** Whether a reply passes the filters. */
	matches: (reply: TReply) => boolean;
}

/** @throws {InvalidInputError} if an expression returns a value of the wrong type */
export function parseReplyTriggerOptions(
	getParameter: GetParameter,
): ReplyTriggerOptions<FlowReply> {
	const raw = getParameter('options.includeRawPayload', false);
	const prefix = String(getParameter('options.flowTokenPrefix', '') ?? '').trim();
	return {
		includeRawPayload: parseBoolean(raw, 'Include Raw Payload'),
		matches: ({ flow_token: token }) => token.startsWith(prefix),
	};
}
