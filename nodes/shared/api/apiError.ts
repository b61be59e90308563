import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { Failure } from '../errors';

/** Why a service did not do what it was asked. Plain text throughout: agents read it too. */
export interface ApiError {
	/** What happened, in the service's own words. */
	message: string;
	/** What the reader can do about it. */
	description: string;
	/** What follows every next step: when to come back, and how the answer names its refusal. */
	suffix?: string;
	/** The HTTP status, or the network's error code where no answer came. */
	httpCode?: string;
	/** The service's own code, where its answer has one. */
	code?: string | undefined;
	/** The service's whole answer. n8n shows it under the error's details. */
	body?: unknown;
	failure?: Failure | undefined;
}

/** Replaces every secret in a value that will be shown, whether it stands there plain or URL-encoded. */
export function redactSecrets<T>(value: T, secrets: string[]): T {
	const spellings = secrets
		.flatMap((secret) => [secret, encodeURIComponent(secret)])
		.filter((secret) => secret.length > 0);
	const hide = (text: string) =>
		spellings.reduce((shown, secret) => shown.replaceAll(secret, '[hidden]'), text);
	const walk = (part: unknown): unknown => {
		if (typeof part === 'string') return hide(part);
		if (Array.isArray(part)) return part.map(walk);
		if (typeof part !== 'object' || part === null) return part;
		return Object.fromEntries(Object.entries(part).map(([key, inner]) => [hide(key), walk(inner)]));
	};
	return walk(value) as T;
}

/** Turns a refusal into the error that n8n shows. Always a new error: n8n ignores a re-wrapped one. */
export function toNodeApiError(node: INode, refusal: ApiError): NodeApiError {
	const { message, description, httpCode, body, failure } = refusal;
	const response = { response: body ?? null } as JsonObject;
	const error = new NodeApiError(node, response, {
		message,
		description: description,
		...(httpCode !== undefined && { httpCode }),
		...(failure !== undefined && { failure }),
	});
	// n8n rewrites a message that contains an errno, even inside a word ("deletePermission" has EPERM).
	error.message = message;
	error.description = description;
	error.context['data'] = response;
	return error;
}
