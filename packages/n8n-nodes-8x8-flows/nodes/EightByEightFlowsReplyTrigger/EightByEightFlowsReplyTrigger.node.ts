import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { CALLBACK_CREDENTIAL, eightByEightCallbackApiTest } from '../eightByEight/callbackHeader';
import { parseFlowReplies } from '../eightByEight/flowReplies';
import { pathField } from '../shared/node/webhookFields';
import { noRegistration } from '../shared/node/webhookMethods';
import { parseReplyTriggerOptions } from '../shared/whatsappFlows/replyTrigger/parameters';
import { createReceiveCallback } from '../shared/whatsappFlows/replyTrigger/receiveCallback';
import { replyTriggerParameters } from './parameters';

/** Starts a workflow when a customer replies to a flow: the URL that 8x8 sends inbound messages to. */
export class EightByEightFlowsReplyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: '8x8 Flows Reply Trigger',
		name: 'eightByEightFlowsReplyTrigger',
		icon: {
			light: 'file:../../icons/eightByEightFlows.svg',
			dark: 'file:../../icons/eightByEightFlows.dark.svg',
		},
		group: ['trigger'],
		// For each request to a node of version 1, n8n evaluates one more expression.
		version: 1.1,
		subtitle: 'Flow replies',
		description: 'Start a workflow when a customer replies to a WhatsApp flow',
		eventTriggerDescription: 'Waiting for 8x8 to send a flow reply to the test URL',
		defaults: { name: '8x8 Flows Reply Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'eightByEightCallbackApi',
				required: true,
				testedBy: 'eightByEightCallbackApiTest',
				displayOptions: { show: { authentication: ['header'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				isFullPath: true,
				...pathField,
			},
		],
		properties: replyTriggerParameters,
	};

	methods = {
		credentialTest: { eightByEightCallbackApiTest },
	};

	/** Nothing is registered at 8x8: that could take the messages away from the system that receives them now. */
	webhookMethods = noRegistration;

	webhook = createReceiveCallback({
		credential: CALLBACK_CREDENTIAL,
		parseOptions: parseReplyTriggerOptions,
		parseReplies: parseFlowReplies,
		getTokens: ({ flow_token: token }) => [token],
	});
}
