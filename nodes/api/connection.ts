import type { Context } from '../engine/request';
import { HttpSession } from '../engine/request';
import type { Account } from './address';
import { readAccount } from './address';
import type { FieldsForm } from './fieldsQuery';

export const CREDENTIAL = 'kaleyraApi';

/** What all items of one run share: the account, the HTTP session, and the form of `fields` that worked. */
export class Connection {
	/** Undefined until an answer showed it. */
	fieldsForm: FieldsForm | undefined;

	private constructor(
		readonly context: Context,
		readonly account: Account,
		readonly session: HttpSession,
	) {}

	/** @throws {InvalidInput} where the credential cannot be right */
	static async open(context: Context): Promise<Connection> {
		const account = readAccount(await context.getCredentials(CREDENTIAL));
		return new Connection(context, account, new HttpSession(context, CREDENTIAL));
	}
}
