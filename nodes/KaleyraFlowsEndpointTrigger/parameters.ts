import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../shared/errors';
import { isObject } from '../shared/http/json';
import type { GetParameter } from '../shared/node/parameters';
import { parseBoolean } from '../shared/node/parameters';
import type {
	EndpointSettings,
	FlowTokenPolicy,
} from '../shared/whatsappFlows/dataExchange/handleRequest';

const POLICIES: Record<FlowTokenPolicy, { name: string; description: string }> = {
	signed: {
		name: 'Signed',
		description: 'Only tokens that Create Flow Token made with the same credential',
	},
	signedOrMissing: {
		name: 'Signed or Missing',
		description: 'Also requests without a token, which some iOS versions send',
	},
	any: { name: 'Any', description: 'All requests. Anyone can send one.' },
};

const DEFAULT_MESSAGE = 'This form has expired. Ask us for a new one.';

export const endpointTriggerParameters: INodeProperties[] = [
	{
		displayName:
			'Set the production URL as the endpoint URI of your flow, and add a Kaleyra Flows node with the operation Respond to this workflow',
		name: 'respondNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		placeholder: 'e.g. booking-7d3f',
		description: 'The last part of the URL. Leave empty for a random one, which nobody can guess.',
	},
	{
		displayName: 'Flow Token',
		name: 'flowTokenPolicy',
		type: 'options',
		options: Object.entries(POLICIES).map(([value, option]) => ({ ...option, value })),
		default: 'signed',
		description:
			'Which flow tokens to accept. Anyone who knows the public key and the URL can send a valid request, and a request names neither the phone number nor the flow. A signed token shows that you sent the flow, and carries what you put into it.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Emit Client Errors',
				name: 'emitClientErrors',
				type: 'boolean',
				default: false,
				description:
					'Whether to start the workflow when WhatsApp reports an error, such as a timeout. The trigger acknowledges the report in any case.',
			},
			{
				displayName: 'Rejection Message',
				name: 'rejectionMessage',
				type: 'string',
				default: DEFAULT_MESSAGE,
				description: 'What the customer reads if the flow token is not accepted',
			},
		],
	},
];

/** @throws {InvalidInputError} if a parameter is invalid */
export function parseEndpointParameters(
	getParameter: GetParameter,
): Pick<EndpointSettings, 'flowTokenPolicy' | 'rejectionMessage' | 'emitClientErrors'> {
	const value = getParameter('options', {});
	const options = isObject(value) ? value : {};
	const message = options['rejectionMessage'];
	return {
		flowTokenPolicy: parsePolicy(getParameter('flowTokenPolicy', 'signed')),
		emitClientErrors: parseBoolean(options['emitClientErrors'] ?? false, 'Emit Client Errors'),
		rejectionMessage:
			typeof message === 'string' && message.trim() !== '' ? message : DEFAULT_MESSAGE,
	};
}

function parsePolicy(value: unknown): FlowTokenPolicy {
	if (value === 'signed' || value === 'signedOrMissing' || value === 'any') return value;
	throw new InvalidInputError(
		`'Flow Token' is unknown: ${JSON.stringify(value)}`,
		`Use one of: ${Object.keys(POLICIES).join(', ')}.`,
	);
}
