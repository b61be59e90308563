import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { eightByEightChatAppsApiTest } from '../eightByEight/credentialTest';
import { execute, properties } from './resources';
import { searchFlows } from './methods/listSearch';

/** Administers WhatsApp Flows at 8x8. Each operation is a file under operations/. */
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
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'List, inspect, create, publish and retire WhatsApp Flows at 8x8',
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
		properties,
	};

	methods = {
		credentialTest: { eightByEightChatAppsApiTest },
		listSearch: { searchFlows },
	};

	execute = execute;
}
