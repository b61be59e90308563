import type { ParseResult } from '../shared/api/responses';
import type { Verification } from '../shared/api/ApiClient';
import type { HttpResult } from '../shared/http/httpResult';
import { parseResponse } from './responses';
import type { Flow } from './flow';
import { parseFlow } from './flow';
import { isNotFound } from './errors';
import { MAX_LIST_LIMIT } from './constants';

/** An irreversible write that changes the status of a flow. */
export interface StatusChange {
	method: 'POST' | 'DELETE';
	/** Appended to the path of the flow. */
	path: string;
	verb: string;
	participle: string;
	/** The status of the flow if the write was never applied. */
	from: string;
	/** The status of the flow if the write was applied; undefined if the flow no longer exists then. */
	to: string | undefined;
}

export const PUBLISH: StatusChange = {
	method: 'POST',
	path: '/publish',
	verb: 'publish',
	participle: 'published',
	from: 'DRAFT',
	to: 'PUBLISHED',
};

export const DEPRECATE: StatusChange = {
	method: 'POST',
	path: '/deprecate',
	verb: 'deprecate',
	participle: 'deprecated',
	from: 'PUBLISHED',
	to: 'DEPRECATED',
};

export const DELETE: StatusChange = {
	method: 'DELETE',
	path: '',
	verb: 'delete',
	participle: 'deleted',
	from: 'DRAFT',
	to: undefined,
};

/**
 * Checks whether an indeterminate status change was applied.
 *
 * @param result of reading the flow
 */
export function verifyStatus(change: StatusChange, result: HttpResult): ParseResult<Verification> {
	const { verb, participle, from, to } = change;
	if (to === undefined && isNotFound(result)) {
		return { data: { done: true, untouched: false, inWords: '' } };
	}
	return parseResponse(result, (body) => {
		const flow = parseFlow(body);
		if (!flow) return undefined;
		const { status } = flow;
		return {
			done: to !== undefined && status === to,
			untouched: status === from,
			inWords: `The flow's status is ${status ?? 'unknown'}. It's unknown whether the flow was ${participle}, but most likely it wasn't. Check the flow before you ${verb} it again.`,
		};
	});
}

/**
 * Checks whether an indeterminate Create was applied. The result is never certain, because another flow
 * with this name may exist.
 *
 * @returns undefined if there is no list of flows
 */
export function verifyName(name: string, flows: Flow[] | undefined): Verification | undefined {
	if (!flows) return undefined;
	const match = flows.find((flow) => flow.name === name);
	const scope = flows.length < MAX_LIST_LIMIT ? '' : ` among the first ${MAX_LIST_LIMIT}`;
	const finding = match
		? `The channel has a flow named "${name}" (ID ${match.id}, status ${match.status ?? 'unknown'}), which is most likely this one. Check it before you create another one.`
		: `The channel has no flow named "${name}"${scope}, so most likely it wasn't. Check the list of flows before you create it again.`;
	return {
		done: false,
		untouched: false,
		inWords: `It's unknown whether the flow was created. ${finding}`,
	};
}
