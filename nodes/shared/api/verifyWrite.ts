import { NodeApiError } from 'n8n-workflow';
import type { HttpRequest } from '../http/httpRequest';
import type { HttpResult } from '../http/httpResult';
import type { ParseResult, WriteResult } from './responses';

/** A write that must not be applied twice, and how to check whether it was applied. */
export interface NonIdempotentWrite<TData> {
	request: HttpRequest;
	parse: (result: HttpResult) => WriteResult<TData>;
	/** Reads back from the service whether the write was applied. */
	verify: () => Promise<ParseResult<Verification>>;
	/** The description if the write can't be verified, for a reason. */
	describeUnverified: (reason: string) => string;
	/**
	 * Whether `applied` also proves that another execution did the same. True for a status change; false if
	 * the service would hold two of what the write creates.
	 */
	sharedOutcome?: boolean;
}

/** What reading back shows. */
export interface Verification {
	applied: boolean;
	/**
	 * Whether the write has not been applied, so that it may be sent again. Set it only if the service rejects
	 * a second write, because the first one may still be in progress.
	 */
	neverApplied: boolean;
	/** The error's description if the write isn't applied and isn't sent again. */
	description: string;
	/** Why the service rejected the write, if what was read shows it. */
	rejectionReason?: string | undefined;
}

/** How it's known that a write was applied. */
export type WriteConfirmation<TData> =
	/** `afterIndeterminate`: an earlier attempt may have been applied. */
	| { by: 'response'; data: TData; afterIndeterminate: boolean }
	/** The response was lost or unclear; reading back shows the result. */
	| { by: 'verification' }
	/** The service rejected the write, because it was already applied, for example by another execution. */
	| { by: 'alreadyApplied' };

/** Verifies with reads that throw. */
export async function verifyByReading(
	read: () => Promise<Verification>,
): Promise<ParseResult<Verification>> {
	return await read().then(
		(data) => ({ ok: true, data }),
		(thrown: unknown) => {
			if (!(thrown instanceof NodeApiError)) throw thrown;
			const { message, description } = thrown;
			return { ok: false, error: { message, description: description ?? '' } };
		},
	);
}
