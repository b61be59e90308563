import type { SessionOptions } from '../shared/api/ApiSession';
import { ApiSession } from '../shared/api/ApiSession';
import type { Context } from '../shared/http/HttpClient';
import type { Account } from './credentials';
import { parseAccount } from './credentials';

export const CREDENTIAL = 'eightByEightChatAppsApi';

/**
 * What all items of one run share.
 *
 * @throws {InvalidInput} where the credential cannot be right
 */
export async function connect(
	context: Context,
	sharing: SessionOptions,
): Promise<ApiSession<Account>> {
	const account = parseAccount(await context.getCredentials(CREDENTIAL));
	return new ApiSession(context, CREDENTIAL, account, sharing);
}
