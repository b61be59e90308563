import type { JsonObject, JsonValue } from 'n8n-workflow';
import { isObject } from '../shared/http/json';
import type { ValidationError } from '../shared/whatsappFlows/validationErrors';

/**
 * A flow as 8x8 gives it. Only its ID is always there: as `flowId` in the details, as `id` everywhere else,
 * and in 8x8's guide everywhere.
 */
export type Flow = JsonObject;

/** @returns undefined where this is no flow */
export function parseFlow(body: unknown): Flow | undefined {
	if (!isObject(body)) return undefined;
	const key = 'flowId' in body ? 'flowId' : 'id';
	const id = body[key];
	if (typeof id === 'string' && id !== '') return body;
	// An ID is text from end to end.
	return Number.isSafeInteger(id) ? { ...body, [key]: String(id) } : undefined;
}

/** Details that came without an ID, recognised by what else they say. */
export function parseFlowWithId(flowId: string, body: unknown): Flow | undefined {
	const idless = isObject(body) && !('flowId' in body) && !('id' in body);
	const named = idless && 'name' in body && 'status' in body;
	return parseFlow(body) ?? (named ? { flowId, ...body } : undefined);
}

/** @returns undefined where this is no list of flows */
export function parseFlows(body: unknown): Flow[] | undefined {
	const list = isObject(body) ? body['flows'] : undefined;
	if (!Array.isArray(list)) return undefined;
	const flows = list.map(parseFlow).filter((flow) => flow !== undefined);
	return flows.length === list.length ? flows : undefined;
}

export const getFlowId = (flow: Flow) => String(flow['flowId'] ?? flow['id']);

/** Absent where there are none; the guide spells it validation_errors. */
export function getValidationErrors(flow: Flow): ValidationError[] {
	const errors = toSnakeCaseFlow(flow)['validation_errors'];
	return Array.isArray(errors) ? errors.filter(isObject) : [];
}

/**
 * The same in the keys that Kaleyra's answers have: `id`, and snake_case throughout, so that one workflow
 * can serve both providers.
 */
export function toSnakeCaseFlow(flow: Flow): Flow {
	return Object.fromEntries(
		Object.entries(flow).map(([key, value]) => [
			KEY_OVERRIDES.get(key) ?? toSnakeCase(key),
			toSnakeCaseValue(value),
		]),
	);
}

/** The details in Kaleyra's keys: no validation errors are an empty list there, and not absent. */
export function toSnakeCaseDetails(flow: Flow): Flow {
	return { validation_errors: [], ...toSnakeCaseFlow(flow) };
}

const KEY_OVERRIDES = new Map([
	['flowId', 'id'],
	['endPointUri', 'endpoint_uri'],
]);

const toSnakeCase = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function toSnakeCaseValue(value: JsonValue | undefined): JsonValue {
	if (Array.isArray(value)) return value.map(toSnakeCaseValue);
	if (!isObject(value)) return value ?? null;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [toSnakeCase(key), toSnakeCaseValue(inner)]),
	);
}
