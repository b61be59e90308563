import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { toTestError } from '../shared/api/credentialTest';
import { InvalidInputError } from '../shared/errors';
import { getFingerprint } from '../shared/whatsappFlows/dataExchange/privateKey';
import { parseEndpointCredential } from './endpointCredential';

/** The test in n8n's credential dialog. It sends nothing: Kaleyra's way to read the public key isn't known for certain. */
export async function kaleyraFlowsEndpointApiTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	return await Promise.resolve(testCredential(data));
}

function testCredential(data: ICredentialDataDecryptedObject): INodeCredentialTestResult {
	try {
		const { privateKey, appSecrets } = parseEndpointCredential(data);
		const signatures =
			appSecrets.length > 0
				? 'Signatures are verified.'
				: 'Without an app secret, signatures are not verified.';
		return {
			status: 'OK',
			message: `2048-bit RSA key. SHA-256 fingerprint of its public key: ${getFingerprint(privateKey)}. ${signatures}`,
		};
	} catch (thrown) {
		if (thrown instanceof InvalidInputError) return toTestError(thrown);
		return toTestError({ message: "The private key can't be read", description: '' });
	}
}
