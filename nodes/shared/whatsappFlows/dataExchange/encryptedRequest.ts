import { isObject } from '../../http/json';
import { MalformedRequestError } from './errors';

/** The body of a Data Exchange request: base64 each. */
export interface EncryptedRequest {
	encryptedAesKey: string;
	encryptedFlowData: string;
	initialVector: string;
}

/** @throws {MalformedRequestError} if a field is missing or empty */
export function parseEncryptedRequest(body: unknown): EncryptedRequest {
	if (!isObject(body)) throw new MalformedRequestError('The body must be a JSON object');
	const getText = (name: string): string => {
		const value = body[name];
		if (typeof value === 'string' && value !== '') return value;
		throw new MalformedRequestError(`The body must contain ${name}`);
	};
	return {
		encryptedAesKey: getText('encrypted_aes_key'),
		encryptedFlowData: getText('encrypted_flow_data'),
		initialVector: getText('initial_vector'),
	};
}
