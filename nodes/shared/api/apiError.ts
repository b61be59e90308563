import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { Failure } from '../errors';

/** Why a service didn't do what it was asked. Plain text throughout, because AI agents read it too. */
export interface ApiError {
	/** What happened, in the service's own words if it sent any. */
	message: string;
	/** How to fix it. */
	description: string;
	/** The end of every description: when to try again, and the service's code. */
	suffix?: string;
	/** HTTP status, or Node's error code if there was no response. */
	httpCode?: string;
	/** The service's own code, if the body has one. */
	code?: string | undefined;
	/** Whether the body is an error that the service documents, so that nothing was applied. */
	recognized?: boolean;
	/** The whole response body, which n8n shows in the error details. */
	body?: unknown;
	failure?: Failure | undefined;
}

/** Replaces every secret in a value that will be shown, plain or URL-encoded. */
export function redactSecrets<T>(value: T, secrets: string[]): T {
	const spellings = secrets
		.flatMap((secret) => [secret, encodeURIComponent(secret)])
		.filter((secret) => secret.length > 0)
		// One secret may contain another.
		.sort((a, b) => b.length - a.length);
	const redact = (text: string) =>
		spellings.reduce((redacted, secret) => redacted.replaceAll(secret, '[hidden]'), text);
	const walk = (part: unknown): unknown => {
		if (typeof part === 'string') return redact(part);
		if (Array.isArray(part)) return part.map(walk);
		if (typeof part !== 'object' || part === null) return part;
		return Object.fromEntries(
			Object.entries(part).map(([key, inner]) => [redact(key), walk(inner)]),
		);
	};
	return walk(value) as T;
}

/** Creates the error that n8n shows. Always a new one, because n8n ignores a NodeApiError that is wrapped again. */
export function toNodeApiError(node: INode, apiError: ApiError): NodeApiError {
	const { message, description, httpCode, body, failure } = apiError;
	const response = { response: body ?? null } as JsonObject;
	const error = new NodeApiError(node, response, {
		message,
		description,
		...(httpCode !== undefined && { httpCode }),
		...(failure !== undefined && { failure }),
	});
	// n8n replaces a message that contains an errno, even within a word ("deletePermission" contains EPERM).
	error.message = message;
	error.description = description;
	error.context['data'] = response;
	return error;
}
