import { sleep } from 'n8n-workflow';
import { CancelledError } from '../errors';
import { callHttpHelper } from './callHttpHelper';
import type { Context, HttpRequest } from './httpRequest';
import type { HttpResult } from './httpResult';
import { createTimeoutError, toHttpResponse, toNetworkError } from './httpResult';
import { RateLimiter } from './rateLimiter';
import type { GetFailureCause } from './retry';
import { getRetryDelay, isIndeterminate, isRateLimited, shouldRetry } from './retry';

export interface RequestOptions {
	/** How long to wait for one complete response. */
	timeoutMs: number;
	/** Retries after server and network errors. */
	maxRetries: number;
	/** How long to retry rate-limited requests while none succeeds; 0 doesn't retry. */
	rateLimitTimeoutMs: number;
	/** When everything must be over, in milliseconds since 1970. */
	deadline?: number;
}

/** Ends a timer, and a request unless n8n replaced its signal. Shared, because creating an Error captures a stack trace. */
const ENDED = new Error('Ended');

/** Sends the requests of one execution: retries, rate limits, timeout, cancellation. */
export class HttpClient {
	private readonly rateLimiter = new RateLimiter();
	private turn = Promise.resolve();

	constructor(
		private readonly context: Context,
		private readonly credentialType: string,
	) {}

	/**
	 * Sends a request and retries it as retry.ts and rateLimiter.ts decide.
	 *
	 * @throws {CancelledError} as soon as the execution is canceled
	 */
	async send(
		request: HttpRequest,
		options: RequestOptions,
		getFailureCause: GetFailureCause,
	): Promise<HttpResult> {
		const { maxRetries, rateLimitTimeoutMs, deadline = Infinity } = options;
		let earlierAttemptIndeterminate = false;
		for (let retries = 0; ; ) {
			const result = await this.sendOnce(request, options, getFailureCause);
			const done = { ...result, earlierAttemptIndeterminate, retries };
			if (isRateLimited(result, getFailureCause)) {
				if (this.rateLimiter.canWait(rateLimitTimeoutMs, deadline)) continue;
				return done;
			}
			const delay = getRetryDelay(result, retries);
			const retry =
				retries < maxRetries && shouldRetry(result, request.idempotent, getFailureCause);
			if (!retry || delay === undefined || Date.now() + delay > deadline) return done;
			retries++;
			earlierAttemptIndeterminate ||= isIndeterminate(result, getFailureCause);
			await this.wait(delay);
		}
	}

	/** @throws {CancelledError} as soon as the execution is canceled */
	async wait(milliseconds: number): Promise<void> {
		this.throwIfCancelled();
		const ended = new AbortController();
		const sleeping = sleep(milliseconds, this.signal).catch(() => undefined);
		// Before 2.34, n8n's sleep ignores the signal.
		await Promise.race([sleeping, this.waitForCancel(ended.signal)]);
		ended.abort(ENDED);
		this.throwIfCancelled();
	}

	/** Sends one attempt, as soon as the rate limit allows; if that takes too long, it isn't sent. */
	private async sendOnce(
		request: HttpRequest,
		{ timeoutMs, rateLimitTimeoutMs, deadline = Infinity }: RequestOptions,
		getFailureCause: GetFailureCause,
	): Promise<HttpResult> {
		await this.rateLimiter.acquire();
		try {
			for (let delay; (delay = this.rateLimiter.getDelay()) > 0; ) {
				const wait = this.rateLimiter.canWait(rateLimitTimeoutMs, deadline);
				const unsent = wait ? undefined : this.rateLimiter.getUnsentResponse();
				if (unsent) return unsent;
				await this.wait(delay);
			}
			this.throwIfCancelled();
			const sentAt = Date.now();
			if (sentAt >= deadline) return { ...createTimeoutError(), mayHaveBeenSent: false };
			const result = await this.transmit(request, Math.min(timeoutMs, deadline - sentAt));
			if (result.kind === 'networkError') return result;
			if (isRateLimited(result, getFailureCause)) this.rateLimiter.recordLimit(result, sentAt);
			else if (result.status < 500) this.rateLimiter.recordSuccess();
			return result;
		} finally {
			this.rateLimiter.release();
		}
	}

	private async transmit(request: HttpRequest, timeoutMs: number): Promise<HttpResult> {
		const ended = new AbortController();
		const result = await Promise.race([
			callHttpHelper(this.context, this.credentialType, request, {
				timeoutMs,
				abortSignal: ended.signal,
			}).then(toHttpResponse, toNetworkError),
			// n8n's own timeout restarts with every byte, so a slow response could take forever.
			sleep(timeoutMs, ended.signal).then(createTimeoutError, createTimeoutError),
			this.waitForCancel(ended.signal).then(createTimeoutError),
		]);
		ended.abort(ENDED);
		this.throwIfCancelled();
		await this.takeTurn();
		return result;
	}

	/**
	 * Returns one response per turn of the event loop. Otherwise, the next items of responses that arrive
	 * together are all prepared before the first of their requests leaves.
	 */
	private async takeTurn(): Promise<void> {
		const turn = this.turn;
		this.turn = turn.then(async () => await sleep(0));
		await turn;
	}

	/** @param ended stops waiting */
	private async waitForCancel(ended: AbortSignal): Promise<void> {
		await new Promise<void>((resolve) => {
			this.signal?.addEventListener('abort', () => resolve(), { once: true, signal: ended });
		});
	}

	private throwIfCancelled(): void {
		if (this.signal?.aborted) throw new CancelledError();
	}

	private get signal(): AbortSignal | undefined {
		if (!('getExecutionCancelSignal' in this.context)) return undefined;
		return this.context.getExecutionCancelSignal();
	}
}
