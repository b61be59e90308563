import { parseOrigin, readSecret, encodePathSegment, trimmedString } from '../shared/http/url';
import { InvalidInputError } from '../shared/errors';
import { REGIONS } from './constants';

/** An account at 8x8 as the credential describes it, checked and trimmed. */
export interface Account {
	/** `https://<host>/api/v1/accounts/<accountId>`. */
	baseUrl: string;
	apiKey: string;
	/** What must never be shown. */
	secrets: string[];
}

const WORDS = {
	credential: 'the 8x8 credential',
	whereToFind: 'In 8x8 Connect, the page API keys shows keys and account ID together.',
};

/** Source: Get WhatsApp Flow details, path parameter accountId. */
const ACCOUNT_ID = /^[0-9A-Fa-f]{8}[-]?(?:[0-9A-Fa-f]{4}[-]?){3}[0-9A-Fa-f]{12}$/;

/** @throws {InvalidInput} where a value of the credential cannot be right, before anything is sent */
export function parseAccount(credential: Record<string, unknown>): Account {
	const apiKey = readSecret(credential['apiKey'], 'API Key', WORDS);
	const accountId = readSecret(credential['accountId'], 'Account ID', WORDS);
	if (!ACCOUNT_ID.test(accountId)) {
		// What was typed is not repeated: it may be the key, in the wrong place.
		throw new InvalidInputError(
			'The Account ID of the 8x8 credential is no account ID',
			`It is 32 digits and letters from a to f, with or without hyphens. ${WORDS.whereToFind}`,
		);
	}
	return {
		baseUrl: `${origin(credential)}/api/v1/accounts/${encodePathSegment(accountId)}`,
		apiKey,
		secrets: [apiKey, ...accountIdVariants(accountId)],
	};
}

/** GET: Get WhatsApp Flows. POST: Create WhatsApp Flow. */
export const flowsPath = (channelId: string) => `/channels/${encodePathSegment(channelId)}/flows`;

/** GET: Get WhatsApp Flow details. PUT: Update WhatsApp Flow. DELETE: Delete WhatsApp Flow. */
export const flowPath = (channelId: string, flowId: string) =>
	`${flowsPath(channelId)}/${encodePathSegment(flowId)}`;

function origin(credential: Record<string, unknown>): string {
	const region = trimmedString(credential['region']);
	if (region === 'custom') {
		return parseOrigin(trimmedString(credential['apiDomain']), WORDS.credential, REGIONS.apac.host);
	}
	if (Object.hasOwn(REGIONS, region)) {
		return `https://${REGIONS[region as keyof typeof REGIONS].host}`;
	}
	throw new InvalidInputError(
		`The 8x8 credential names a region that does not exist: "${region}"`,
		`Open the credential and choose a region. Known are ${Object.keys(REGIONS).join(', ')} and custom.`,
	);
}

/** As typed, and as an answer may spell it: with or without hyphens, in small or capital letters. */
function accountIdVariants(accountId: string): string[] {
	const bare = accountId.replaceAll('-', '').toLowerCase();
	const hyphenated = bare.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	const small = [bare, hyphenated];
	return [accountId, ...small, ...small.map((spelling) => spelling.toUpperCase())];
}
