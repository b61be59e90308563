import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { withAdvice } from '../engine/answers';
import { ask, failed } from '../engine/credentialTest';
import type { Outcome } from '../engine/outcome';
import type { InvalidInput } from '../engine/refusal';
import { withoutSecrets } from '../engine/refusal';
import type { Account } from './address';
import { flowPath, flowsPath, readAccount } from './address';
import { decode } from './answers';
import { asFlow, asFlowPage } from './flow';
import { readId, WABA_ID } from './ids';

/** No page documents a call that only tests a key. Asking for a flow that cannot exist reads nothing. */
const NO_FLOW = '0';
/** What helps where asking for that flow tells nothing. */
const UNSURE = 'With a WABA ID in this credential the test lists its flows instead.';

/**
 * The test in n8n's credential dialog. It lists the credential's WABA, or asks for flow 0 where there is
 * none: Kaleyra then refuses the flow if it accepts the key (inferred; RBC001 for a wrong SID or key is
 * documented on every page).
 */
export async function kaleyraApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	let account: Account;
	try {
		account = readAccount(credential.data ?? {});
		if (account.wabaId !== undefined) readId(account.wabaId, 'WABA ID', WABA_ID);
	} catch (thrown) {
		const { message, nextStep = '' } = thrown as Partial<InvalidInput>;
		return failed({ message: String(message), nextStep });
	}
	const { baseUrl, apiKey, wabaId, secrets } = account;
	const path = wabaId === undefined ? flowPath(NO_FLOW) : flowsPath(wabaId);
	const headers = { 'api-key': apiKey, 'Content-Type': 'application/json' };
	const outcome = await ask(this, `${baseUrl}${path}`, headers);
	return withoutSecrets(judge(outcome, wabaId), secrets);
}

function judge(outcome: Outcome, wabaId: string | undefined): INodeCredentialTestResult {
	if (wabaId !== undefined) {
		const { refusal } = decode(outcome, asFlowPage);
		return refusal
			? failed(refusal)
			: { status: 'OK', message: 'Kaleyra lists the flows of this WABA' };
	}
	const { refusal } = decode(outcome, asFlow);
	if (!refusal) return failed({ message: 'Kaleyra gave a flow that cannot be', nextStep: UNSURE });
	const { code = '', failure } = refusal;
	// Flow 0 is refused in Kaleyra's own words, and the key is not: that is what was hoped for.
	const refusesFlow = code.startsWith('WA') && failure?.cause === 'configuration-invalid';
	if (refusesFlow) return { status: 'OK', message: 'Kaleyra accepts SID and key' };
	return failed(
		failure?.cause === 'temporarily-unavailable' ? withAdvice(refusal, UNSURE) : refusal,
	);
}
