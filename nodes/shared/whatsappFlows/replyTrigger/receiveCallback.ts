import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { CredentialLabels } from '../../api/credentials';
import { parseJson } from '../../http/json';
import { toNodeError } from '../../node/errors';
import type { GetParameter } from '../../node/parameters';
import { truncateForMessage } from '../../node/parameters';
import { readRawBody } from '../../node/rawBody';
import { WebhookCredential } from '../../node/WebhookCredential';
import type { FlowReply, ReceivedReply } from '../flowReply';
import type { CallbackHeader } from './callbackHeader';
import { hasCallbackHeader, parseCallbackHeader } from './callbackHeader';
import type { ReplyTriggerOptions } from './parameters';
import { recordMessage } from './receivedMessages';
import { findResumeTarget, resumeExecution } from './resumeExecution';

/** Providers send one message per request. */
const MAX_REPLIES = 100;
/** For resuming executions, all replies of a request together. */
const TIMEOUT_MS = 10_000;

/** What a reply trigger needs to know about its provider. */
export interface CallbackFormat<TReply extends FlowReply> {
	/** The credential with the callback header. */
	credential: { type: string; labels: CredentialLabels };
	parseOptions: (getParameter: GetParameter) => ReplyTriggerOptions<TReply>;
	/** Finds the flow replies in the body of a request, and ignores everything else in it. */
	parseReplies: (payload: unknown) => ReceivedReply<TReply>[];
	/** The texts of a reply that can be the token of a waiting execution. */
	getTokens: (reply: TReply) => string[];
}

/** The methods of Express's response that are used. */
interface Responder {
	status(code: number): Responder;
	json(body: unknown): void;
}

/**
 * Creates the webhook of a reply trigger. It accepts everything that the provider sends, because the provider
 * disables a URL that keeps failing or sends its requests again, and responds at once. Only flow replies start an
 * execution, and one for which an execution waits resumes that one instead.
 */
export function createReceiveCallback<TReply extends FlowReply>(format: CallbackFormat<TReply>) {
	const { type, labels } = format.credential;
	const callbackHeader = new WebhookCredential(type, (credential) =>
		parseCallbackHeader(credential, labels),
	);
	return async function receiveCallback(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const response: Responder = this.getResponseObject();
		try {
			const getParameter: GetParameter = (name, fallback) => this.getNodeParameter(name, fallback);
			if (!(await isAuthentic(this, getParameter, callbackHeader))) {
				response.status(401).json({ message: 'The callback header is missing or wrong' });
				return { noWebhookResponse: true };
			}
			const options = format.parseOptions(getParameter);
			const replies = format.parseReplies(await readPayload(this));
			// n8n would respond when the execution has started, which takes long when many replies arrive at once.
			response.status(200).json({ received: true });
			const items = await processReplies(this, format, options, replies);
			return { noWebhookResponse: true, ...(items.length > 0 && { workflowData: [items] }) };
		} catch (thrown) {
			throw toNodeError(this.getNode(), thrown);
		}
	};
}

async function isAuthentic(
	n8n: IWebhookFunctions,
	getParameter: GetParameter,
	callbackHeader: WebhookCredential<CallbackHeader>,
): Promise<boolean> {
	if (getParameter('authentication', 'none') === 'none') return true;
	return await callbackHeader.decide(
		n8n,
		(header) => hasCallbackHeader(n8n.getHeaderData(), header),
		(authentic) => !authentic,
	);
}

/** n8n rounds long numbers when it parses the body, so the text is parsed again. */
async function readPayload(n8n: IWebhookFunctions): Promise<unknown> {
	const rawBody = await readRawBody(n8n);
	// The decoder removes a byte order mark.
	const payload = rawBody ? parseJson(new TextDecoder().decode(rawBody)) : undefined;
	return typeof payload === 'object' ? payload : n8n.getBodyData();
}

/** Throws nothing: the provider has its response, and wouldn't send the replies again. */
async function processReplies<TReply extends FlowReply>(
	n8n: IWebhookFunctions,
	{ getTokens }: Pick<CallbackFormat<TReply>, 'getTokens'>,
	{ includeRawPayload, matches }: ReplyTriggerOptions<TReply>,
	replies: ReceivedReply<TReply>[],
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
		const target = findResumeTarget(getTokens(reply));
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
