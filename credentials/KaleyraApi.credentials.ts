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
			description: 'In the Kaleyra console, Edit API Key shows SID, key and API Domain together',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'A key of this SID. It goes to the API Domain only, in a header.',
		},
		{
			displayName: 'Pod',
			name: 'pod',
			type: 'options',
			options: [
				...Object.entries(PODS).map(([value, { name, host }]) => ({
					name: `${name} (${host})`,
					value,
				})),
				{ name: 'Another Domain', value: 'custom' },
			],
			default: 'in',
			description: 'The API Domain of your account. The letters in a SID do not tell it.',
		},
		{
			displayName: 'API Domain',
			name: 'apiDomain',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { pod: ['custom'] } },
			placeholder: 'e.g. api.in.kaleyra.io',
			description: 'A host, or an origin with https://. Plain http is taken for this machine only.',
		},
		{
			displayName: 'WABA ID',
			name: 'wabaId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 102290129340398',
			description:
				'The WhatsApp Business Account that nodes use when they name none. Its flows are also what the test lists.',
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
