import type { Sight } from '../engine/client';
import type { Flow } from './flow';
import { idOf } from './flow';
import { LONGEST_LIST } from './vocabulary';

/** What a look at 8x8 tells of a write whose outcome stayed open. */

export interface StatusChange {
	verb: string;
	past: string;
	/** The status of a flow that the write has not touched. */
	from: string;
	/** The status of a flow for which it is done; none where the flow is gone then. */
	to: string | undefined;
}

/** @returns undefined where there is no flow to look at */
export function lookForStatus(
	{ verb, past, from, to }: StatusChange,
	flow: Flow | undefined,
): Sight | undefined {
	if (!flow) return undefined;
	const { status } = flow;
	return {
		done: to !== undefined && status === to,
		untouched: status === from,
		inWords: `Its status is ${String(status)}. It is not known whether the flow was ${past}; most likely it was not. Read the flow before you ${verb} it again.`,
	};
}

/**
 * A flow of that name may have been there before, so the look never calls a creation done, and never
 * certainly undone.
 *
 * @returns undefined where there is no list to look at
 */
export function lookForName(name: string, flows: Flow[] | undefined): Sight | undefined {
	if (!flows) return undefined;
	const found = flows.find((flow) => flow['name'] === name);
	const among = flows.length < LONGEST_LIST ? '' : ` among the first ${LONGEST_LIST}`;
	const inWords = found
		? `It is not known whether the flow was created. There is a flow "${name}" in the channel, ${idOf(found)} (${String(found['status'])}): most likely this one. Look at it before you create another.`
		: `It is not known whether the flow was created. There is no flow "${name}" in the channel${among}: most likely it was not. Look at the list before you create it again.`;
	return { done: false, untouched: false, inWords };
}
