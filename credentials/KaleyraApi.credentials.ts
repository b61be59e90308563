import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { PODS } from '../nodes/kaleyra/constants';
import { parseAccount } from '../nodes/kaleyra/credentials';
import { authorizeRequest, presetAllowedDomains } from '../nodes/shared/api/authorizeRequest';

/**
 * An account at Kaleyra. Source: View API Key and SID, and "API Domain and Value" of every Flow page.
 * Values are trimmed where they are used; nodes/kaleyra/credentials.ts says which are rejected.
 */
export class KaleyraApi implements ICredentialType {
	name = 'kaleyraApi';

	displayName = 'Kaleyra API';

	icon: Icon = {
		light: 'file:../icons/kaleyraFlows.svg',
		dark: 'file:../icons/kaleyraFlows.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-kaleyra-flows/n8n-nodes-kaleyra-flows#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'SID',
			name: 'sid',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. HXAP1600000000IN',
			description:
				'Shown under Edit API Key in the Kaleyra console, with the API key and API domain',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'An API key of this SID. Sent only to the API domain, in a header.',
		},
		{
			displayName: 'Pod',
			name: 'pod',
			type: 'options',
			options: [
				...Object.entries(PODS).map(([value, { name, host, description }]) => ({
					name: `${name} (${host})`,
					value,
					description,
				})),
				{ name: 'Another Domain', value: 'custom' },
			],
			default: 'in',
			description:
				"Shown as API Domain under Edit API Key in the Kaleyra console. You can't tell it from the SID.",
		},
		{
			displayName: 'API Domain',
			name: 'apiDomain',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { pod: ['custom'] } },
			placeholder: 'e.g. api.in.kaleyra.io',
			description: 'A host name or https:// origin. http:// is allowed for localhost only.',
		},
		{
			displayName: 'WABA ID',
			name: 'wabaId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 102290129340398',
			description:
				"Default WhatsApp Business Account, used if a node's 'WABA ID' is empty. Without it, each node that lists flows needs a WABA ID. The credential test lists its flows.",
		},
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. +919800000000',
			description:
				"Default sender of messages: your WhatsApp business number with its country code, used if a node's 'From' is empty",
		},
		...presetAllowedDomains(
			Object.values(PODS).map(({ host }) => host),
			{ pod: ['custom'] },
		),
	];

	/** A function, because n8n's generic form adds the key to requests to any host. */
	async authenticate(
		credential: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { baseUrl, apiKey } = parseAccount(credential);
		return await Promise.resolve(
			authorizeRequest(options, {
				apiUrl: baseUrl,
				headers: { 'api-key': apiKey },
				credential: 'the Kaleyra credential',
			}),
		);
	}
}
