import type { ParseResult } from '../shared/api/responses';
import type { Verification } from '../shared/api/ApiClient';
import type { HttpResult } from '../shared/http/httpResult';
import { parseResponse } from './responses';
import type { Flow } from './flow';
import { parseFlow, getFlowId } from './flow';
import { isNotFound } from './errors';
import { MAX_LIST_LIMIT } from './constants';

/** What a look at 8x8 tells of a write whose outcome stayed open. */

/** A write that cannot be taken back, and how a flow's status shows it. */
export interface StatusChange {
	method: 'POST' | 'DELETE';
	/** Behind the flow's own path. */
	path: string;
	verb: string;
	past: string;
	/** The status of a flow that the write has not touched. */
	from: string;
	/** The status of a flow for which it is done; none where the flow is gone then. */
	to: string | undefined;
}

export const PUBLISH: StatusChange = {
	method: 'POST',
	path: '/publish',
	verb: 'publish',
	past: 'published',
	from: 'DRAFT',
	to: 'PUBLISHED',
};

export const DEPRECATE: StatusChange = {
	method: 'POST',
	path: '/deprecate',
	verb: 'deprecate',
	past: 'deprecated',
	from: 'PUBLISHED',
	to: 'DEPRECATED',
};

export const DELETE: StatusChange = {
	method: 'DELETE',
	path: '',
	verb: 'delete',
	past: 'deleted',
	from: 'DRAFT',
	to: undefined,
};

/** @param outcome of reading the flow */
export function verifyStatus(change: StatusChange, outcome: HttpResult): ParseResult<Verification> {
	const { verb, past, from, to } = change;
	if (to === undefined && isNotFound(outcome)) {
		return { data: { done: true, untouched: false, inWords: '' } };
	}
	return parseResponse(outcome, (body) => {
		const flow = parseFlow(body);
		if (!flow) return undefined;
		const { status } = flow;
		return {
			done: to !== undefined && status === to,
			untouched: status === from,
			inWords: `Its status is ${String(status)}. It is not known whether the flow was ${past}; most likely it was not. Read the flow before you ${verb} it again.`,
		};
	});
}

/**
 * A flow of that name may have been there before, so the look never calls a creation done, and never
 * certainly undone.
 *
 * @returns undefined where there is no list to look at
 */
export function verifyName(name: string, flows: Flow[] | undefined): Verification | undefined {
	if (!flows) return undefined;
	const found = flows.find((flow) => flow['name'] === name);
	const among = flows.length < MAX_LIST_LIMIT ? '' : ` among the first ${MAX_LIST_LIMIT}`;
	const inWords = found
		? `It is not known whether the flow was created. There is a flow "${name}" in the channel, ${getFlowId(found)} (${String(found['status'])}): most likely this one. Look at it before you create another.`
		: `It is not known whether the flow was created. There is no flow "${name}" in the channel${among}: most likely it was not. Look at the list before you create it again.`;
	return { done: false, untouched: false, inWords };
}
