import type { Outcome } from './outcome';
import type { Context } from './request';
import { HttpSession } from './request';

/** An account at a service, as its credential describes it, checked. */
export interface Account {
	/** What must never be shown. */
	secrets: string[];
}

export interface Sharing {
	/**
	 * Whether identical reads share one request: n8n runs a node for each item, so a hundred items may ask
	 * for the same list. Not for a run that writes, because it must see what it changed.
	 */
	askOnce: boolean;
}

/** What all items of one run share. */
export class Connection<Described extends Account = Account> {
	readonly session: HttpSession;

	/** Reads under way or done, by what was asked. */
	readonly reads: Map<string, Promise<Outcome>> | undefined;

	constructor(
		readonly context: Context,
		credentialType: string,
		readonly account: Described,
		{ askOnce }: Sharing,
	) {
		this.session = new HttpSession(context, credentialType);
		this.reads = askOnce ? new Map() : undefined;
	}
}
