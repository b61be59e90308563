import type { IWebhookFunctions } from 'n8n-workflow';
import { CredentialCache } from './CredentialCache';

/** How long a changed credential may be unnoticed. */
const MAX_AGE_MS = 60_000;
/** The same after a request that it rejects, because the credential may have changed. */
const MAX_AGE_AFTER_REJECTION_MS = 5_000;

/** The credential that decides about the requests to a trigger. */
export class WebhookCredential<TCredential> {
	private readonly cache = new CredentialCache<TCredential>();

	/** @param parse throws an error if the credential can't be used */
	constructor(
		private readonly type: string,
		private readonly parse: (credential: Record<string, unknown>) => TCredential,
	) {}

	/** Decides about a request, and again with the current credential if the kept one rejects it. */
	async decide<TResult>(
		n8n: IWebhookFunctions,
		decide: (credential: TCredential) => TResult,
		isRejected: (result: TResult) => boolean,
	): Promise<TResult> {
		const kept = await this.read(n8n, MAX_AGE_MS);
		const result = decide(kept);
		if (!isRejected(result)) return result;
		const current = await this.read(n8n, MAX_AGE_AFTER_REJECTION_MS);
		return current === kept ? result : decide(current);
	}

	private async read(n8n: IWebhookFunctions, maxAgeMs: number): Promise<TCredential> {
		const { id, credentials } = n8n.getNode();
		const key = [n8n.getWorkflow().id, id, credentials?.[this.type]?.id].join(' ');
		// In the editor, a change must be noticed at once.
		return await this.cache.get(key, n8n.getMode() === 'manual' ? 0 : maxAgeMs, async () =>
			this.parse(await n8n.getCredentials(this.type)),
		);
	}
}
