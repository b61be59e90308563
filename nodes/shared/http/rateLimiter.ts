import type { HttpResponse } from './httpResult';
import { getBackoff, MAX_RETRY_AFTER_MS } from './retry';

/** Jitter on top of `Retry-After`, so that parallel executions don't resume in the same instant. */
const JITTER_RATIO = 0.2;
const MAX_JITTER_MS = 5_000;

/**
 * The rate limit as all requests of an execution share it. A rate-limited response pauses them all, and
 * halves the number of requests in flight; each success raises it again (additive increase,
 * multiplicative decrease, as in TCP congestion control).
 */
export class RateLimiter {
	/** When requests may be sent again, in milliseconds since 1970. */
	private limitedUntil = 0;
	private lastResponse: HttpResponse | undefined;
	/** Time of the first rate-limited response since the last success. */
	private limitedSince: number | undefined;
	private maxInFlight = Infinity;
	private inFlight = 0;
	/** Requests sent before this time don't lower the limit a second time. */
	private lastDecrease = 0;
	private consecutiveLimits = 0;
	private readonly waiting: (() => void)[] = [];

	/** Milliseconds until requests may be sent again. */
	getDelay(): number {
		return Math.max(0, this.limitedUntil - Date.now());
	}

	/**
	 * Whether to wait for the rate limit.
	 *
	 * @param timeoutMs how long to keep trying without a single success
	 * @param deadline in milliseconds since 1970
	 */
	canWait(timeoutMs: number, deadline: number): boolean {
		const delay = this.getDelay();
		const waitUntil = Math.min(deadline, (this.limitedSince ?? Date.now()) + timeoutMs);
		return delay <= MAX_RETRY_AFTER_MS && Date.now() + delay < waitUntil;
	}

	/** The response that set the limit, as the response to a request that wasn't sent. */
	getUnsentResponse(): HttpResponse | undefined {
		return this.lastResponse && { ...this.lastResponse, retryAfter: this.getDelay(), sent: false };
	}

	/** Waits for one of the requests in flight to end if there are too many, in the order of arrival. */
	async acquire(): Promise<void> {
		// Requests wait only while there is no room, so a later one can't overtake them.
		if (this.hasRoom()) this.inFlight++;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	release(): void {
		this.inFlight--;
		this.admit();
	}

	/** Records a response that is not rate-limited. */
	recordSuccess(): void {
		this.limitedSince = undefined;
		this.consecutiveLimits = 0;
		this.maxInFlight += 1 / this.maxInFlight;
		this.admit();
	}

	/**
	 * Records a rate-limited response.
	 *
	 * @param sentAt when the request was sent, in milliseconds since 1970
	 */
	recordLimit(response: HttpResponse, sentAt: number): void {
		const { retryAfter } = response;
		this.limitedSince ??= Date.now();
		const delay =
			retryAfter === undefined
				? getBackoff(this.consecutiveLimits)
				: // Some servers send 0, and an HTTP date may be in the past.
					Math.max(getBackoff(0), addJitter(retryAfter));
		if (Date.now() + delay > this.limitedUntil) {
			this.limitedUntil = Date.now() + delay;
			this.lastResponse = response;
		}
		if (sentAt < this.lastDecrease) return;
		this.consecutiveLimits++;
		this.lastDecrease = Date.now();
		this.maxInFlight = Math.max(1, Math.floor(Math.min(this.maxInFlight, this.inFlight) / 2));
	}

	private hasRoom(): boolean {
		return this.inFlight + 1 <= this.maxInFlight;
	}

	private admit(): void {
		while (this.hasRoom()) {
			const next = this.waiting.shift();
			if (!next) return;
			this.inFlight++;
			next();
		}
	}
}

/** Jitter never turns a delay that is waited for into one that isn't. */
function addJitter(milliseconds: number): number {
	if (milliseconds > MAX_RETRY_AFTER_MS) return milliseconds;
	const jitter = Math.random() * Math.min(milliseconds * JITTER_RATIO, MAX_JITTER_MS);
	return Math.min(milliseconds + jitter, MAX_RETRY_AFTER_MS);
}
