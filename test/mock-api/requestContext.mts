import type { Context } from 'openapi-backend';
import type { Account, Flow } from './accounts.mts';
import * as errors from './errors.mts';
import type { Reply } from './faults.mts';

/** What handlers of Kaleyra's mock API need of a request. */

/** The account that the security handler found. */
export function getAccount(context: Context): Account {
	return context.security['apiKey'];
}

/** Kaleyra documents a JSON content type as mandatory even for requests without a body. */
export function isJson(context: Context): boolean {
	return String(context.request.headers['content-type']).startsWith('application/json');
}

/** Handles a request for the flow in the path. */
export function withFlow<TReply extends Reply | Promise<Reply>>(
	context: Context,
	handle: (flow: Flow, wabaId: string, siblings: Flow[]) => TReply,
): TReply | Reply {
	const { enabled, wabas } = getAccount(context);
	if (!enabled && context.request.method !== 'get') return errors.wrongAccount;
	for (const [wabaId, flows] of wabas) {
		const flow = flows.find(({ id }) => id === context.request.params['flow_id']);
		if (flow) return handle(flow, wabaId, flows);
	}
	return errors.noSuchFlow;
}
