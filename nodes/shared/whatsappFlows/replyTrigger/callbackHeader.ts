import { createHash, timingSafeEqual } from 'node:crypto';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import type { CredentialLabels } from '../../api/credentials';
import { parseSecret, trimmedString } from '../../api/credentials';
import { toTestError } from '../../api/credentialTest';
import { InvalidInputError } from '../../errors';

/** The header that tells the provider's callbacks from other requests. */
export interface CallbackHeader {
	/** In lower case. */
	name: string;
	value: string;
}

/** RFC 9110 §5.1. */
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/i;
/** RFC 9110 §11.4: an authentication scheme before the credentials, such as `Bearer`. */
const SCHEME = /^[A-Za-z]{1,20} +/;

/** @throws {InvalidInputError} if a value can't be part of a header */
export function parseCallbackHeader(
	credential: Record<string, unknown>,
	labels: CredentialLabels,
): CallbackHeader {
	const name = trimmedString(credential['headerName']).toLowerCase();
	if (!HEADER_NAME.test(name)) {
		throw new InvalidInputError(
			`'Header Name' in ${labels.credential} isn't a header name`,
			'Enter letters, digits, and hyphens only, such as X-Callback-Secret.',
		);
	}
	const text = trimmedString(credential['headerValue']);
	const [scheme = ''] = (name === 'authorization' && SCHEME.exec(text)) || [];
	return { name, value: scheme + parseSecret(text.slice(scheme.length), 'Header Value', labels) };
}

/** Whether a request has the header. The comparison takes the same time for every value. */
export function hasCallbackHeader(
	headers: Record<string, unknown>,
	{ name, value }: CallbackHeader,
): boolean {
	const received = headers[name];
	if (typeof received !== 'string') return false;
	const hash = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(hash(received), hash(value));
}

/** The test in n8n's credential dialog. The provider can't be asked, so it checks the form only. */
export const createCallbackHeaderTest = (labels: CredentialLabels, success: string) =>
	async function testCallbackHeader(
		this: ICredentialTestFunctions,
		credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
	): Promise<INodeCredentialTestResult> {
		try {
			parseCallbackHeader(credential.data ?? {}, labels);
			return await Promise.resolve({ status: 'OK', message: success });
		} catch (thrown) {
			return toTestError(
				thrown instanceof InvalidInputError ? thrown : { message: String(thrown), description: '' },
			);
		}
	};
