import type { SessionOptions } from '../shared/api/ApiSession';
import { ApiSession } from '../shared/api/ApiSession';
import type { Context } from '../shared/http/HttpClient';
import type { Account } from './credentials';
import { parseAccount } from './credentials';

const CREDENTIAL_TYPE = 'eightByEightChatAppsApi';

/**
 * Opens the session that all items of an execution share.
 *
 * @throws {InvalidInputError} if a value of the credential is invalid
 */
export async function openSession(
	context: Context,
	options: SessionOptions,
): Promise<ApiSession<Account>> {
	const account = parseAccount(await context.getCredentials(CREDENTIAL_TYPE));
	return new ApiSession(context, CREDENTIAL_TYPE, account, options);
}
