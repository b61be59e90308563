import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { ENDPOINT_CREDENTIAL_TYPE, parseEndpointCredential } from '../kaleyra/endpointCredential';
import { toNodeError } from '../shared/node/errors';
import type { EndpointSettings, Outcome } from '../shared/whatsappFlows/dataExchange/handleRequest';
import { handleRequest } from '../shared/whatsappFlows/dataExchange/handleRequest';
import { parseEndpointParameters } from './parameters';

/**
 * Handles one request of WhatsApp's. Pings, client errors, and rejected requests get their response here and
 * start no execution.
 */
export async function webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const settings = await readSettings(this);
	const { rawBody, headers } = this.getRequestObject();
	const { response, item, rejection } = handleRequest(
		{ rawBody: rawBody ?? Buffer.alloc(0), signature: headers['x-hub-signature-256'] },
		settings,
	);
	if (response) sendResponse(this, response);
	if (rejection) {
		this.logger.warn(`Data Exchange request rejected with ${response?.statusCode}: ${rejection}`);
	}
	return {
		...(response && { noWebhookResponse: true }),
		...(item && { workflowData: [this.helpers.returnJsonArray([item])] }),
	};
}

/** An error here becomes a failed execution, and a 500: never a 421, which would mean that the key has changed. */
async function readSettings(context: IWebhookFunctions): Promise<EndpointSettings> {
	try {
		const credential = await context.getCredentials(ENDPOINT_CREDENTIAL_TYPE);
		const getParameter = (name: string, fallback?: unknown): unknown =>
			context.getNodeParameter(name, fallback);
		return { ...parseEndpointCredential(credential), ...parseEndpointParameters(getParameter) };
	} catch (thrown) {
		throw toNodeError(context.getNode(), thrown);
	}
}

function sendResponse(
	context: IWebhookFunctions,
	{ statusCode, body }: NonNullable<Outcome['response']>,
): void {
	const response = context.getResponseObject();
	response.writeHead(statusCode, { 'content-type': 'text/plain' });
	response.end(body);
}
