import type { ParseResult } from '../shared/api/responses';
import type { Verification } from '../shared/api/verifyWrite';
import type { HttpResult } from '../shared/http/httpResult';
import type { StatusChange } from '../shared/whatsappFlows/statusChange';
import { verifyStatus } from '../shared/whatsappFlows/statusChange';
import { parseResponse } from './responses';
import type { Flow } from './flow';
import { parseFlow } from './flow';
import { isNotFound } from './errors';
import { MAX_LIST_LIMIT } from './constants';

/**
 * Checks whether an indeterminate status change was applied.
 *
 * @param result of reading the flow
 */
export function verifyStatusChange(
	change: StatusChange,
	result: HttpResult,
): ParseResult<Verification> {
	if (change.to === undefined && isNotFound(result)) {
		return { ok: true, data: { applied: true, neverApplied: false, description: '' } };
	}
	return parseResponse(result, (body) => {
		const flow = parseFlow(body);
		return flow && verifyStatus(change, flow.status);
	});
}

/**
 * Checks whether an indeterminate Create was applied. The result is never certain, because another flow
 * with this name may exist.
 *
 * @returns undefined if there is no list of flows
 */
export function verifyCreated(name: string, flows: Flow[] | undefined): Verification | undefined {
	if (!flows) return undefined;
	const match = flows.find((flow) => flow.name === name);
	const scope = flows.length < MAX_LIST_LIMIT ? '' : ` among the first ${MAX_LIST_LIMIT}`;
	const finding = match
		? `The channel has a flow named "${name}" (ID ${match.id}, status ${match.status ?? 'unknown'}), which is most likely this one. Check it before you create another one.`
		: `The channel has no flow named "${name}"${scope}, so most likely it wasn't. Check the list of flows before you create it again.`;
	return {
		applied: false,
		neverApplied: false,
		description: `It's unknown whether the flow was created. ${finding}`,
	};
}
