import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { REGIONS } from '../nodes/eightByEight/constants';
import { parseAccount } from '../nodes/eightByEight/credentials';
import { authorizeRequest, presetAllowedDomains } from '../nodes/shared/api/credentials';

/**
 * An account at 8x8 Connect. Source: "Messaging Apps API: Get Started" and the path parameters of every
 * Flow page. Values are trimmed where they are used; nodes/eightByEight/credentials.ts says which are rejected.
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
				'In 8x8 Connect, the page API keys shows it. It goes to the region’s host only, in a header.',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1a2b3c4d-0000-0000-0000-000000000000',
			description: 'In 8x8 Connect, the page API keys shows it. With or without hyphens.',
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
			description: 'The data centre region of your account',
		},
		{
			displayName: 'API Domain',
			name: 'apiDomain',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { region: ['custom'] } },
			placeholder: 'e.g. chatapps.8x8.com',
			description: 'A host, or an origin with https://. Plain http is taken for this machine only.',
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
