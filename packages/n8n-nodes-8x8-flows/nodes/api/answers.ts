import type { JsonObject } from 'n8n-workflow';
import type { Decoded, Written } from '../engine/answers';
import { causeIn, decodeAs, writtenAs } from '../engine/answers';
import { isObject } from '../engine/json';
import type { Outcome } from '../engine/outcome';
import { asFlow, idOf } from './flow';
import { DIALECT } from './refusals';

/** @param shape what a successful body must be; it gives undefined where it is not */
export const decode = <Data>(
	outcome: Outcome,
	shape: (body: unknown) => Data | undefined,
): Decoded<Data> => decodeAs(DIALECT, outcome, shape);

/**
 * Publish, Deprecate, Delete: done where the answer has no body, or (in 8x8's guide) is the flow with its
 * new status.
 *
 * @param status the new one; none where the flow is gone then
 */
export function decodeEmpty(outcome: Outcome, id: string, status: string | undefined): Written {
	const asDone = (body: unknown) => {
		const empty = body === null || (typeof body === 'string' && body.trim() === '');
		const flow = asFlow(body);
		const changed = flow && idOf(flow) === id && status && flow['status'] === status;
		return empty || saysSuccess(body) || changed ? true : undefined;
	};
	return writtenAs(DIALECT, outcome, decode(outcome, asDone));
}

/** Create and Update: the ID with `success: true`, or (in the guide) the flow. `id` is the one asked for. */
export function decodeSaved(outcome: Outcome, id?: string): Written<JsonObject> {
	const asSaved = (body: unknown) => {
		const flow = asFlow(body);
		if (flow) return flow;
		return id !== undefined && isObject(body) && saysSuccess(body) ? { id, ...body } : undefined;
	};
	return writtenAs(DIALECT, outcome, decode(outcome, asSaved));
}

/** Why 8x8 refused, in n8n's terms, where the body says so. */
export const causeOf = causeIn(DIALECT);

function saysSuccess(body: unknown): boolean {
	return isObject(body) && body['success'] === true;
}
