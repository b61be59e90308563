import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { kaleyraFlowsEndpointApiTest } from '../kaleyra/endpointCredentialTest';
import { pathAndResponseCodeFields } from '../shared/node/webhookFields';
import { noRegistration } from '../shared/node/webhookMethods';
import { endpointTriggerParameters } from './parameters';
import { webhook } from './webhook';

/** Serves the dynamic screens of a flow (Meta's Data Exchange). The operation Respond sends each screen. */
export class KaleyraFlowsEndpointTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kaleyra Flows Endpoint Trigger',
		name: 'kaleyraFlowsEndpointTrigger',
		icon: {
			light: 'file:../../icons/kaleyraFlows.svg',
			dark: 'file:../../icons/kaleyraFlows.dark.svg',
		},
		group: ['trigger'],
		// For each request to a node of version 1, n8n evaluates one more expression.
		version: 1.1,
		subtitle: '={{ "Flow token: " + $parameter["flowTokenPolicy"] }}',
		description: 'Start a workflow when a WhatsApp Flow requests its next screen',
		eventTriggerDescription: 'Waiting for WhatsApp to call the test URL',
		activationMessage: 'WhatsApp can now call your production URL.',
		defaults: { name: 'Kaleyra Flows Endpoint Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'kaleyraFlowsEndpointApi',
				required: true,
				testedBy: 'kaleyraFlowsEndpointApiTest',
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				...pathAndResponseCodeFields,
				isFullPath: true,
				responseMode: 'responseNode',
			},
		],
		properties: endpointTriggerParameters,
	};

	methods = {
		credentialTest: { kaleyraFlowsEndpointApiTest },
	};

	/** There is nothing to register: the endpoint URI is part of the flow, and publishing checks it. */
	webhookMethods = noRegistration;

	webhook = webhook;
}
