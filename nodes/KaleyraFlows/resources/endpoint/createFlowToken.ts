import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../../../shared/errors';
import { parseInteger, parseJsonObject } from '../../../shared/node/parameters';
import {
	createSignedFlowToken,
	MAX_TOKEN_LENGTH,
} from '../../../shared/whatsappFlows/signedFlowToken';
import type { EndpointOperation } from './EndpointClient';

const MS_PER_HOUR = 3_600_000;
/** Meta advises two to three days. In hours. */
const DEFAULT_LIFETIME = 72;
const MAX_LIFETIME = 8760;

const payloadParameter: INodeProperties = {
	displayName: 'Payload',
	name: 'payload',
	type: 'json',
	default: '{}',
	description:
		'What the Kaleyra Flows Endpoint Trigger returns as "token" with each request, such as {"customer_id": "42"}. The customer could read it, but not change it.',
};

const expiresInParameter: INodeProperties = {
	displayName: 'Expires In (Hours)',
	name: 'expiresIn',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_LIFETIME },
	default: DEFAULT_LIFETIME,
	description: 'How long the flow can be opened and used',
};

/** Creates a signed flow token. Sends no request. */
export const createFlowToken: EndpointOperation = {
	name: 'Create Flow Token',
	value: 'createFlowToken',
	action: 'Create a flow token',
	description:
		'Create a signed flow token for a message with a flow, which tells the endpoint whom the flow was sent to',
	writes: false,
	parameters: [payloadParameter, expiresInParameter],
	async execute({ client, getParameter }) {
		const payload = parseJsonObject(getParameter('payload', '{}'), 'Payload');
		const lifetime = parseInteger(getParameter('expiresIn', DEFAULT_LIFETIME), {
			name: 'Expires In (Hours)',
			min: 1,
			max: MAX_LIFETIME,
		});
		const expiresAt = Date.now() + lifetime * MS_PER_HOUR;
		const token = createSignedFlowToken(payload, expiresAt, client.privateKey);
		if (token.length > MAX_TOKEN_LENGTH) {
			throw new InvalidInputError(
				`'Payload' makes a token of ${token.length} characters; ${MAX_TOKEN_LENGTH} are possible`,
				'Put an ID into the payload, and look up the rest when the request arrives.',
			);
		}
		return await Promise.resolve([
			{ flow_token: token, expires_at: new Date(expiresAt).toISOString() },
		]);
	},
};
