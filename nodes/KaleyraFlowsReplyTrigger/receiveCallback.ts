import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import {
	CALLBACK_CREDENTIAL_TYPE,
	hasCallbackHeader,
	parseCallbackHeader,
} from '../kaleyra/callbackHeader';
import { parseJson } from '../shared/http/json';
import { toNodeError } from '../shared/node/errors';
import type { GetParameter } from '../shared/node/parameters';
import { truncateForMessage } from '../shared/node/parameters';
import type { FlowReply, ReceivedReply } from '../shared/whatsappFlows/flowReply';
import { parseFlowReplies } from '../shared/whatsappFlows/flowReply';
import type { ReplyTriggerOptions } from './parameters';
import { parseReplyTriggerOptions } from './parameters';
import { recordMessage } from './receivedMessages';
import { findResumeTarget, resumeExecution } from './resumeExecution';

/** Kaleyra sends one message per request. */
const MAX_REPLIES = 100;
/** For resuming executions, all replies of a request together. */
const TIMEOUT_MS = 10_000;

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
		const items = await processReplies(this, options, replies);
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

/** Throws nothing: Kaleyra has its response, and wouldn't send the replies again. */
async function processReplies(
	n8n: IWebhookFunctions,
	{ includeRawPayload, matches }: ReplyTriggerOptions,
	replies: ReceivedReply[],
): Promise<INodeExecutionData[]> {
	const deadline = Date.now() + TIMEOUT_MS;
	const items: INodeExecutionData[] = [];
	const payloads = new Set<unknown>();
	if (replies.length > MAX_REPLIES) {
		n8n.logger.warn(
			`A request contains ${replies.length} replies. Ignored all after ${MAX_REPLIES}.`,
		);
	}
	for (const { reply, warning, payload } of replies.slice(0, MAX_REPLIES)) {
		if (isDuplicate(n8n, reply.message_id)) continue;
		if (warning !== undefined) logWarning(n8n, warning, reply);
		const target = findResumeTarget(reply);
		const result = target && (await resumeExecution(n8n, target, reply, deadline));
		if (result?.outcome === 'resumed') continue;
		if (result) logWarning(n8n, result.reason, reply);
		if (result?.outcome === 'unknown') continue;
		// The filters can't match the token and the reference of a waiting execution.
		if (!result && !matches(reply)) continue;
		const json = {
			...reply,
			...(warning !== undefined && { warning }),
			...(result && { resume_error: result.reason }),
			...(includeRawPayload && !payloads.has(payload) && { raw_payload: payload }),
		};
		payloads.add(payload);
		items.push({ json });
	}
	return items;
}

function logWarning(n8n: IWebhookFunctions, warning: string, { message_id: id }: FlowReply): void {
	n8n.logger.warn(`${warning} Message ${truncateForMessage(id)}.`);
}

/** A test in the editor accepts the same message again. */
function isDuplicate(n8n: IWebhookFunctions, messageId: string): boolean {
	if (messageId === '' || n8n.getMode() === 'manual') return false;
	const nodeKey = `${n8n.getWorkflow().id} ${n8n.getNode().id}`;
	return !recordMessage(n8n.getWorkflowStaticData('node'), nodeKey, messageId);
}
