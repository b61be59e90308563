import { createHash, timingSafeEqual } from 'node:crypto';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { parseSecret, trimmedString } from '../shared/api/credentials';
import { toTestError } from '../shared/api/credentialTest';
import { InvalidInputError } from '../shared/errors';

export const CALLBACK_CREDENTIAL_TYPE = 'kaleyraCallbackApi';

/** The header that tells Kaleyra's callbacks from other requests. */
export interface CallbackHeader {
	/** In lower case. */
	name: string;
	value: string;
}

const LABELS = {
	credential: 'the Kaleyra callback credential',
	whereToFind:
		'Choose a long random text, and enter the same header in the callback profile at Kaleyra.',
};
/** RFC 9110 §5.1. */
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/i;

/** @throws {InvalidInputError} if a value can't be part of a header */
export function parseCallbackHeader(credential: Record<string, unknown>): CallbackHeader {
	const name = trimmedString(credential['headerName']);
	if (!HEADER_NAME.test(name)) {
		throw new InvalidInputError(
			`'Header Name' in ${LABELS.credential} isn't a header name`,
			'Enter letters, digits, and hyphens only, such as X-Callback-Secret.',
		);
	}
	const value = parseSecret(credential['headerValue'], 'Header Value', LABELS);
	return { name: name.toLowerCase(), value };
}

/** Whether a request has the header. The comparison takes the same time for every value. */
export function hasCallbackHeader(
	headers: Record<string, unknown>,
	{ name, value }: CallbackHeader,
): boolean {
	const received = headers[name];
	if (typeof received !== 'string') return false;
	const [a, b] = [received, value].map((text) => createHash('sha256').update(text).digest());
	return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/** The test in n8n's credential dialog. Kaleyra can't be asked, so it checks the form only. */
export async function kaleyraCallbackApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	try {
		parseCallbackHeader(credential.data ?? {});
		return await Promise.resolve({
			status: 'OK',
			message: 'The header can be sent. Enter the same header at Kaleyra.',
		});
	} catch (thrown) {
		return toTestError(
			thrown instanceof InvalidInputError ? thrown : { message: String(thrown), description: '' },
		);
	}
}
