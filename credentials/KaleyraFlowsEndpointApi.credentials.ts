import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** The secrets of a Data Exchange endpoint. They never leave n8n; only the public key goes to Kaleyra. */
export class KaleyraFlowsEndpointApi implements ICredentialType {
	name = 'kaleyraFlowsEndpointApi';

	displayName = 'Kaleyra Flows Endpoint API';

	icon: Icon = {
		light: 'file:../icons/kaleyraFlows.svg',
		dark: 'file:../icons/kaleyraFlows.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-kaleyra-flows/n8n-nodes-kaleyra-flows/blob/main/docs/endpoint.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: '-----BEGIN PRIVATE KEY-----',
			description:
				'A 2048-bit RSA key in PEM format, such as "openssl genrsa -out private.pem 2048" creates. Paste the whole file.',
		},
		{
			displayName: 'Passphrase',
			name: 'passphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only if the private key is encrypted',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				"The secret of the Meta app that is connected to the flow. If set, requests without its signature are rejected. Leave empty if the app is Kaleyra's: requests are then not verified by signature.",
		},
		{
			displayName: 'Previous App Secret',
			name: 'previousAppSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Also accepted, while you replace the app secret',
		},
	];
}
