import type { JsonObject } from 'n8n-workflow';

/** A response before encryption. Source: Meta, Implementing Endpoints for Flows, and its error codes. */
export interface EndpointResponse {
	statusCode: number;
	body: JsonObject;
}

/** Ends a flow; no screen of a flow can have this name. */
const SUCCESS_SCREEN = 'SUCCESS';

export const createPingResponse = (): EndpointResponse => ({
	statusCode: 200,
	body: { data: { status: 'active' } },
});

export const createAcknowledgment = (): EndpointResponse => ({
	statusCode: 200,
	body: { data: { acknowledged: true } },
});

export const createScreenResponse = (screen: string, data: JsonObject): EndpointResponse => ({
	statusCode: 200,
	body: { screen, data },
});

/** Shows the message on the screen that the user sees. */
export const createErrorResponse = (
	screen: string,
	data: JsonObject,
	message: string,
): EndpointResponse => createScreenResponse(screen, { ...data, error_message: message });

/** Closes the flow. The chat receives the parameters as the flow's reply. */
export const createCompletionResponse = (
	flowToken: string | undefined,
	params: JsonObject,
): EndpointResponse =>
	createScreenResponse(SUCCESS_SCREEN, {
		extension_message_response: {
			params: { ...(flowToken !== undefined && { flow_token: flowToken }), ...params },
		},
	});

/** Closes the flow, shows the message, and disables the button of the chat message. */
export const createExpiredTokenResponse = (message: string): EndpointResponse => ({
	statusCode: 427,
	body: { error_msg: message },
});
