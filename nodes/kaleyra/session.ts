import type { SessionOptions } from '../shared/api/ApiSession';
import { ApiSession } from '../shared/api/ApiSession';
import type { Context } from '../shared/http/httpRequest';
import type { Account } from './credentials';
import { parseAccount } from './credentials';
import type { FieldsEncoding } from './fieldsQuery';
import { FlowDirectory } from './flowDirectory';

export const CREDENTIAL_TYPE = 'kaleyraApi';

/** What all items of one execution share: account, HTTP client, and the encoding of `fields` that works. */
export class KaleyraSession extends ApiSession<Account> {
	/** Undefined until a response shows it. */
	fieldsEncoding: FieldsEncoding | undefined;

	readonly flowDirectory = new FlowDirectory();

	/** @throws {InvalidInputError} if the credential can't be right */
	static async open(context: Context, options: SessionOptions): Promise<KaleyraSession> {
		const account = parseAccount(await context.getCredentials(CREDENTIAL_TYPE));
		return new KaleyraSession(context, CREDENTIAL_TYPE, account, options);
	}
}
