import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { redactSecrets } from '../shared/api/apiError';
import { sendTestRequest, toTestError } from '../shared/api/credentialTest';
import { withDescription } from '../shared/api/responses';
import { InvalidInputError } from '../shared/errors';
import type { HttpResult } from '../shared/http/httpResult';
import type { Account } from './credentials';
import { parseAccount } from './credentials';
import { nameWaba } from './errors';
import { parseFlow, parseFlowPage } from './flow';
import { parseId, WABA_ID_HELP } from './ids';
import { flowPath, flowsPath } from './paths';
import { parseResponse } from './responses';

/** No page documents a request that only tests a key. Requesting a nonexistent flow reads nothing. */
const NONEXISTENT_FLOW_ID = '0';
/** What helps if the response for that flow is inconclusive. */
const INCONCLUSIVE =
	'Enter a WABA ID in this credential, and the test lists the flows of that account instead.';

/**
 * The test in n8n's credential dialog. It lists the flows of the credential's WABA or, without one,
 * requests flow 0: Kaleyra rejects the flow ID if it accepts the API key (inferred; RBC001 for a wrong SID
 * or key is documented on every page).
 */
export async function kaleyraApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	let account: Account;
	try {
		account = parseAccount(credential.data ?? {});
		if (account.wabaId !== undefined) parseId(account.wabaId, "'WABA ID'", WABA_ID_HELP);
	} catch (thrown) {
		return toTestError(
			thrown instanceof InvalidInputError ? thrown : { message: String(thrown), description: '' },
		);
	}
	const { baseUrl, apiKey, wabaId, secrets } = account;
	const path = wabaId === undefined ? flowPath(NONEXISTENT_FLOW_ID) : flowsPath(wabaId);
	const headers = { 'api-key': apiKey, 'Content-Type': 'application/json' };
	const result = await sendTestRequest(this, `${baseUrl}${path}`, headers);
	return redactSecrets(evaluate(result, wabaId), secrets);
}

function evaluate(result: HttpResult, wabaId: string | undefined): INodeCredentialTestResult {
	if (wabaId !== undefined) {
		const list = parseResponse(result, parseFlowPage);
		if (!list.ok) return toTestError(nameWaba(list.error, wabaId));
		return { status: 'OK', message: 'Kaleyra returned the flows of this WABA' };
	}
	const flow = parseResponse(result, parseFlow);
	if (flow.ok) {
		return toTestError({
			message: 'Inconclusive: Kaleyra returned a flow for a nonexistent ID',
			description: INCONCLUSIVE,
		});
	}
	const { error } = flow;
	// Kaleyra rejects flow 0 with a code of its own, and not the key.
	const rejectsFlow =
		error.code?.startsWith('WA') === true && error.failure?.cause === 'configuration-invalid';
	if (rejectsFlow) return { status: 'OK', message: 'Kaleyra accepted the SID and API key' };
	const unavailable = error.failure?.cause === 'temporarily-unavailable';
	return toTestError(unavailable ? withDescription(error, INCONCLUSIVE) : error);
}
