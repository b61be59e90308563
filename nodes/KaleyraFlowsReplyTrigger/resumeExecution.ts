import type { IWebhookFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { toHttpResponse, toNetworkError } from '../shared/http/httpResult';
import type { HttpResult } from '../shared/http/httpResult';
import { isObject } from '../shared/http/json';
import type { FlowReply } from '../shared/whatsappFlows/flowReply';
import type { ResumeTarget } from '../shared/whatsappFlows/flowToken';
import { buildResumeUrl, parseResumeToken } from '../shared/whatsappFlows/flowToken';

/** In milliseconds. */
const TIMEOUT_MS = 10_000;
/** An execution is still running when a reply arrives before n8n has put it to wait. */
const RETRY_DELAYS_MS = [200, 400, 800];

/** Where an execution waits for this reply, from its flow token or, if that's another one, from a reference. */
export const findResumeTarget = ({ flow_token: token, ref, ref1, ref2 }: FlowReply) =>
	[token, ref, ref1, ref2].map(parseResumeToken).find((target) => target !== undefined);

/**
 * Passes a reply on to the execution that waits for it, through n8n's own signed resume URL.
 *
 * @returns why the execution wasn't resumed; undefined if it was
 */
export async function resumeExecution(
	n8n: IWebhookFunctions,
	target: ResumeTarget,
	reply: FlowReply,
): Promise<string | undefined> {
	const url = buildResumeUrl(String(n8n.getNodeParameter('resumeUrl')), target);
	let result = await post(n8n, url, reply);
	for (const delay of RETRY_DELAYS_MS) {
		if (result.kind === 'networkError' || result.status !== 409) break;
		await sleep(delay);
		result = await post(n8n, url, reply);
	}
	return getFailureReason(result);
}

async function post(n8n: IWebhookFunctions, url: string, reply: FlowReply): Promise<HttpResult> {
	return await n8n.helpers
		.httpRequest({
			method: 'POST',
			url,
			body: { ...reply },
			headers: { 'Content-Type': 'application/json' },
			encoding: 'text',
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})
		.then(toHttpResponse, toNetworkError);
}

function getFailureReason(result: HttpResult): string | undefined {
	if (result.kind === 'networkError') {
		return `n8n can't reach its own webhook URL (${result.code}), so no execution was resumed.`;
	}
	const { status, body } = result;
	if (status === 200 && isObject(body) && body['resumed'] === true) return undefined;
	const message = isObject(body) ? body['message'] : undefined;
	if (status === 401) return 'The token of the waiting execution has an invalid signature.';
	if (status === 404) return 'The waiting execution no longer exists.';
	if (status === 200 || status === 409) return 'No execution waits for this reply any more.';
	return `n8n did not resume the waiting execution (HTTP ${status}${typeof message === 'string' ? `, ${message}` : ''}).`;
}
