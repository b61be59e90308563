import type { HttpResult } from '../http/httpResult';
import type { Context } from '../http/HttpClient';
import { HttpClient } from '../http/HttpClient';

/** An account at a service, as its credential describes it, checked. */
export interface Account {
	/** What must never be shown. */
	secrets: string[];
}

export interface SessionOptions {
	/**
	 * Whether identical reads share one request: n8n runs a node for each item, so a hundred items may ask
	 * for the same list. Not for a run that writes, because it must see what it changed.
	 */
	cacheReads: boolean;
}

/** What all items of one run share. */
export class ApiSession<Described extends Account = Account> {
	readonly session: HttpClient;

	/** Reads under way or done, by what was asked. */
	readonly reads: Map<string, Promise<HttpResult>> | undefined;

	constructor(
		readonly context: Context,
		credentialType: string,
		readonly account: Described,
		{ cacheReads }: SessionOptions,
	) {
		this.session = new HttpClient(context, credentialType);
		this.reads = cacheReads ? new Map() : undefined;
	}
}
