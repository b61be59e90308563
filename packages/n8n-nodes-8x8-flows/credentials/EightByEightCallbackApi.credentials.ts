import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/**
 * A header that 8x8 sends with each webhook request. n8n compares it, and sends it nowhere. Source: Webhook
 * Configuration API, `httpAuthorization`.
 */
export class EightByEightCallbackApi implements ICredentialType {
	name = 'eightByEightCallbackApi';

	displayName = '8x8 Callback API';

	icon: Icon = {
		light: 'file:../icons/eightByEightFlows.svg',
		dark: 'file:../icons/eightByEightFlows.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-kaleyra-flows/n8n-nodes-kaleyra-flows/tree/main/packages/n8n-nodes-8x8-flows#receive-replies';

	properties: INodeProperties[] = [
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'Authorization',
			required: true,
			description:
				'8x8 sends the header Authorization. A system that forwards requests may add another.',
		},
		{
			displayName: 'Header Value',
			name: 'headerValue',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. Bearer 4f9c0d7b1e6a',
			description:
				"Its value, which you enter as the webhook's authorization at 8x8: the word Bearer, and a long random text that only 8x8 and n8n know",
		},
	];
}
