import type {
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	JsonObject,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { HttpResult } from './httpResult';
import { toHttpResponse, toNetworkError, createTimeoutError } from './httpResult';
import { CancelledError } from '../errors';
import type { GetFailureCause } from './retry';
import { backoff, isRateLimited, isIndeterminate, shouldRetry, retryDelay } from './retry';

/** The n8n contexts that can send an authenticated request. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

export interface Request {
	method: IHttpRequestMethods;
	/** Complete and already encoded: it goes on the wire as it stands. */
	url: string;
	headers?: Record<string, string>;
	body?: JsonObject;
	/** Whether a second sending does no more than the first one did. */
	idempotent: boolean;
}

/** How long to wait for one answer, in milliseconds, and how often to try again. */
export interface RequestOptions {
	timeout: number;
	maxRetries: number;
	/** When all must be over (ms since 1970): an answer comes by then, or none does; no pause outlasts it. */
	until?: number;
}

/** Ends the wait for an answer. Made once, because an error costs more than it looks. */
const ANSWERED = new Error('Answered');

/**
 * The requests of one run to one service. They go through n8n's HTTP helper, so that proxies,
 * certificates, SSRF rules and the cancel button work as people set them in n8n. A redirect is never
 * followed, because the credential's header would travel with it.
 */
export class HttpClient {
	/** Until when the service, having said "too many requests", is left alone (ms since 1970). */
	private rateLimitedUntil = 0;

	constructor(
		private readonly context: Context,
		private readonly credentialType: string,
	) {}

	/**
	 * Sends a request, and again where the table in retries.ts says so.
	 *
	 * @throws {Cancelled} as soon as the execution is cancelled
	 */
	async send(
		request: Request,
		patience: RequestOptions,
		getFailureCause: GetFailureCause,
	): Promise<HttpResult> {
		const { until = Infinity } = patience;
		let earlierAttemptIndeterminate = false;
		for (let attempt = 0; ; attempt++) {
			while (this.rateLimitedUntil > Date.now())
				await this.pause(this.rateLimitedUntil - Date.now());
			const timeLeft = Math.max(1, until - Date.now());
			const outcome = await this.sendOnce(request, Math.min(patience.timeout, timeLeft));
			const pause = retryDelay(outcome, attempt);
			const tired = attempt >= patience.maxRetries || pause === undefined;
			if (
				tired ||
				Date.now() + pause > until ||
				!shouldRetry(outcome, request.idempotent, getFailureCause)
			) {
				return { ...outcome, earlierAttemptIndeterminate, retries: attempt };
			}
			earlierAttemptIndeterminate ||= isIndeterminate(outcome, getFailureCause);
			if (isRateLimited(outcome, getFailureCause)) {
				// Said to all requests of this run, not only to this one.
				this.rateLimitedUntil = Math.max(this.rateLimitedUntil, Date.now() + pause);
			} else {
				await this.pause(pause);
			}
		}
	}

	/** Waits as before a further try. @throws {Cancelled} */
	async backOff(attempt: number): Promise<void> {
		await this.pause(backoff(attempt));
	}

	private async sendOnce(request: Request, timeout: number): Promise<HttpResult> {
		const { method, url, headers, body } = request;
		const options: IHttpRequestOptions = {
			method,
			url,
			timeout,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			...(headers && { headers: { ...headers } }),
			...(body && { body }),
		};
		const { httpRequestWithAuthentication } = this.context.helpers;
		const answered = new AbortController();
		const outcome = await Promise.race([
			httpRequestWithAuthentication
				.call(this.context, this.credentialType, options)
				.then(toHttpResponse, toNetworkError),
			// n8n's own timeout starts anew with every byte, so an answer that drips could take for ever.
			sleep(timeout, answered.signal).then(createTimeoutError, createTimeoutError),
		]);
		answered.abort(ANSWERED);
		this.throwIfCancelled();
		return outcome;
	}

	private async pause(milliseconds: number): Promise<void> {
		// An aborted sleep rejects; the line below says it in our words.
		await sleep(milliseconds, this.signal).catch(() => undefined);
		this.throwIfCancelled();
	}

	private throwIfCancelled(): void {
		if (this.signal?.aborted) throw new CancelledError();
	}

	private get signal(): AbortSignal | undefined {
		if (!('getExecutionCancelSignal' in this.context)) return undefined;
		return this.context.getExecutionCancelSignal();
	}
}
