import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { ENDPOINT_CREDENTIAL_TYPE, parseEndpointCredential } from '../kaleyra/endpointCredential';
import { toNodeError } from '../shared/node/errors';
import { readRawBody } from '../shared/node/rawBody';
import { WebhookCredential } from '../shared/node/WebhookCredential';
import type { Outcome } from '../shared/whatsappFlows/dataExchange/handleRequest';
import { handleRequest } from '../shared/whatsappFlows/dataExchange/handleRequest';
import { parseEndpointParameters } from './parameters';

/** The statuses of requests, and of flow tokens, that don't fit the private key or the app secret. */
const REJECTED_BY_CREDENTIAL = [421, 427, 432];

const endpointCredential = new WebhookCredential(ENDPOINT_CREDENTIAL_TYPE, parseEndpointCredential);

/**
 * Handles one request of WhatsApp's. Pings, client errors, and rejected requests get their response here and
 * start no execution.
 */
export async function webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { response, item, rejection } = await decide(this);
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
async function decide(context: IWebhookFunctions): Promise<Outcome> {
	try {
		const request = {
			rawBody: (await readRawBody(context)) ?? Buffer.alloc(0),
			signature: context.getHeaderData()['x-hub-signature-256'],
		};
		const parameters = parseEndpointParameters((name, fallback) =>
			context.getNodeParameter(name, fallback),
		);
		return await endpointCredential.decide(
			context,
			(credential) => handleRequest(request, { ...credential, ...parameters }),
			({ response }) => REJECTED_BY_CREDENTIAL.includes(response?.statusCode ?? 200),
		);
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
