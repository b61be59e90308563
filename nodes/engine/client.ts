import type { NodeApiError } from 'n8n-workflow';
import type { Decoded, Written } from './answers';
import { withAdvice } from './answers';
import type { Connection } from './connection';
import type { Outcome } from './outcome';
import type { Refusal } from './refusal';
import { refusalError, withoutSecrets } from './refusal';
import type { Patience, Request } from './request';
import type { CauseOf } from './retries';

/** A write whose repeat would do harm, and how to tell what became of it. */
export interface OnceOnly<Data> {
	request: Request;
	written: (outcome: Outcome) => Written<Data>;
	/** Looks at the service after an outcome that stayed open. */
	look: () => Promise<Decoded<Sight>>;
	/** What to say where nothing could be seen either, for a reason. */
	unseen: (reason: string) => string;
}

/** What the service shows of such a write. */
export interface Sight {
	done: boolean;
	/** Whether it has certainly not been carried out, so that it may be sent once more. */
	untouched: boolean;
	/** What to say where it is not done and not sent any more. */
	inWords: string;
}

/** What a service's client is made of. Its public methods throw NodeApiError only. */
export abstract class Client<Shared extends Connection = Connection> {
	protected abstract readonly causeOf: CauseOf;

	constructor(
		protected readonly connection: Shared,
		private readonly patience: Patience,
	) {}

	protected async read(url: string, headers: Record<string, string> = {}): Promise<Outcome> {
		const { reads } = this.connection;
		const question = JSON.stringify([url, this.patience]);
		const outcome =
			reads?.get(question) ?? this.send({ method: 'GET', url, headers, repeatable: true });
		reads?.set(question, outcome);
		return await outcome;
	}

	protected async send(request: Request, maxRetries = this.patience.maxRetries): Promise<Outcome> {
		const patience = { ...this.patience, maxRetries };
		return await this.connection.session.send(request, patience, this.causeOf);
	}

	/**
	 * Sends a write that is never sent again blindly: where it is open what happened, it waits, looks, and
	 * only what certainly has not happened is sent again, at once.
	 *
	 * @returns what the service said of it; or, where only the look tells that it is done, nothing
	 */
	protected async onceOnly<Data>(write: OnceOnly<Data>): Promise<Data | undefined> {
		const { maxRetries } = this.patience;
		let inDoubt = false;
		for (let retries = maxRetries; ; retries--) {
			const outcome = await this.send(write.request, retries);
			const written = write.written(outcome);
			if (written.done) return written.data;
			const { open, refusal } = written;
			if (!open && !inDoubt) throw this.error(refusal);
			inDoubt = true;
			retries -= outcome.retries ?? 0;
			await this.connection.session.backOff(maxRetries - retries);
			const { data: sight, refusal: blind } = await write.look();
			if (blind) throw this.error(withAdvice(refusal, write.unseen(blind.message)));
			if (sight.done) return undefined;
			// What it looked at may lag behind, so the doubt is told with the refusal.
			const told = `${sight.inWords} ${refusal.nextStep}`;
			if (!open) throw this.error({ ...refusal, nextStep: told });
			if (retries <= 0 || !sight.untouched) throw this.error(withAdvice(refusal, sight.inWords));
		}
	}

	protected dataOf<Data>({ data, refusal }: Decoded<Data>): Data {
		if (refusal) throw this.error(refusal);
		return data as Data;
	}

	protected error(refusal: Refusal): NodeApiError {
		return refusalError(this.connection.context.getNode(), this.shown(refusal));
	}

	/** As it may be shown. */
	protected shown(refusal: Refusal): Refusal {
		return withoutSecrets(refusal, this.connection.account.secrets);
	}
}
