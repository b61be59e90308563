import type { Sharing } from '../engine/connection';
import { Connection } from '../engine/connection';
import type { Context } from '../engine/request';
import type { Account } from './address';
import { readAccount } from './address';

export const CREDENTIAL = 'eightByEightChatAppsApi';

/**
 * What all items of one run share.
 *
 * @throws {InvalidInput} where the credential cannot be right
 */
export async function connect(context: Context, sharing: Sharing): Promise<Connection<Account>> {
	const account = readAccount(await context.getCredentials(CREDENTIAL));
	return new Connection(context, CREDENTIAL, account, sharing);
}
