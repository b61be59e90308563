import { parseSecret, trimmedString } from '../shared/api/credentials';
import { encodePathSegment, parseOrigin } from '../shared/http/url';
import { InvalidInputError } from '../shared/errors';
import { REGIONS } from './constants';

/** An 8x8 account as the credential describes it, validated and trimmed. */
export interface Account {
	/** `https://<host>/api/v1/accounts/<accountId>`. */
	baseUrl: string;
	/** `https://<host>/api/v1/subaccounts`. */
	subaccountsUrl: string;
	apiKey: string;
	/** Sends messages if the node doesn't name another one; empty if not set. */
	subaccountId: string;
	/** Values that must not appear in any message or output. */
	secrets: string[];
}

const CREDENTIAL_LABELS = {
	credential: 'the 8x8 credential',
	whereToFind: 'The API keys page in 8x8 Connect shows API keys and the account ID.',
};

/** Source: Get WhatsApp Flow details, path parameter accountId. */
const ACCOUNT_ID = /^[0-9A-Fa-f]{8}[-]?(?:[0-9A-Fa-f]{4}[-]?){3}[0-9A-Fa-f]{12}$/;

/** @throws {InvalidInputError} if a value of the credential is invalid */
export function parseAccount(credential: Record<string, unknown>): Account {
	const apiKey = parseSecret(credential['apiKey'], 'API Key', CREDENTIAL_LABELS);
	const accountId = parseSecret(credential['accountId'], 'Account ID', CREDENTIAL_LABELS);
	if (!ACCOUNT_ID.test(accountId)) {
		// The message doesn't repeat the value, because it may be an API key in the wrong parameter.
		throw new InvalidInputError(
			"'Account ID' in the 8x8 credential isn't a valid account ID",
			`Enter 32 hexadecimal digits, with or without hyphens. ${CREDENTIAL_LABELS.whereToFind}`,
		);
	}
	const apiUrl = `${parseRegion(credential)}/api/v1`;
	return {
		baseUrl: `${apiUrl}/accounts/${encodePathSegment(accountId)}`,
		subaccountsUrl: `${apiUrl}/subaccounts`,
		apiKey,
		subaccountId: trimmedString(credential['subaccountId']),
		secrets: [apiKey, ...accountIdVariants(accountId)],
	};
}

/** @returns the origin of the region, or the one in API Domain */
function parseRegion(credential: Record<string, unknown>): string {
	const region = trimmedString(credential['region']);
	if (region === 'custom') {
		const apiDomain = trimmedString(credential['apiDomain']);
		return parseOrigin(apiDomain, CREDENTIAL_LABELS.credential, REGIONS.apac.host);
	}
	const known = Object.entries(REGIONS).find(([value]) => value === region);
	if (known) return `https://${known[1].host}`;
	throw new InvalidInputError(
		`'Region' in the 8x8 credential isn't a known region: "${region}"`,
		`Open the credential and choose a region. Valid values are ${Object.keys(REGIONS).join(', ')}, and custom.`,
	);
}

/** The ID as entered and as a response may spell it: with or without hyphens, in lower or upper case. */
function accountIdVariants(accountId: string): string[] {
	const compact = accountId.replaceAll('-', '').toLowerCase();
	const hyphenated = compact.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	const lowerCase = [compact, hyphenated];
	return [accountId, ...lowerCase, ...lowerCase.map((variant) => variant.toUpperCase())];
}
