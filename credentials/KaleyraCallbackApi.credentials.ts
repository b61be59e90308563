import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/**
 * A header that Kaleyra sends with each callback. n8n compares it, and sends it nowhere. Source: Callback
 * Profiles, whose headers are for validation.
 */
export class KaleyraCallbackApi implements ICredentialType {
	name = 'kaleyraCallbackApi';

	displayName = 'Kaleyra Callback API';

	icon: Icon = {
		light: 'file:../icons/kaleyraFlows.svg',
		dark: 'file:../icons/kaleyraFlows.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-kaleyra-flows/n8n-nodes-kaleyra-flows/blob/main/docs/messages.md#authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'X-Callback-Secret',
			required: true,
			description: 'The name of the header in the callback profile at Kaleyra',
		},
		{
			displayName: 'Header Value',
			name: 'headerValue',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Its value: a long random text without spaces, which only Kaleyra and n8n know',
		},
	];
}
