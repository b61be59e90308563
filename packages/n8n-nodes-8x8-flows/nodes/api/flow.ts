import type { JsonObject, JsonValue } from 'n8n-workflow';
import { isObject } from '../engine/json';
import type { ValidationError } from '../meta/validationErrors';

/**
 * A flow as 8x8 gives it. Only its ID is always there: as `flowId` in the details, as `id` everywhere else,
 * and in 8x8's guide everywhere.
 */
export type Flow = JsonObject;

/** @returns undefined where this is no flow */
export function asFlow(body: unknown): Flow | undefined {
	if (!isObject(body)) return undefined;
	const key = 'flowId' in body ? 'flowId' : 'id';
	const id = body[key];
	if (typeof id === 'string' && id !== '') return body;
	// An ID is text from end to end.
	return Number.isSafeInteger(id) ? { ...body, [key]: String(id) } : undefined;
}

/** Details that came without an ID, recognised by what else they say. */
export function asFlowOf(flowId: string, body: unknown): Flow | undefined {
	const idless = isObject(body) && !('flowId' in body) && !('id' in body);
	const named = idless && 'name' in body && 'status' in body;
	return asFlow(body) ?? (named ? { flowId, ...body } : undefined);
}

/** @returns undefined where this is no list of flows */
export function asFlows(body: unknown): Flow[] | undefined {
	const list = isObject(body) ? body['flows'] : undefined;
	if (!Array.isArray(list)) return undefined;
	const flows = list.map(asFlow).filter((flow) => flow !== undefined);
	return flows.length === list.length ? flows : undefined;
}

export const idOf = (flow: Flow) => String(flow['flowId'] ?? flow['id']);

/** Absent where there are none; the guide spells it validation_errors. */
export function validationErrorsOf(flow: Flow): ValidationError[] {
	const errors = inKaleyraKeys(flow)['validation_errors'];
	return Array.isArray(errors) ? errors.filter(isObject) : [];
}

/**
 * The same in the keys that Kaleyra's answers have: `id`, and snake_case throughout, so that one workflow
 * can serve both providers.
 */
export function inKaleyraKeys(flow: Flow): Flow {
	return Object.fromEntries(
		Object.entries(flow).map(([key, value]) => [OTHERWISE.get(key) ?? snake(key), inSnake(value)]),
	);
}

/** The details in Kaleyra's keys: no validation errors are an empty list there, and not absent. */
export function detailsInKaleyraKeys(flow: Flow): Flow {
	return { validation_errors: [], ...inKaleyraKeys(flow) };
}

const OTHERWISE = new Map([
	['flowId', 'id'],
	['endPointUri', 'endpoint_uri'],
]);

const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function inSnake(value: JsonValue | undefined): JsonValue {
	if (Array.isArray(value)) return value.map(inSnake);
	if (!isObject(value)) return value ?? null;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [snake(key), inSnake(inner)]),
	);
}
