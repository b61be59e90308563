import type { IExecuteFunctions, IHttpRequestOptions, INodeType } from 'n8n-workflow';

/** How nodes of other packages, such as HTTP Request, send a request with the credential. */
export const requestNode = {
	description: {
		displayName: 'Request',
		name: 'request',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Request' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'kaleyraApi', required: true }],
		properties: [
			{ displayName: 'Helper', name: 'helper', type: 'string', default: '' },
			{ displayName: 'Options', name: 'options', type: 'json', default: {} },
		],
	},
	async execute(this: IExecuteFunctions) {
		const helper = this.getNodeParameter('helper', 0) as Helper;
		const options = this.getNodeParameter('options', 0) as unknown as IHttpRequestOptions;
		const body: unknown = await this.helpers[helper].call(this, 'kaleyraApi', options);
		return [[{ json: { body: JSON.stringify(body) } }]];
	},
} as unknown as INodeType;

/** n8n's two ways, with their names for the URL. HTTP Request and GraphQL still use the older one. */
export const HELPERS = {
	requestWithAuthentication: 'uri',
	httpRequestWithAuthentication: 'url',
} as const;

type Helper = keyof typeof HELPERS;
