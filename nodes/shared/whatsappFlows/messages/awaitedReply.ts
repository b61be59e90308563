import type {
	IDataObject,
	INodeProperties,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
	JsonObject,
} from 'n8n-workflow';
import { isObject } from '../../http/json';
import type { FlowReply } from '../flowReply';
import { parseForwardedReply } from './forwardedReply';

/** How an execution that waits for a flow reply receives it. */

/** What n8n continues with after the limit. Until then, it says which reply the execution waits for. */
export interface AwaitedReply extends IDataObject {
	timed_out: true;
	message_id: string;
	to: string;
	flow_id: string;
	flow_token: string;
	/** The token that leads the reply back, if that isn't the flow token. */
	ref?: string;
}

/** What the provider's replies contain. */
export interface ReplyFormat {
	/** The names of the provider's own texts. */
	texts: readonly string[];
	isFrom: (reply: FlowReply, customer: string) => boolean;
}

/** For a waiting node, `$json` is what it continues with. */
export const awaitedReplyParameter: INodeProperties = {
	displayName: 'Awaited Reply',
	name: 'awaitedReply',
	type: 'hidden',
	default: '={{ $json }}',
};

/** The methods of Express's response that are used. */
interface Responder {
	status(code: number): Responder;
	json(body: unknown): void;
}

/**
 * Continues the execution with the reply that the reply trigger passes on. n8n has checked the signature of the
 * URL, but not whether the execution still waits for this message and this customer.
 */
export const createReceiveReply = ({ texts, isFrom }: ReplyFormat) =>
	async function receiveReply(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const reply = parseForwardedReply(this.getBodyData(), texts);
		const awaited: unknown = this.getNodeParameter('awaitedReply');
		if (reply && isObject(awaited) && isAwaited(reply, awaited, isFrom)) {
			return await Promise.resolve({
				webhookResponse: { resumed: true },
				workflowData: [[{ json: { timed_out: false, ...reply } }]],
			});
		}
		const response: Responder = this.getResponseObject();
		response.status(410).json({ message: 'The execution does not wait for this reply' });
		return { noWebhookResponse: true };
	};

function isAwaited(
	reply: FlowReply,
	{ ref, flow_token: flowToken, to }: JsonObject,
	isFrom: ReplyFormat['isFrom'],
): boolean {
	const token = String(ref ?? flowToken);
	return [reply.flow_token, reply['ref']].includes(token) && isFrom(reply, String(to));
}

/** Only POST: following a link resumes nothing. */
export const awaitedReplyWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		responseData: '',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	},
];
