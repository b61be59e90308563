import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import {
	CALLBACK_CREDENTIAL_TYPE,
	hasCallbackHeader,
	parseCallbackHeader,
} from '../kaleyra/callbackHeader';
import { parseJson } from '../shared/http/json';
import { toNodeError } from '../shared/node/errors';
import type { GetParameter } from '../shared/node/parameters';
import type { ReceivedReply } from '../shared/whatsappFlows/flowReply';
import { parseFlowReplies } from '../shared/whatsappFlows/flowReply';
import type { ReplyTriggerOptions } from './parameters';
import { parseReplyTriggerOptions } from './parameters';
import { recordMessage } from './receivedMessages';
import { findResumeTarget, resumeExecution } from './resumeExecution';

/** The methods of Express's response that are used. */
interface Responder {
	status(code: number): Responder;
	json(body: unknown): void;
}

/**
 * Accepts everything that Kaleyra sends, because it disables a URL that keeps failing, and responds at once. Only
 * flow replies start an execution, and one for which an execution waits resumes that one instead.
 */
export async function receiveCallback(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response: Responder = this.getResponseObject();
	try {
		const getParameter: GetParameter = (name, fallback) => this.getNodeParameter(name, fallback);
		if (!(await isAuthentic(this, getParameter))) {
			response.status(401).json({ message: 'The callback header is missing or wrong' });
			return { noWebhookResponse: true };
		}
		const options = parseReplyTriggerOptions(getParameter);
		const replies = parseFlowReplies(getPayload(this));
		// n8n would respond when the execution has started, which takes long when many replies arrive at once.
		response.status(200).json({ received: true });
		const items: INodeExecutionData[] = [];
		for (const received of replies) {
			const json = await processReply(this, options, received);
			if (json) items.push({ json });
		}
		return { noWebhookResponse: true, ...(items.length > 0 && { workflowData: [items] }) };
	} catch (thrown) {
		throw toNodeError(this.getNode(), thrown);
	}
}

async function isAuthentic(n8n: IWebhookFunctions, getParameter: GetParameter): Promise<boolean> {
	if (getParameter('authentication', 'none') === 'none') return true;
	const header = parseCallbackHeader(await n8n.getCredentials(CALLBACK_CREDENTIAL_TYPE));
	return hasCallbackHeader(n8n.getHeaderData(), header);
}

/** n8n rounds long numbers when it parses the body, so the text is parsed again. */
function getPayload(n8n: IWebhookFunctions): unknown {
	const rawBody: unknown = Reflect.get(n8n.getRequestObject(), 'rawBody');
	return Buffer.isBuffer(rawBody) ? parseJson(rawBody.toString()) : n8n.getBodyData();
}

/** @returns undefined if the reply starts no execution */
async function processReply(
	n8n: IWebhookFunctions,
	{ includeRawPayload, matches }: ReplyTriggerOptions,
	{ reply, warning, payload }: ReceivedReply,
): Promise<IDataObject | undefined> {
	if (isDuplicate(n8n, reply.message_id)) return undefined;
	const { logger } = n8n;
	if (warning !== undefined) logger.warn(`${warning} Message ${reply.message_id}.`);
	const target = findResumeTarget(reply);
	const resumeError = target && (await resumeExecution(n8n, target, reply));
	if (target && resumeError === undefined) return undefined;
	if (resumeError !== undefined) logger.warn(`${resumeError} Message ${reply.message_id}.`);
	if (!matches(reply)) return undefined;
	return {
		...reply,
		...(warning !== undefined && { warning }),
		...(resumeError !== undefined && { resume_error: resumeError }),
		...(includeRawPayload && { raw_payload: payload }),
	};
}

/** A test in the editor accepts the same message again. */
function isDuplicate(n8n: IWebhookFunctions, messageId: string): boolean {
	if (messageId === '' || n8n.getMode() === 'manual') return false;
	const nodeKey = `${n8n.getWorkflow().id} ${n8n.getNode().id}`;
	return !recordMessage(n8n.getWorkflowStaticData('node'), nodeKey, messageId);
}
