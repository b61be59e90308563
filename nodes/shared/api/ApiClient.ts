import type { NodeApiError } from 'n8n-workflow';
import type { ParseResult, WriteResult } from './responses';
import { withDescription } from './responses';
import type { ApiSession } from './ApiSession';
import type { HttpResult } from '../http/httpResult';
import type { ApiError } from './apiError';
import { toNodeApiError, redactSecrets } from './apiError';
import type { RequestOptions, Request } from '../http/HttpClient';
import type { GetFailureCause } from '../http/retry';

/** A write whose repeat would do harm, and how to tell what became of it. */
export interface NonIdempotentWrite<Data> {
	request: Request;
	written: (outcome: HttpResult) => WriteResult<Data>;
	/** Looks at the service after an outcome that stayed open. */
	look: () => Promise<ParseResult<Verification>>;
	/** What to say where nothing could be seen either, for a reason. */
	unseen: (reason: string) => string;
}

/** What the service shows of such a write. */
export interface Verification {
	done: boolean;
	/** Whether it has certainly not been carried out, so that it may be sent once more. */
	untouched: boolean;
	/** What to say where it is not done and not sent any more. */
	inWords: string;
}

/** What a service's client is made of. Its public methods throw NodeApiError only. */
export abstract class Client<Shared extends ApiSession = ApiSession> {
	protected abstract readonly getFailureCause: GetFailureCause;

	constructor(
		protected readonly connection: Shared,
		private readonly patience: RequestOptions,
	) {}

	protected async read(url: string, headers: Record<string, string> = {}): Promise<HttpResult> {
		const { reads } = this.connection;
		const question = JSON.stringify([url, this.patience]);
		const outcome =
			reads?.get(question) ?? this.send({ method: 'GET', url, headers, idempotent: true });
		reads?.set(question, outcome);
		return await outcome;
	}

	protected async send(
		request: Request,
		maxRetries = this.patience.maxRetries,
	): Promise<HttpResult> {
		const patience = { ...this.patience, maxRetries };
		return await this.connection.session.send(request, patience, this.getFailureCause);
	}

	/**
	 * Sends a write that is never sent again blindly: where it is open what happened, it waits, looks, and
	 * only what certainly has not happened is sent again, at once.
	 *
	 * @returns what the service said of it; or, where only the look tells that it is done, nothing
	 */
	protected async sendNonIdempotent<Data>(
		write: NonIdempotentWrite<Data>,
	): Promise<Data | undefined> {
		const { maxRetries } = this.patience;
		let indeterminate = false;
		for (let retries = maxRetries; ; retries--) {
			const outcome = await this.send(write.request, retries);
			const written = write.written(outcome);
			if (written.done) return written.data;
			const { open, refusal } = written;
			if (!open && !indeterminate) throw this.error(refusal);
			indeterminate = true;
			retries -= outcome.retries ?? 0;
			await this.connection.session.backOff(maxRetries - retries);
			const { data: sight, refusal: blind } = await write.look();
			if (blind) throw this.error(withDescription(refusal, write.unseen(blind.message)));
			if (sight.done) return undefined;
			// What it looked at may lag behind, so the doubt is told with the refusal.
			const reported = `${sight.inWords} ${refusal.description}`;
			if (!open) throw this.error({ ...refusal, description: reported });
			if (retries <= 0 || !sight.untouched)
				throw this.error(withDescription(refusal, sight.inWords));
		}
	}

	protected unwrap<Data>({ data, refusal }: ParseResult<Data>): Data {
		if (refusal) throw this.error(refusal);
		return data as Data;
	}

	protected error(refusal: ApiError): NodeApiError {
		return toNodeApiError(this.connection.context.getNode(), this.shown(refusal));
	}

	/** As it may be shown. */
	protected shown(refusal: ApiError): ApiError {
		return redactSecrets(refusal, this.connection.account.secrets);
	}
}
