import type { JsonObject, JsonValue } from 'n8n-workflow';
import { isObject } from '../shared/http/json';

/** A flow as 8x8 sends it, plus `id`, which the details call `flowId`. */
export interface Flow {
	id: string;
	status?: string | null;
	name?: string | null;
	categories?: JsonValue;
	/** Absent if there are none. */
	validationErrors?: JsonValue;
	/** The name in snake_case, and in 8x8's guide. */
	validation_errors?: JsonValue;
	[field: string]: JsonValue | undefined;
}

/** @returns undefined if the body isn't a flow */
export function parseFlow(body: unknown): Flow | undefined {
	if (!isObject(body)) return undefined;
	const id = parseResponseId(body['flowId'] ?? body['id']);
	return id === undefined ? undefined : createFlow(id, body);
}

/** Parses flow details, which may lack the ID. */
export function parseFlowDetails(flowId: string, body: unknown): Flow | undefined {
	const flow = parseFlow(body);
	if (flow || !isObject(body) || 'flowId' in body || 'id' in body) return flow;
	return 'name' in body && 'status' in body ? createFlow(flowId, body) : undefined;
}

/** @returns undefined if the body isn't a list of flows */
export function parseFlows(body: unknown): Flow[] | undefined {
	const list = isObject(body) ? body['flows'] : undefined;
	if (!Array.isArray(list)) return undefined;
	const flows = list.map(parseFlow).filter((flow) => flow !== undefined);
	return flows.length === list.length ? flows : undefined;
}

export function getValidationErrors(flow: Flow): JsonObject[] {
	const { validation_errors: errors } = toSnakeCaseFlow(flow);
	return Array.isArray(errors) ? errors.filter(isObject) : [];
}

/** Renames the fields as in Kaleyra Flows: snake_case throughout, and no `flowId` beside `id`. */
export function toSnakeCaseFlow(flow: Flow): Flow {
	const renamed = Object.entries(flow)
		.filter(([name]) => name !== 'flowId')
		.map(([name, value]) => {
			const newName = FIELD_NAME_OVERRIDES.get(name) ?? toSnakeCase(name);
			return [newName, toSnakeCaseValue(value)] as const;
		});
	return { ...Object.fromEntries(renamed), id: flow.id };
}

/** Renames the fields of the details, where Kaleyra Flows always has `validation_errors`. */
export function toSnakeCaseDetails(flow: Flow): Flow {
	return { validation_errors: [], ...toSnakeCaseFlow(flow) };
}

const FIELD_NAME_OVERRIDES = new Map([['endPointUri', 'endpoint_uri']]);

const toSnakeCase = (name: string) =>
	name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function toSnakeCaseValue(value: JsonValue | undefined): JsonValue {
	if (Array.isArray(value)) return value.map(toSnakeCaseValue);
	if (!isObject(value)) return value ?? null;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [toSnakeCase(name), toSnakeCaseValue(inner)]),
	);
}

/** IDs are strings from end to end. */
function parseResponseId(id: JsonValue | undefined): string | undefined {
	if (typeof id === 'string' && id !== '') return id;
	return Number.isSafeInteger(id) ? String(id) : undefined;
}

function createFlow(id: string, body: JsonObject): Flow | undefined {
	const ids = 'flowId' in body ? { id, flowId: id } : { id };
	const flow = { ...ids, ...body, ...ids };
	return isFlow(flow) ? flow : undefined;
}

function isFlow(flow: JsonObject & { id: string }): flow is JsonObject & Flow {
	return isOptionalString(flow['status']) && isOptionalString(flow['name']);
}

const isOptionalString = (value: JsonValue | undefined) =>
	value === undefined || value === null || typeof value === 'string';
