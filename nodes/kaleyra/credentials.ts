import { parseSecret, trimmedString } from '../shared/api/credentials';
import { InvalidInputError } from '../shared/errors';
import { encodePathSegment, parseOrigin } from '../shared/http/url';
import { PODS } from './constants';

/** A Kaleyra account, parsed from its credential. */
export interface Account {
	/** `https://<api_domain>/v2/<SID>`, the base URL on every page. */
	baseUrl: string;
	apiKey: string;
	/** The default WhatsApp Business Account, if the credential has one. */
	wabaId: string | undefined;
	/** The default sender of messages, if the credential has one. */
	phoneNumber: string | undefined;
	/** Values that must never be shown. */
	secrets: string[];
}

const LABELS = {
	credential: 'the Kaleyra credential',
	whereToFind: 'In the Kaleyra console, Edit API Key shows the API Domain, SID, and key.',
};

/** @throws {InvalidInputError} if a value can't be right, before any request */
export function parseAccount(credential: Record<string, unknown>): Account {
	// The pages don't say more about the form of SID and key than what a path and a header can carry.
	const sid = parseSecret(credential['sid'], 'SID', LABELS);
	const apiKey = parseSecret(credential['apiKey'], 'API Key', LABELS);
	const wabaId = trimmedString(credential['wabaId']);
	const phoneNumber = trimmedString(credential['phoneNumber']);
	return {
		baseUrl: `${getOrigin(credential)}/v2/${encodePathSegment(sid)}`,
		apiKey,
		wabaId: wabaId === '' ? undefined : wabaId,
		phoneNumber: phoneNumber === '' ? undefined : phoneNumber,
		secrets: [sid, apiKey],
	};
}

function getOrigin(credential: Record<string, unknown>): string {
	const pod = trimmedString(credential['pod']);
	if (pod === 'custom') {
		return parseOrigin(trimmedString(credential['apiDomain']), LABELS.credential, PODS.in.host);
	}
	if (Object.hasOwn(PODS, pod)) return `https://${PODS[pod as keyof typeof PODS].host}`;
	throw new InvalidInputError(
		`'Pod' in the Kaleyra credential is unknown: "${pod}"`,
		`Open the credential and select a pod: ${Object.keys(PODS).join(', ')}, or custom.`,
	);
}
