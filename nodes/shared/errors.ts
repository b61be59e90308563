import type { NodeError } from 'n8n-workflow';

/** n8n's machine-readable reason for a failed node (n8n-workflow 2.37 and later; earlier hosts ignore it). */
export type Failure = NonNullable<NodeError['failure']>;

/** An error of our own, written for the user: what happened, and how to fix it. */
export class DescribedError extends Error {
	/**
	 * @param message what happened
	 * @param description how to fix it
	 */
	constructor(
		message: string,
		readonly description: string,
		readonly failureCause: Failure['cause'],
	) {
		super(message);
	}
}

/** What happened and how to fix it, as one text. */
export function formatError({
	message,
	description,
}: {
	message: string;
	description?: string | null | undefined;
}): string {
	const sentence = /[.!?]$/.test(message) ? message : `${message}.`;
	return description ? `${sentence} ${description}` : sentence;
}

/** A value that the user must correct before a request can be sent. */
export class InvalidInputError extends DescribedError {
	constructor(message: string, description: string) {
		super(message, description, 'configuration-invalid');
	}
}

/** The user canceled the execution, or the workflow's timeout expired. */
export class CancelledError extends Error {
	constructor() {
		super('The execution was canceled');
	}
}
