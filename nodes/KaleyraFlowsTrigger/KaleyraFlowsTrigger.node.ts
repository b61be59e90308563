import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { kaleyraApiTest } from '../kaleyra/credentialTest';
import { listFlows } from '../kaleyra/methods/loadOptions';
import { poll } from './poll';
import { triggerParameters, triggerSubtitle } from './parameters';

/** Starts a workflow when flows of a WABA change. Kaleyra documents no webhook for this, so it polls. */
export class KaleyraFlowsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kaleyra Flows Trigger',
		name: 'kaleyraFlowsTrigger',
		icon: {
			light: 'file:../../icons/kaleyraFlows.svg',
			dark: 'file:../../icons/kaleyraFlows.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle,
		description: 'Manage WhatsApp Flows at Kaleyra, or start a workflow when they change',
		defaults: { name: 'Kaleyra Flows Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kaleyraApi', required: true, testedBy: 'kaleyraApiTest' }],
		properties: triggerParameters,
	};

	methods = {
		credentialTest: { kaleyraApiTest },
		loadOptions: { listFlows },
	};

	poll = poll;
}
