import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { withDescription } from '../shared/api/responses';
import { ask, failed } from '../shared/api/credentialTest';
import type { HttpResult } from '../shared/http/httpResult';
import type { InvalidInputError } from '../shared/errors';
import { redactSecrets } from '../shared/api/apiError';
import type { Account } from './credentials';
import { flowPath, flowsPath, parseAccount } from './credentials';
import { parseResponse } from './responses';
import { parseFlow, parseFlowPage } from './flow';
import { parseId, WABA_ID } from './ids';

/** No page documents a call that only tests a key. Asking for a flow that cannot exist reads nothing. */
const NONEXISTENT_FLOW_ID = '0';
/** What helps where asking for that flow tells nothing. */
const INCONCLUSIVE = 'With a WABA ID in this credential the test lists its flows instead.';

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
		account = parseAccount(credential.data ?? {});
		if (account.wabaId !== undefined) parseId(account.wabaId, 'WABA ID', WABA_ID);
	} catch (thrown) {
		const { message, description = '' } = thrown as Partial<InvalidInputError>;
		return failed({ message: String(message), description });
	}
	const { baseUrl, apiKey, wabaId, secrets } = account;
	const path = wabaId === undefined ? flowPath(NONEXISTENT_FLOW_ID) : flowsPath(wabaId);
	const headers = { 'api-key': apiKey, 'Content-Type': 'application/json' };
	const outcome = await ask(this, `${baseUrl}${path}`, headers);
	return redactSecrets(evaluate(outcome, wabaId), secrets);
}

function evaluate(outcome: HttpResult, wabaId: string | undefined): INodeCredentialTestResult {
	if (wabaId !== undefined) {
		const { refusal } = parseResponse(outcome, parseFlowPage);
		return refusal
			? failed(refusal)
			: { status: 'OK', message: 'Kaleyra lists the flows of this WABA' };
	}
	const { refusal } = parseResponse(outcome, parseFlow);
	if (!refusal)
		return failed({ message: 'Kaleyra gave a flow that cannot be', description: INCONCLUSIVE });
	const { code = '', failure } = refusal;
	// Flow 0 is refused in Kaleyra's own words, and the key is not: that is what was hoped for.
	const refusesFlow = code.startsWith('WA') && failure?.cause === 'configuration-invalid';
	if (refusesFlow) return { status: 'OK', message: 'Kaleyra accepts SID and key' };
	return failed(
		failure?.cause === 'temporarily-unavailable' ? withDescription(refusal, INCONCLUSIVE) : refusal,
	);
}
