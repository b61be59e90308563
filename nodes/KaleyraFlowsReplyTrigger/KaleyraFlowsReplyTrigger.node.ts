import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { CALLBACK_CREDENTIAL, kaleyraCallbackApiTest } from '../kaleyra/callbackHeader';
import { parseFlowReplies } from '../kaleyra/flowReplies';
import { pathField } from '../shared/node/webhookFields';
import { noRegistration } from '../shared/node/webhookMethods';
import { createReceiveCallback } from '../shared/whatsappFlows/replyTrigger/receiveCallback';
import { parseOptions, replyTriggerParameters } from './parameters';

const WEBHOOK = {
	name: 'default',
	responseMode: 'onReceived',
	responseData: '',
	isFullPath: true,
	...pathField,
} as const;

/** Starts a workflow when a customer replies to a flow: the URL that Kaleyra sends incoming messages to. */
export class KaleyraFlowsReplyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kaleyra Flows Reply Trigger',
		name: 'kaleyraFlowsReplyTrigger',
		icon: {
			light: 'file:../../icons/kaleyraFlows.svg',
			dark: 'file:../../icons/kaleyraFlows.dark.svg',
		},
		group: ['trigger'],
		// For each request to a node of version 1, n8n evaluates one more expression.
		version: 1.1,
		subtitle: 'Flow replies',
		description: 'Start a workflow when a customer replies to a WhatsApp flow',
		eventTriggerDescription: 'Waiting for Kaleyra to send a flow reply to the test URL',
		defaults: { name: 'Kaleyra Flows Reply Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'kaleyraCallbackApi',
				required: true,
				testedBy: 'kaleyraCallbackApiTest',
				displayOptions: { show: { authentication: ['header'] } },
			},
		],
		webhooks: [
			{ ...WEBHOOK, httpMethod: 'POST' },
			// Kaleyra reports the quality of a number with GET.
			{ ...WEBHOOK, name: 'setup', httpMethod: 'GET' },
		],
		properties: replyTriggerParameters,
	};

	methods = {
		credentialTest: { kaleyraCallbackApiTest },
	};

	/**
	 * Nothing is registered at Kaleyra. A number has one Incoming URL, and setting it would take the messages away
	 * from the system that receives them now.
	 */
	webhookMethods = noRegistration;

	webhook = createReceiveCallback({
		credential: CALLBACK_CREDENTIAL,
		parseOptions,
		parseReplies: parseFlowReplies,
		getTokens: ({ flow_token: token, ref, ref1, ref2 }) => [token, ref, ref1, ref2],
	});
}
