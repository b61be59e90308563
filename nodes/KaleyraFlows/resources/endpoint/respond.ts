import type { INodeProperties } from 'n8n-workflow';
import { InvalidInputError } from '../../../shared/errors';
import type { GetParameter } from '../../../shared/node/parameters';
import { trimText } from '../../../shared/node/parameters';
import type { PendingRequest } from '../../../shared/whatsappFlows/dataExchange/pendingRequest';
import type { EndpointResponse } from '../../../shared/whatsappFlows/dataExchange/responses';
import {
	createCompletionResponse,
	createErrorResponse,
	createExpiredTokenResponse,
	createScreenResponse,
} from '../../../shared/whatsappFlows/dataExchange/responses';
import {
	createObjectParameters,
	inputTypeParameter,
	PARAMS,
	parseObjectParameter,
	SCREEN_DATA,
} from './objectParameters';
import type { EndpointOperation } from './EndpointClient';

const responseTypeParameter: INodeProperties = {
	displayName: 'Response Type',
	name: 'responseType',
	type: 'options',
	options: [
		{
			name: 'Complete Flow',
			value: 'complete',
			description: "Close the flow and send the params to the chat as the flow's reply",
		},
		{
			name: 'Expire Flow Token',
			value: 'expireToken',
			description: 'Close the flow and disable the button of its message',
		},
		{ name: 'Next Screen', value: 'nextScreen', description: 'Show a screen with its data' },
		{
			name: 'Show Error',
			value: 'error',
			description: 'Stay on the same screen and show a message',
		},
	],
	default: 'nextScreen',
};

const screenParameter: INodeProperties = {
	displayName: 'Screen',
	name: 'screen',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. DETAILS',
	description: 'The ID of the screen in the flow JSON',
	displayOptions: { show: { responseType: ['nextScreen'] } },
};

const errorMessageParameter: INodeProperties = {
	displayName: 'Error Message',
	name: 'errorMessage',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. There is no order with this number',
	description: 'What the customer reads',
	displayOptions: { show: { responseType: ['error', 'expireToken'] } },
};

/** Responds to the request that the Kaleyra Flows Endpoint Trigger received. */
export const respond: EndpointOperation = {
	name: 'Respond',
	value: 'respond',
	action: 'Respond to an endpoint request',
	description:
		'Respond to the request that a Kaleyra Flows Endpoint Trigger received: show a screen or an error, or end the flow',
	writes: true,
	parameters: [
		responseTypeParameter,
		screenParameter,
		errorMessageParameter,
		inputTypeParameter,
		...createObjectParameters(SCREEN_DATA),
		...createObjectParameters(PARAMS),
	],
	async execute({ client, getParameter, itemIndex, addHint }) {
		const request = client.findPendingRequest(itemIndex);
		const response = parseResponse(getParameter, request);
		await client.respond(request, response);
		const late = client.isLate(request);
		if (late)
			addHint('WhatsApp waits 10 seconds. This response was later, so the customer saw an error.');
		return [
			{
				success: true,
				status_code: response.statusCode,
				response: response.body,
				...(late && { late }),
			},
		];
	},
};

function parseResponse(getParameter: GetParameter, request: PendingRequest): EndpointResponse {
	const type = getParameter('responseType', 'nextScreen');
	switch (type) {
		case 'nextScreen':
			return createScreenResponse(
				parseText(getParameter('screen', ''), 'Screen'),
				parseObjectParameter(getParameter, SCREEN_DATA),
			);
		case 'complete':
			return createCompletionResponse(
				request.flowToken,
				parseObjectParameter(getParameter, PARAMS),
			);
		case 'error':
			return createErrorResponse(
				parseCurrentScreen(request),
				parseObjectParameter(getParameter, SCREEN_DATA),
				parseText(getParameter('errorMessage', ''), 'Error Message'),
			);
		case 'expireToken':
			return createExpiredTokenResponse(
				parseText(getParameter('errorMessage', ''), 'Error Message'),
			);
		default:
			throw new InvalidInputError(
				`'Response Type' is unknown: ${JSON.stringify(type)}`,
				'Use nextScreen, complete, error, or expireToken.',
			);
	}
}

/** @throws {InvalidInputError} if WhatsApp shows no screen yet */
function parseCurrentScreen({ screen }: PendingRequest): string {
	if (screen !== '') return screen;
	throw new InvalidInputError(
		"'Show Error' stays on the same screen, but the request names none",
		"Set 'Response Type' to Next Screen, and put the message into the data of the screen as error_message.",
	);
}

function parseText(value: unknown, name: string): string {
	const text = trimText(value);
	if (text !== '') return text;
	throw new InvalidInputError(`'${name}' is empty`, `Enter a value for '${name}'.`);
}
