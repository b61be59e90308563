import type { Sharing } from '../engine/connection';
import * as engine from '../engine/connection';
import type { Context } from '../engine/request';
import type { Account } from './address';
import { readAccount } from './address';
import type { FieldsForm } from './fieldsQuery';

export const CREDENTIAL = 'kaleyraApi';

/** What all items of one run share: the account, the HTTP session, and the form of `fields` that worked. */
export class Connection extends engine.Connection<Account> {
	/** Undefined until an answer showed it. */
	fieldsForm: FieldsForm | undefined;

	/** @throws {InvalidInput} where the credential cannot be right */
	static async open(context: Context, sharing: Sharing): Promise<Connection> {
		const account = readAccount(await context.getCredentials(CREDENTIAL));
		return new Connection(context, CREDENTIAL, account, sharing);
	}
}
