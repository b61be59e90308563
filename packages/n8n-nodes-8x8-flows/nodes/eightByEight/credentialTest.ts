import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { sendTestRequest, toTestError } from '../shared/api/credentialTest';
import type { HttpResult } from '../shared/http/httpResult';
import { InvalidInputError } from '../shared/errors';
import { redactSecrets } from '../shared/api/apiError';
import type { Account } from './credentials';
import { parseAccount } from './credentials';
import { flowsPath } from './paths';
import { parseResponse } from './responses';
import { parseFlows } from './flow';

/** 8x8 documents no endpoint to test an API key, so the test lists the flows of this channel. */
const NONEXISTENT_CHANNEL_ID = '00000000-0000-0000-0000-000000000000';

/** Codes with which 8x8 may reject that channel after it accepted key and account (inferred). */
const CHANNEL_ERROR_CODES = new Set<string | undefined>(['1000', '1002', '1008', '1010', '1300']);

const VALID: INodeCredentialTestResult = {
	status: 'OK',
	message: '8x8 accepted the API key and the account ID',
};

/**
 * Tests a credential. 8x8 rejects the channel if it accepts key and account (inferred). Every page
 * documents 401 with code 1200 or 1001 for a wrong key or account.
 */
export async function eightByEightChatAppsApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	let account: Account;
	try {
		account = parseAccount(credential.data ?? {});
	} catch (error) {
		return toTestError(
			error instanceof InvalidInputError ? error : { message: String(error), description: '' },
		);
	}
	const { baseUrl, apiKey, secrets } = account;
	const url = `${baseUrl}${flowsPath(NONEXISTENT_CHANNEL_ID)}?limit=1`;
	const result = await sendTestRequest(this, url, { Authorization: `Bearer ${apiKey}` });
	return redactSecrets(evaluate(result), secrets);
}

function evaluate(result: HttpResult): INodeCredentialTestResult {
	const list = parseResponse(result, parseFlows);
	if (list.ok) return VALID;
	const { error } = list;
	const { code, failure } = error;
	if (code === '1001') {
		const description = `${error.description} If they do, the credential is valid: 8x8 may only be rejecting the nonexistent channel that this test uses.`;
		return toTestError({ ...error, description });
	}
	const isChannelError =
		CHANNEL_ERROR_CODES.has(code) && failure?.cause === 'configuration-invalid';
	return isChannelError ? VALID : toTestError(error);
}
