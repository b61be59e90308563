import { parseOrigin, readSecret, encodePathSegment, trimmedString } from '../shared/http/url';
import { InvalidInputError } from '../shared/errors';
import { PODS } from './constants';

/** A Kaleyra account as the credential describes it, checked and trimmed. */
export interface Account {
	/** `https://<api_domain>/v2/<SID>`, the base URL of every page. */
	baseUrl: string;
	apiKey: string;
	/** The credential's default WhatsApp Business Account, where it has one. */
	wabaId: string | undefined;
	/** What must never be shown. */
	secrets: string[];
}

const WORDS = {
	credential: 'the Kaleyra credential',
	whereToFind: 'In the Kaleyra console, Edit API Key shows API Domain, SID and key together.',
};

/** @throws {InvalidInput} where a value of the credential cannot be right, before anything is sent */
export function parseAccount(credential: Record<string, unknown>): Account {
	// The pages give SID and key no narrower form than a header or a path can carry.
	const sid = readSecret(credential['sid'], 'SID', WORDS);
	const apiKey = readSecret(credential['apiKey'], 'API Key', WORDS);
	const wabaId = trimmedString(credential['wabaId']);
	return {
		baseUrl: `${origin(credential)}/v2/${encodePathSegment(sid)}`,
		apiKey,
		wabaId: wabaId === '' ? undefined : wabaId,
		secrets: [sid, apiKey],
	};
}

/** GET: Get Flows by WABA ID. */
export const flowsPath = (wabaId: string) => `/whatsapp/${encodePathSegment(wabaId)}/flows`;

/** GET: Get Flow Details by Flow ID. POST: Update Flow Metadata. DELETE would delete it. */
export const flowPath = (flowId: string) => `/whatsapp/${encodePathSegment(flowId)}`;

/** POST: Publish Flow. */
export const publishPath = (flowId: string) => `${flowPath(flowId)}/publish`;

function origin(credential: Record<string, unknown>): string {
	const pod = trimmedString(credential['pod']);
	if (pod === 'custom') {
		return parseOrigin(trimmedString(credential['apiDomain']), WORDS.credential, PODS.in.host);
	}
	if (Object.hasOwn(PODS, pod)) return `https://${PODS[pod as keyof typeof PODS].host}`;
	throw new InvalidInputError(
		`The Kaleyra credential names a pod that does not exist: "${pod}"`,
		`Open the credential and choose a pod. Known are ${Object.keys(PODS).join(', ')} and custom.`,
	);
}
