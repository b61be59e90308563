import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { eightByEightChatAppsApiTest } from '../eightByEight/credentialTest';
import { execute, properties, subtitle } from './resources';
import { searchFlows } from './methods/listSearch';

/** Manages WhatsApp Flows on 8x8. Each operation is a file under resources/. */
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
			'Manage WhatsApp Flows on 8x8: list, get, create, update, publish, deprecate, and delete flows',
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
