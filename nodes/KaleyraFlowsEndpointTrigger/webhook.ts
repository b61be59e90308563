import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { EndpointCredential } from '../kaleyra/endpointCredential';
import { ENDPOINT_CREDENTIAL_TYPE, parseEndpointCredential } from '../kaleyra/endpointCredential';
import { toNodeError } from '../shared/node/errors';
import type { Outcome } from '../shared/whatsappFlows/dataExchange/handleRequest';
import { handleRequest } from '../shared/whatsappFlows/dataExchange/handleRequest';
import { CredentialCache } from './CredentialCache';
import { parseEndpointParameters } from './parameters';

/** How long a changed credential may be unnoticed. */
const MAX_AGE_MS = 60_000;
/** The same after a request that it rejects, because the key or the app secret may have changed. */
const MAX_AGE_AFTER_REJECTION_MS = 5_000;
const REJECTED_BY_CREDENTIAL = [421, 432];

const credentials = new CredentialCache<EndpointCredential>();

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
	const { rawBody, headers } = context.getRequestObject();
	const request = {
		rawBody: rawBody ?? Buffer.alloc(0),
		signature: headers['x-hub-signature-256'],
	};
	try {
		const parameters = parseEndpointParameters((name, fallback) =>
			context.getNodeParameter(name, fallback),
		);
		const credential = await readCredential(context, MAX_AGE_MS);
		const outcome = handleRequest(request, { ...credential, ...parameters });
		if (!REJECTED_BY_CREDENTIAL.includes(outcome.response?.statusCode ?? 200)) return outcome;
		const current = await readCredential(context, MAX_AGE_AFTER_REJECTION_MS);
		return current === credential ? outcome : handleRequest(request, { ...current, ...parameters });
	} catch (thrown) {
		throw toNodeError(context.getNode(), thrown);
	}
}

async function readCredential(
	context: IWebhookFunctions,
	maxAgeMs: number,
): Promise<EndpointCredential> {
	const { id, credentials: selected } = context.getNode();
	const key = [context.getWorkflow().id, id, selected?.[ENDPOINT_CREDENTIAL_TYPE]?.id].join(' ');
	// In the editor, a change must be noticed at once.
	return await credentials.get(key, context.getMode() === 'manual' ? 0 : maxAgeMs, async () =>
		parseEndpointCredential(await context.getCredentials(ENDPOINT_CREDENTIAL_TYPE)),
	);
}

function sendResponse(
	context: IWebhookFunctions,
	{ statusCode, body }: NonNullable<Outcome['response']>,
): void {
	const response = context.getResponseObject();
	response.writeHead(statusCode, { 'content-type': 'text/plain' });
	response.end(body);
}
