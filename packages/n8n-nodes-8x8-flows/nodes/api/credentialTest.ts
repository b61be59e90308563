import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ask, failed } from '../engine/credentialTest';
import type { Outcome } from '../engine/outcome';
import type { InvalidInput } from '../engine/refusal';
import { withoutSecrets } from '../engine/refusal';
import type { Account } from './address';
import { flowsPath, readAccount } from './address';
import { decode } from './answers';
import { asFlows } from './flow';

/** No page documents a call that only tests a key. The list of a channel that cannot exist reads nothing. */
const NO_CHANNEL = '00000000-0000-0000-0000-000000000000';

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
		account = readAccount(credential.data ?? {});
	} catch (thrown) {
		const { message, nextStep = '' } = thrown as Partial<InvalidInput>;
		return failed({ message: String(message), nextStep });
	}
	const { baseUrl, apiKey, secrets } = account;
	const url = `${baseUrl}${flowsPath(NO_CHANNEL)}?limit=1`;
	const outcome = await ask(this, url, { Authorization: `Bearer ${apiKey}` });
	return withoutSecrets(judge(outcome), secrets);
}

function judge(outcome: Outcome): INodeCredentialTestResult {
	const { refusal } = decode(outcome, asFlows);
	const good: INodeCredentialTestResult = {
		status: 'OK',
		message: '8x8 accepts API key and account ID',
	};
	if (!refusal) return good;
	const { code, failure } = refusal;
	if (code === '1001') {
		const nextStep = `${refusal.nextStep} If all are right, 8x8 means the channel, which this test makes up, and the credential is good.`;
		return failed({ ...refusal, nextStep });
	}
	const aboutChannel = REFUSES_CHANNEL.has(code) && failure?.cause === 'configuration-invalid';
	return aboutChannel ? good : failed(refusal);
}
