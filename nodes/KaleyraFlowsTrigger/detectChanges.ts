import type { JsonObject, JsonValue } from 'n8n-workflow';
import type { Flow } from '../kaleyra/flow';
import { getField } from '../kaleyra/flow';
import { isObject } from '../shared/http/json';

/** Workflows save these values, so they never change once released. */
export type EventName = 'flowCreated' | 'flowDeleted' | ChangeName;
export type ChangeName =
	| 'statusChanged'
	| 'validationErrorsChanged'
	| 'metadataChanged'
	| 'healthChanged';

/** The fields of a flow that a change is about. */
export const EVENT_FIELDS: Record<ChangeName, string[]> = {
	statusChanged: ['status'],
	validationErrorsChanged: ['validation_errors'],
	metadataChanged: ['name', 'categories'],
	healthChanged: ['health_status'],
};

const TRACKED_FIELDS = Object.values(EVENT_FIELDS).flat();

export interface FlowEvent {
	event: EventName;
	/** The flow now; for a deleted flow, as it was last read. */
	flow: Flow;
	/** The fields that changed, with their earlier values. */
	previous: JsonObject;
	/** All that was known about the flow before; undefined for a new one. */
	before: Flow | undefined;
}

/**
 * Detects what changed between two complete snapshots of an account: first the flows in `current`, in their
 * order, then the deleted ones. A field that is missing or null on either side is unknown and causes no
 * event. The order of a list's entries doesn't matter.
 *
 * @param previous as `mergeSnapshots` returned it
 */
export function detectChanges(previous: Flow[], current: Flow[]): FlowEvent[] {
	const previousById = indexById(previous);
	const currentById = indexById(current);
	return [
		...current.flatMap((flow) => {
			const before = previousById.get(flow.id);
			return before ? compareFlow(before, flow) : [createEvent('flowCreated', flow, undefined)];
		}),
		...previous
			.filter(({ id }) => !currentById.has(id))
			.map((flow) => createEvent('flowDeleted', flow, flow)),
	];
}

/** What to store for the next poll: the tracked fields, also those that weren't returned this time. */
export function mergeSnapshots(previous: Flow[], current: Flow[]): Flow[] {
	const previousById = indexById(previous);
	return current.map((flow) => ({ ...previousById.get(flow.id), ...pickTrackedFields(flow) }));
}

function compareFlow(before: Flow, flow: Flow): FlowEvent[] {
	const now = pickTrackedFields(flow);
	return Object.entries(EVENT_FIELDS).flatMap(([event, fields]) => {
		const changed = Object.entries(before).filter(
			([field, value]) => fields.includes(field) && hasChanged(value, now[field]),
		);
		const previous = Object.fromEntries(changed) as JsonObject;
		return changed.length > 0
			? [{ ...createEvent(event as ChangeName, flow, before), previous }]
			: [];
	});
}

const createEvent = (event: EventName, flow: Flow, before: Flow | undefined): FlowEvent => ({
	event,
	flow,
	previous: {},
	before,
});

/** The known values of tracked fields. */
function pickTrackedFields({ id, ...flow }: Flow): Flow {
	const all = { ...flow, validation_errors: getField(flow, 'validation_errors') ?? null };
	const known = Object.entries(all).filter(
		([field, value]) => TRACKED_FIELDS.includes(field) && (value ?? null) !== null,
	);
	return { id, ...Object.fromEntries(known) };
}

const indexById = (flows: Flow[]) => new Map(flows.map((flow) => [flow.id, flow]));

type Value = JsonValue | undefined;

function hasChanged(before: Value, now: Value): boolean {
	return now !== undefined && canonicalize(before) !== canonicalize(now);
}

/** The same text for equal values: neither keys nor list entries have an order. */
function canonicalize(value: Value): string {
	if (Array.isArray(value)) return `[${value.map(canonicalize).sort().join()}]`;
	if (!isObject(value)) return JSON.stringify(value);
	const keys = Object.keys(value).sort();
	return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalize(value[key])}`).join()}}`;
}
