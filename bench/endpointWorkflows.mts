import { vectors } from '../test/unit/dataExchange/vectors.mts';
import { createWebhook, createWorkflow, PACKAGE } from './realN8n.mts';

// The same endpoint with this package, with Code nodes, and twice without encryption: one of these has an expression
// in its Webhook node, so that n8n needs its expression engine for the webhook, as for the webhook of every other node.

export const CREDENTIAL = {
	id: 'kaleyraEndpoint01',
	name: 'Endpoint',
	type: 'kaleyraFlowsEndpointApi',
	data: { privateKey: vectors.keys.pkcs8 },
};
const credentials = {
	kaleyraFlowsEndpointApi: { id: CREDENTIAL.id, name: CREDENTIAL.name },
};

const SLOTS = '={{ [{ id: "1", title: "Slot for " + $json.data.date }] }}';

const setNode = {
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		assignments: { assignments: [{ id: '1', name: 'slots', type: 'array', value: SLOTS }] },
		includeOtherFields: true,
		options: {},
	},
};

const DECRYPT = `const crypto = require('crypto');
const { encrypted_aes_key, encrypted_flow_data, initial_vector } = $input.first().json.body;
const aesKey = crypto.privateDecrypt({
	key: crypto.createPrivateKey(${JSON.stringify(vectors.keys.pkcs8)}),
	padding: crypto.constants.RSA_PKCS1_OAEP_PADDING,
	oaepHash: 'sha256',
}, Buffer.from(encrypted_aes_key, 'base64'));
const data = Buffer.from(encrypted_flow_data, 'base64');
const decipher = crypto.createDecipheriv('aes-128-gcm', aesKey, Buffer.from(initial_vector, 'base64'));
decipher.setAuthTag(data.subarray(-16));
const text = Buffer.concat([decipher.update(data.subarray(0, -16)), decipher.final()]).toString();
return [{ json: { ...JSON.parse(text), aesKey: aesKey.toString('base64'), vector: initial_vector } }];`;

const ENCRYPT = `const crypto = require('crypto');
const { slots, aesKey, vector } = $input.first().json;
const inverted = Buffer.from(vector, 'base64').map((byte) => ~byte);
const cipher = crypto.createCipheriv('aes-128-gcm', Buffer.from(aesKey, 'base64'), inverted);
const text = JSON.stringify({ screen: 'SLOT', data: { slots } });
const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
return [{ json: { text: encrypted.toString('base64') } }];`;

const createCode = (jsCode: string) => ({
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode },
});

const createRespondToWebhook = (respondWith: string, responseBody: string) => ({
	type: 'n8n-nodes-base.respondToWebhook',
	typeVersion: 1.1,
	parameters: { respondWith, responseBody, options: {} },
});

const createPlainChain = (path: string, options: object = {}) => [
	createWebhook(path, 'responseNode', options),
	{
		...setNode,
		parameters: {
			...setNode.parameters,
			assignments: {
				assignments: [
					{ id: '1', name: 'slots', type: 'array', value: SLOTS.replace('$json', '$json.body') },
				],
			},
		},
	},
	createRespondToWebhook('json', '={{ { screen: "SLOT", data: { slots: $json.slots } } }}'),
];

const CHAINS = {
	package: [
		{
			type: `${PACKAGE}.kaleyraFlowsEndpointTrigger`,
			typeVersion: 1.1,
			webhookId: 'webhook-package',
			parameters: { path: 'package', flowTokenPolicy: 'signed', options: {} },
			credentials,
		},
		setNode,
		{
			type: `${PACKAGE}.kaleyraFlows`,
			parameters: {
				resource: 'endpoint',
				operation: 'respond',
				responseType: 'nextScreen',
				screen: 'SLOT',
				inputType: 'json',
				screenData: '={{ { slots: $json.slots } }}',
			},
			credentials,
		},
	],
	code: [
		createWebhook('code', 'responseNode'),
		createCode(DECRYPT),
		setNode,
		createCode(ENCRYPT),
		createRespondToWebhook('text', '={{ $json.text }}'),
	],
	plain: createPlainChain('plain'),
	expression: createPlainChain('expression', { ignoreBots: '={{ false }}' }),
};

export type Contender = keyof typeof CHAINS;

export const isPlain = (contender: Contender): boolean =>
	contender === 'plain' || contender === 'expression';

/** The workflows to import; the path of each webhook is its ID. */
export const WORKFLOWS = Object.entries(CHAINS).map(([id, chain]) => createWorkflow(id, chain));
