import type { Verification } from '../shared/api/verifyWrite';
import type { FlowList } from '../shared/whatsappFlows/flowStore';

export const DELETED: Verification = { applied: true, neverApplied: false, description: '' };

export const MOST_LIKELY_DELETED: Verification = {
	applied: false,
	neverApplied: false,
	description:
		"It's unknown whether the flow was deleted, but most likely it was: it could be read before, and now it can't. Check the list of flows.",
};

const LISTED: Verification = {
	applied: false,
	neverApplied: false,
	description:
		"It's unknown whether the flow was deleted. It can't be read, and the list still has it. Check the list before you delete it again.",
};

/** What the WABA's list shows about a flow that could be read before the deletion, and now can't. */
export function verifyDeleted({ flows, complete }: FlowList, flowId: string): Verification {
	if (flows.some(({ id }) => id === flowId)) return LISTED;
	return complete ? DELETED : MOST_LIKELY_DELETED;
}
