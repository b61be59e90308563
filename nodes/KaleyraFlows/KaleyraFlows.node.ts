import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { kaleyraApiTest } from '../kaleyra/credentialTest';
import { kaleyraFlowsEndpointApiTest } from '../kaleyra/endpointCredentialTest';
import { REPLY_FORMAT } from '../kaleyra/flowReplies';
import {
	awaitedReplyWebhooks,
	createReceiveReply,
} from '../shared/whatsappFlows/messages/awaitedReply';
import { execute, properties, subtitle } from './resources';
import { searchFlows } from '../kaleyra/methods/listSearch';
import { listFlows } from '../kaleyra/methods/loadOptions';

/** Manages and sends WhatsApp Flows at Kaleyra. Each operation is a file in resources/. */
export class KaleyraFlows implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kaleyra Flows',
		name: 'kaleyraFlows',
		icon: {
			light: 'file:../../icons/kaleyraFlows.svg',
			dark: 'file:../../icons/kaleyraFlows.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle,
		description:
			'Build and manage WhatsApp Flows at Kaleyra, send them to customers, and wait for replies',
		defaults: { name: 'Kaleyra Flows' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'kaleyraApi',
				required: true,
				testedBy: 'kaleyraApiTest',
				// These operations send nothing to Kaleyra.
				displayOptions: { hide: { operation: ['respond', 'createFlowToken'] } },
			},
			{
				name: 'kaleyraFlowsEndpointApi',
				required: true,
				testedBy: 'kaleyraFlowsEndpointApiTest',
				displayOptions: { show: { resource: ['endpoint'] } },
			},
		],
		waitingNodeTooltip:
			'={{ $parameter["operation"] === "sendAndWait" ? "The execution continues when the customer replies" : "" }}',
		webhooks: awaitedReplyWebhooks,
		properties,
	};

	methods = {
		credentialTest: { kaleyraApiTest, kaleyraFlowsEndpointApiTest },
		listSearch: { searchFlows },
		loadOptions: { listFlows },
	};

	execute = execute;

	webhook = createReceiveReply(REPLY_FORMAT);
}
