import type { SessionOptions } from '../shared/api/ApiSession';
import { ApiSession } from '../shared/api/ApiSession';
import type { Context } from '../shared/http/httpRequest';
import type { NamedFlow } from '../shared/whatsappFlows/findFlowByName';
import type { Account } from './credentials';
import { parseAccount } from './credentials';

const CREDENTIAL_TYPE = 'eightByEightChatAppsApi';

/** What all items of one execution share: account, HTTP client, and the flows that it created. */
export class EightByEightSession extends ApiSession<Account> {
	readonly createdFlows: (NamedFlow & { channelId: string })[] = [];
}

/**
 * Opens the session that all items of an execution share.
 *
 * @throws {InvalidInputError} if a value of the credential is invalid
 */
export async function openSession(
	context: Context,
	options: SessionOptions,
): Promise<EightByEightSession> {
	const account = parseAccount(await context.getCredentials(CREDENTIAL_TYPE));
	return new EightByEightSession(context, CREDENTIAL_TYPE, account, options);
}
