import type { SessionOptions } from '../shared/api/ApiSession';
import * as harness from '../shared/api/ApiSession';
import type { Context } from '../shared/http/HttpClient';
import type { Account } from './credentials';
import { parseAccount } from './credentials';
import type { FieldsEncoding } from './fieldsQuery';

export const CREDENTIAL = 'kaleyraApi';

/** What all items of one run share: the account, the HTTP session, and the form of `fields` that worked. */
export class ApiSession extends harness.ApiSession<Account> {
	/** Undefined until an answer showed it. */
	fieldsEncoding: FieldsEncoding | undefined;

	/** @throws {InvalidInput} where the credential cannot be right */
	static async open(context: Context, sharing: SessionOptions): Promise<ApiSession> {
		const account = parseAccount(await context.getCredentials(CREDENTIAL));
		return new ApiSession(context, CREDENTIAL, account, sharing);
	}
}
