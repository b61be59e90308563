import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { REGIONS } from '../nodes/eightByEight/constants';
import { parseAccount } from '../nodes/eightByEight/credentials';
import { authorizeRequest, presetAllowedDomains } from '../nodes/shared/api/authorizeRequest';

/**
 * An account at 8x8 Connect. Source: Messaging Apps API: Get Started, and the path parameters of every flow
 * page. nodes/eightByEight/credentials.ts validates and trims the values.
 */
export class EightByEightChatAppsApi implements ICredentialType {
	name = 'eightByEightChatAppsApi';

	displayName = '8x8 Chat Apps API';

	icon: Icon = {
		light: 'file:../icons/eightByEightFlows.svg',
		dark: 'file:../icons/eightByEightFlows.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-kaleyra-flows/n8n-nodes-kaleyra-flows/tree/main/packages/n8n-nodes-8x8-flows#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Shown on the API keys page in 8x8 Connect. Sent only to the host of the selected region.',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1a2b3c4d-0000-0000-0000-000000000000',
			description: 'Shown on the API keys page in 8x8 Connect. Hyphens are optional.',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				...Object.entries(REGIONS).map(([value, { name, host }]) => ({
					name: `${name} (${host})`,
					value,
				})),
				{ name: 'Another Domain', value: 'custom' },
			],
			default: 'apac',
			description: 'The data center region of your account',
		},
		{
			displayName: 'API Domain',
			name: 'apiDomain',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { region: ['custom'] } },
			placeholder: 'e.g. chatapps.8x8.com',
			description: 'Host or https:// origin. http:// is allowed for localhost only.',
		},
		{
			displayName: 'Subaccount ID',
			name: 'subaccountId',
			type: 'string',
			default: '',
			placeholder: 'e.g. Example_Marketing',
			description:
				'Sends messages, unless a node has another one. Shown on the API keys page in 8x8 Connect. Flows need none.',
		},
		...presetAllowedDomains(
			Object.values(REGIONS).map(({ host }) => host),
			{ region: ['custom'] },
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
				headers: { Authorization: `Bearer ${apiKey}` },
				credential: 'the 8x8 credential',
			}),
		);
	}
}
