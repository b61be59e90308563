import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { eightByEightChatAppsApiTest } from '../eightByEight/credentialTest';
import { REPLY_FORMAT } from '../eightByEight/flowReplies';
import {
	awaitedReplyWebhooks,
	createReceiveReply,
} from '../shared/whatsappFlows/messages/awaitedReply';
import { execute, properties, subtitle } from './resources';
import { searchFlows } from './methods/listSearch';

/** Manages and sends WhatsApp Flows on 8x8. Each operation is a file under resources/. */
export class EightByEightFlows implements INodeType {
	description: INodeTypeDescription = {
		displayName: '8x8 Flows',
		name: 'eightByEightFlows',
		icon: {
			light: 'file:../../icons/eightByEightFlows.svg',
			dark: 'file:../../icons/eightByEightFlows.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle,
		description:
			'Build and manage WhatsApp Flows on 8x8, send them to customers, and wait for replies',
		defaults: { name: '8x8 Flows' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'eightByEightChatAppsApi',
				required: true,
				testedBy: 'eightByEightChatAppsApiTest',
			},
		],
		waitingNodeTooltip:
			'={{ $parameter["operation"] === "sendAndWait" ? "The execution continues when the customer replies" : "" }}',
		webhooks: awaitedReplyWebhooks,
		properties,
	};

	methods = {
		credentialTest: { eightByEightChatAppsApiTest },
		listSearch: { searchFlows },
	};

	execute = execute;

	webhook = createReceiveReply(REPLY_FORMAT);
}
