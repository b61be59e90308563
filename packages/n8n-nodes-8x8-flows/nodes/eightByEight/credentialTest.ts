import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ask, failed } from '../shared/api/credentialTest';
import type { HttpResult } from '../shared/http/httpResult';
import type { InvalidInputError } from '../shared/errors';
import { redactSecrets } from '../shared/api/apiError';
import type { Account } from './credentials';
import { flowsPath, parseAccount } from './credentials';
import { parseResponse } from './responses';
import { parseFlows } from './flow';

/** No page documents a call that only tests a key. The list of a channel that cannot exist reads nothing. */
const NONEXISTENT_CHANNEL_ID = '00000000-0000-0000-0000-000000000000';

/** Codes with which 8x8 may refuse that channel, having accepted key and account (inferred). */
const REFUSES_CHANNEL = new Set<string | undefined>(['1000', '1002', '1008', '1010', '1300']);

/**
 * The test in n8n's credential dialog: 8x8 refuses the channel if it accepts key and account (inferred;
 * 401 with code 1200 or 1001 for a wrong key or account is on every page).
 */
export async function eightByEightChatAppsApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	let account: Account;
	try {
		account = parseAccount(credential.data ?? {});
	} catch (thrown) {
		const { message, description = '' } = thrown as Partial<InvalidInputError>;
		return failed({ message: String(message), description });
	}
	const { baseUrl, apiKey, secrets } = account;
	const url = `${baseUrl}${flowsPath(NONEXISTENT_CHANNEL_ID)}?limit=1`;
	const outcome = await ask(this, url, { Authorization: `Bearer ${apiKey}` });
	return redactSecrets(evaluate(outcome), secrets);
}

function evaluate(outcome: HttpResult): INodeCredentialTestResult {
	const { refusal } = parseResponse(outcome, parseFlows);
	const good: INodeCredentialTestResult = {
		status: 'OK',
		message: '8x8 accepts API key and account ID',
	};
	if (!refusal) return good;
	const { code, failure } = refusal;
	if (code === '1001') {
		const description = `${refusal.description} If all are right, 8x8 means the channel, which this test makes up, and the credential is good.`;
		return failed({ ...refusal, description });
	}
	const aboutChannel = REFUSES_CHANNEL.has(code) && failure?.cause === 'configuration-invalid';
	return aboutChannel ? good : failed(refusal);
}
