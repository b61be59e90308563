import { randomBytes, randomUUID } from 'node:crypto';

/** A new token that tells the replies to one message from all others. */
export const createFlowToken = (): string => randomUUID();

/** Where an execution waits for a reply. */
export interface ResumeTarget {
	executionId: string;
	nodeId: string;
	/** n8n's signature of the resume URL, hexadecimal. */
	signature: string;
}

/** Tells the token of a waiting execution from any other, and one version of its format from another. */
const PREFIX = 'n8n1';
/** The signature is an HMAC-SHA256, as Base64url. */
const TOKEN = /^n8n1\.([0-9]{1,20})\.([A-Za-z0-9_-]{1,64})\.[A-Za-z0-9_-]{8}\.([A-Za-z0-9_-]{43})$/;
const NODE_ID = /^[A-Za-z0-9_-]{1,64}$/;
const SIGNATURE = /^[0-9a-f]{64}$/;
/** n8n's query parameter for the signature. */
const SIGNATURE_PARAMETER = 'signature';

/**
 * Creates a token that leads a reply back to the execution that waits for it. It's different for each message,
 * because an execution can wait several times in the same node.
 *
 * @param signedResumeUrl n8n's, `<base>/<execution ID>/<node ID>?signature=<hexadecimal>`
 * @returns undefined if the URL has another form
 */
export function createResumeToken(signedResumeUrl: string): string | undefined {
	const { pathname, searchParams } = new URL(signedResumeUrl);
	const [nodeId = '', executionId = ''] = pathname.split('/').reverse();
	const signature = searchParams.get(SIGNATURE_PARAMETER) ?? '';
	if (!NODE_ID.test(nodeId) || !SIGNATURE.test(signature)) return undefined;
	const encoded = Buffer.from(signature, 'hex').toString('base64url');
	const nonce = randomBytes(6).toString('base64url');
	const token = [PREFIX, executionId, nodeId, nonce, encoded].join('.');
	return TOKEN.test(token) ? token : undefined;
}

/** @returns undefined if it isn't a token of `createResumeToken` */
export function parseResumeToken(token: unknown): ResumeTarget | undefined {
	const [, executionId, nodeId, encoded] = (typeof token === 'string' && TOKEN.exec(token)) || [];
	if (executionId === undefined || nodeId === undefined || encoded === undefined) return undefined;
	return { executionId, nodeId, signature: Buffer.from(encoded, 'base64url').toString('hex') };
}

/**
 * The signed resume URL again. Its base comes from the n8n instance, never from the token.
 *
 * @param instanceResumeUrl `$execution.resumeUrl`, `<base>/<any execution ID>`
 */
export function buildResumeUrl(
	instanceResumeUrl: string,
	{ executionId, nodeId, signature }: ResumeTarget,
): string {
	const { origin, pathname } = new URL(instanceResumeUrl);
	const base = pathname.slice(0, pathname.lastIndexOf('/'));
	return `${origin}${base}/${executionId}/${nodeId}?${SIGNATURE_PARAMETER}=${signature}`;
}
