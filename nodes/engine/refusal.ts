import type { INode, JsonObject, NodeError } from 'n8n-workflow';
import { ExpressionError, NodeApiError, NodeOperationError } from 'n8n-workflow';

/** n8n's machine-readable reason of a failed node (n8n-workflow 2.37 and newer; older hosts ignore it). */
export type Failure = NonNullable<NodeError['failure']>;

/** Why a service did not do what it was asked. Plain text throughout: agents read it too. */
export interface Refusal {
	/** What happened, in the service's own words. */
	message: string;
	/** What the reader can do about it. */
	nextStep: string;
	/** What follows every next step: when to come back, and how the answer names its refusal. */
	aside?: string;
	/** The HTTP status, or the network's error code where no answer came. */
	httpCode?: string;
	/** The service's own code, where its answer has one. */
	code?: string | undefined;
	/** The service's whole answer. n8n shows it under the error's details. */
	body?: unknown;
	failure?: Failure | undefined;
}

/** Something a person has to put right before anything can be sent. */
export class InvalidInput extends Error {
	constructor(
		message: string,
		readonly nextStep: string,
		readonly failure: Failure['cause'] = 'configuration-invalid',
	) {
		super(message);
	}
}

/** The cancel button was pressed, or the workflow's own time limit ran out. */
export class Cancelled extends Error {
	constructor() {
		super('The execution was cancelled');
	}
}

/** Replaces every secret in a value that will be shown, whether it stands there plain or URL-encoded. */
export function withoutSecrets<T>(value: T, secrets: string[]): T {
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
export function refusalError(node: INode, refusal: Refusal): NodeApiError {
	const { message, nextStep, httpCode, body, failure } = refusal;
	const response = { response: body ?? null } as JsonObject;
	const error = new NodeApiError(node, response, {
		message,
		description: nextStep,
		...(httpCode !== undefined && { httpCode }),
		...(failure !== undefined && { failure }),
	});
	// n8n rewrites a message that contains an errno, even inside a word ("deletePermission" has EPERM).
	error.message = message;
	error.description = nextStep;
	error.context['data'] = response;
	return error;
}

/** An error that n8n shows well: with a description, and for an item. */
export type ShownError = NodeApiError | NodeOperationError | ExpressionError;

/** Any thrown thing as an error that n8n shows well. What n8n explains itself is passed through. */
export function toNodeError(node: INode, thrown: unknown): ShownError {
	if (thrown instanceof NodeApiError || thrown instanceof NodeOperationError) return thrown;
	if (thrown instanceof ExpressionError) return thrown;
	const cause = thrown instanceof Error ? thrown : new Error(String(thrown));
	const error = new NodeOperationError(node, cause.message, {
		...(cause instanceof InvalidInput && {
			description: cause.nextStep,
			failure: { cause: cause.failure },
		}),
	});
	error.message = cause.message;
	return error;
}
