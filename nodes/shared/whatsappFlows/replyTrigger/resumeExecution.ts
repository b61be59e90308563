import type { IWebhookFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { toHttpResponse, toNetworkError } from '../../http/httpResult';
import type { HttpResult } from '../../http/httpResult';
import { isObject } from '../../http/json';
import type { FlowReply } from '../flowReply';
import type { ResumeTarget } from '../flowToken';
import { buildResumeUrl, parseResumeToken } from '../flowToken';

/** An execution is still running when a reply arrives before n8n has put it to wait. In milliseconds. */
const RETRY_DELAYS_MS = [200, 400, 800];
/** A gateway's statuses for a request that n8n may have received. */
const INDETERMINATE_STATUSES = [502, 504];

/** What became of a reply. If it's unknown whether an execution was resumed, nothing else may use the reply. */
export type ResumeResult =
	| { outcome: 'resumed' }
	| { outcome: 'notResumed' | 'unknown'; reason: string };

/** @param texts of a reply, one of which can be the token of a waiting execution */
export const findResumeTarget = (texts: string[]) =>
	texts.map(parseResumeToken).find((target) => target !== undefined);

/**
 * Passes a reply on to the execution that waits for it, through n8n's own signed resume URL. n8n responds only when
 * the execution continues, which takes long if it limits how many run at the same time.
 *
 * @param deadline milliseconds since 1970
 */
export async function resumeExecution(
	n8n: IWebhookFunctions,
	target: ResumeTarget,
	reply: FlowReply,
	deadline: number,
): Promise<ResumeResult> {
	const url = getResumeUrl(n8n, target);
	if (url === undefined) {
		const reason = "n8n's own webhook URL is invalid or unknown, so no execution was resumed.";
		return { outcome: 'notResumed', reason };
	}
	if (Date.now() >= deadline) {
		const reason = 'The request contains too many replies to resume an execution for each of them.';
		return { outcome: 'notResumed', reason };
	}
	let result = await post(n8n, url, reply, deadline);
	let indeterminate = isIndeterminate(result);
	for (const delay of RETRY_DELAYS_MS) {
		if (!isRetryable(result) || Date.now() + delay >= deadline) break;
		await sleep(delay);
		result = await post(n8n, url, reply, deadline);
		indeterminate ||= isIndeterminate(result);
	}
	const reason = getFailureReason(result);
	if (reason === undefined) return { outcome: 'resumed' };
	return { outcome: indeterminate ? 'unknown' : 'notResumed', reason };
}

function getResumeUrl(n8n: IWebhookFunctions, target: ResumeTarget): string | undefined {
	try {
		const instanceUrl = String(n8n.evaluateExpression('{{ $execution.resumeUrl }}'));
		return buildResumeUrl(instanceUrl, target);
	} catch {
		// The URL is invalid, or n8n didn't evaluate the expression in time.
		return undefined;
	}
}

async function post(
	n8n: IWebhookFunctions,
	url: string,
	reply: FlowReply,
	deadline: number,
): Promise<HttpResult> {
	return await n8n.helpers
		.httpRequest({
			method: 'POST',
			url,
			body: { ...reply },
			headers: { 'Content-Type': 'application/json' },
			encoding: 'text',
			// 0 would mean no timeout.
			timeout: Math.max(1, deadline - Date.now()),
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})
		.then(toHttpResponse, toNetworkError);
}

const isIndeterminate = (result: HttpResult): boolean =>
	result.kind === 'networkError'
		? result.mayHaveBeenSent
		: INDETERMINATE_STATUSES.includes(result.status);

const isRetryable = (result: HttpResult): boolean =>
	result.kind === 'networkError'
		? result.code === 'ECONNREFUSED'
		: [409, 502, 503].includes(result.status);

/** @returns undefined if the execution was resumed */
function getFailureReason(result: HttpResult): string | undefined {
	if (result.kind === 'networkError') {
		return result.mayHaveBeenSent
			? `n8n did not respond at its own webhook URL (${result.code}).`
			: `n8n can't reach its own webhook URL (${result.code}), so no execution was resumed.`;
	}
	const { status, body } = result;
	if (status === 200 && isObject(body) && body['resumed'] === true) return undefined;
	const message = isObject(body) ? body['message'] : undefined;
	if (status === 401) return 'The token of the waiting execution has an invalid signature.';
	if (status === 404) return 'The waiting execution no longer exists.';
	if (status === 200 || status === 409) return 'No execution waits for this reply any more.';
	return `n8n did not resume the waiting execution (HTTP ${status}${typeof message === 'string' ? `, ${message}` : ''}).`;
}
