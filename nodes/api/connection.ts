import type { Outcome } from '../engine/outcome';
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
		/** Reads under way or done, by what was asked. */
		readonly reads: Map<string, Promise<Outcome>> | undefined,
	) {}

	/**
	 * @param askOnce whether identical reads share one request: n8n runs a node for each item, so a hundred
	 * items may ask for the same list. Not for a run that writes, because it must see what it changed.
	 * @throws {InvalidInput} where the credential cannot be right
	 */
	static async open(context: Context, { askOnce }: { askOnce: boolean }): Promise<Connection> {
		const account = readAccount(await context.getCredentials(CREDENTIAL));
		const session = new HttpSession(context, CREDENTIAL);
		return new Connection(context, account, session, askOnce ? new Map() : undefined);
	}
}
