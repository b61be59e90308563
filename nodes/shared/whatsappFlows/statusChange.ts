import type { Verification } from '../api/verifyWrite';

/** A write that changes a flow's status and can't be undone. */
export interface StatusChange {
	/** Such as "publish" and "published". */
	verb: string;
	pastParticiple: string;
	/** The statuses of a flow that the write was never applied to. */
	from: string[];
	/** The status of a flow that the write was applied to; undefined if the flow is deleted then. */
	to: string | undefined;
}

export const PUBLISH: StatusChange = {
	verb: 'publish',
	pastParticiple: 'published',
	from: ['DRAFT'],
	to: 'PUBLISHED',
};

export const DEPRECATE: StatusChange = {
	verb: 'deprecate',
	pastParticiple: 'deprecated',
	from: ['PUBLISHED', 'THROTTLED', 'BLOCKED'],
	to: 'DEPRECATED',
};

export const DELETE: StatusChange = {
	verb: 'delete',
	pastParticiple: 'deleted',
	from: ['DRAFT'],
	to: undefined,
};

/** What a flow's status shows about a change. */
export function verifyStatus(
	{ verb, pastParticiple, from, to }: StatusChange,
	status: unknown,
): Verification {
	const neverApplied = from.includes(String(status));
	return {
		applied: to !== undefined && status === to,
		neverApplied,
		...(!neverApplied && {
			rejectionReason: `Only a flow with status ${from.join(' or ')} can be ${pastParticiple}, and this flow's status is ${String(status)}.`,
		}),
		description: `The flow's status is ${String(status)}. It's unknown whether the flow was ${pastParticiple}${neverApplied ? ", but most likely it wasn't" : ''}. Check the flow before you ${verb} it again.`,
	};
}

/** The description if the flow can't be read after an indeterminate result. */
export const describeUnverified = (
	{ verb, pastParticiple }: StatusChange,
	reason: string,
): string =>
	`It's unknown whether the flow was ${pastParticiple}, because reading the flow failed (${reason}). Check the flow before you ${verb} it again.`;
