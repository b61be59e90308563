import type { Context } from '../http/httpRequest';
import { HttpClient } from '../http/HttpClient';
import { ReadCache } from './ReadCache';

/** An account at a service, parsed from its credential. */
export interface Account {
	/** Values that must never be shown. */
	secrets: string[];
}

export interface SessionOptions {
	/**
	 * Whether identical reads share one request: n8n runs a node for each item, so a hundred items may read
	 * the same list. Off for an execution that writes, because it must see its own changes.
	 */
	cacheReads: boolean;
}

/** What all items of one execution share. */
export class ApiSession<TAccount extends Account = Account> {
	readonly httpClient: HttpClient;

	/** For files on other hosts, whose rate limits are not the service's. */
	readonly fileClient: HttpClient;

	readonly readCache: ReadCache | undefined;

	constructor(
		readonly context: Context,
		credentialType: string,
		readonly account: TAccount,
		{ cacheReads }: SessionOptions,
	) {
		this.httpClient = new HttpClient(context, credentialType);
		this.fileClient = new HttpClient(context, credentialType);
		this.readCache = cacheReads ? new ReadCache() : undefined;
	}
}
