import { InvalidInput } from '../engine/refusal';
import { PODS } from './vocabulary';

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

const WHERE_TO_FIND =
	'In the Kaleyra console, Edit API Key shows API Domain, SID and key together.';

/** @throws {InvalidInput} where a value of the credential cannot be right, before anything is sent */
export function readAccount(credential: Record<string, unknown>): Account {
	const sid = secret(credential['sid'], 'SID');
	const apiKey = secret(credential['apiKey'], 'API Key');
	const wabaId = text(credential['wabaId']);
	return {
		baseUrl: `${origin(credential)}/v2/${segment(sid)}`,
		apiKey,
		wabaId: wabaId === '' ? undefined : wabaId,
		secrets: [sid, apiKey],
	};
}

/** GET: Get Flows by WABA ID. */
export const flowsPath = (wabaId: string) => `/whatsapp/${segment(wabaId)}/flows`;

/** GET: Get Flow Details by Flow ID. POST: Update Flow Metadata. */
export const flowPath = (flowId: string) => `/whatsapp/${segment(flowId)}`;

/** POST: Publish Flow. */
export const publishPath = (flowId: string) => `${flowPath(flowId)}/publish`;

/**
 * One part of a path. The same URL serves Details, Update and Delete, so a part that vanished or climbed
 * up would name another operation.
 */
export function segment(part: string): string {
	if (['', '.', '..'].includes(part)) {
		throw new InvalidInput(`"${part}" cannot be part of an address`, 'Enter an ID.');
	}
	return encodeURIComponent(part);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

function secret(value: unknown, name: string): string {
	const trimmed = text(value);
	if (trimmed === '') {
		throw new InvalidInput(`The ${name} of the Kaleyra credential is empty`, WHERE_TO_FIND);
	}
	// What a header or a path can carry; the pages give no narrower form.
	if (!/^[\x21-\x7e]+$/.test(trimmed)) {
		throw new InvalidInput(
			`The ${name} of the Kaleyra credential has a space, a line break or a special character in it`,
			`Copy the ${name} once more, without anything before, in or after it. ${WHERE_TO_FIND}`,
		);
	}
	return trimmed;
}

function origin(credential: Record<string, unknown>): string {
	const pod = text(credential['pod']);
	if (pod === 'custom') return customOrigin(text(credential['apiDomain']));
	if (Object.hasOwn(PODS, pod)) return `https://${PODS[pod as keyof typeof PODS].host}`;
	throw new InvalidInput(
		`The Kaleyra credential names a pod that does not exist: "${pod}"`,
		`Open the credential and choose a pod. Known are ${Object.keys(PODS).join(', ')} and custom.`,
	);
}

/** A host, or a whole origin. https, but for loopback: the key travels in a header. */
function customOrigin(apiDomain: string): string {
	// What was typed is not repeated: a whole address may have been pasted, with SID and key in it.
	const example =
		'Enter a host such as api.in.kaleyra.io, or an origin such as https://api.in.kaleyra.io.';
	if (apiDomain === '') {
		throw new InvalidInput('The API Domain of the Kaleyra credential is empty', example);
	}
	let url: URL | undefined;
	try {
		url = new URL(apiDomain.includes('://') ? apiDomain : `https://${apiDomain}`);
	} catch {
		url = undefined;
	}
	const bare = url && !/[@?#\s\\]/.test(apiDomain) && url.pathname === '/' && url.hostname !== '';
	if (!url || !bare) {
		throw new InvalidInput(
			'The API Domain of the Kaleyra credential is no plain host',
			`${example} No path, no user name, nothing behind it.`,
		);
	}
	const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
		throw new InvalidInput(
			'The API Domain of the Kaleyra credential must start with https://',
			'The API key would otherwise travel in the clear. Plain http is taken for this machine only (localhost).',
		);
	}
	return url.origin;
}
