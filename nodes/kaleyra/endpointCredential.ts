import type { KeyObject } from 'node:crypto';
import { trimmedString } from '../shared/api/credentials';
import { parsePrivateKey } from '../shared/whatsappFlows/dataExchange/privateKey';

export const ENDPOINT_CREDENTIAL_TYPE = 'kaleyraFlowsEndpointApi';

/** An endpoint's secrets, parsed from its credential. */
export interface EndpointCredential {
	privateKey: KeyObject;
	/** The current one and the previous one; empty if signatures aren't verified. */
	appSecrets: string[];
}

/** @throws {InvalidInputError} if the private key can't be used. Its message contains no secret. */
export function parseEndpointCredential(credential: Record<string, unknown>): EndpointCredential {
	const { privateKey, passphrase, appSecret, previousAppSecret } = credential;
	return {
		// A passphrase may begin or end with a space.
		privateKey: parsePrivateKey(
			trimmedString(privateKey),
			typeof passphrase === 'string' ? passphrase : '',
		),
		appSecrets: [appSecret, previousAppSecret].map(trimmedString).filter(Boolean),
	};
}
