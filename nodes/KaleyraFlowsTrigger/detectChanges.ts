import type { JsonValue } from 'n8n-workflow';
import type { Flow } from '../kaleyra/flow';
import { isObject } from '../shared/http/json';

/** What the trigger tells. The values are saved in people's workflows and never change. */
export type EventName = 'flowCreated' | 'flowDeleted' | ChangeName;
export type ChangeName =
	| 'statusChanged'
	| 'validationErrorsChanged'
	| 'metadataChanged'
	| 'healthChanged';

/** Which fields of a flow a change is about. */
export const FIELDS: Record<ChangeName, string[]> = {
	statusChanged: ['status'],
	validationErrorsChanged: ['validation_errors'],
	metadataChanged: ['name', 'categories'],
	healthChanged: ['health_status'],
};

const REMEMBERED = ['id', ...Object.values(FIELDS).flat()];

export interface FlowEvent {
	event: EventName;
	/** As it is now; of a removed flow, as it was last seen. */
	flow: Flow;
	/** The fields that changed, with their earlier values. */
	previous: Flow;
	/** All that was known of it before; of an added flow, nothing. */
	was: Flow;
}

/**
 * What happened between two complete looks at the same account: first what is there, in its order, then
 * what is gone. A field that is missing on either side, or null, is unknown and tells nothing; the order
 * of a list's entries does not count.
 *
 * @param before as `remember` gave it
 */
export function detectChanges(before: Flow[], now: Flow[]): FlowEvent[] {
	const known = byId(before);
	const present = byId(now);
	return [
		...now.flatMap((flow) => {
			const was = known.get(flow['id']);
			return was ? changesOf(was, flow) : [createEvent('flowCreated', flow, {})];
		}),
		...before
			.filter(({ id }) => !present.has(id))
			.map((flow) => createEvent('flowDeleted', flow, flow)),
	];
}

/** What to know of the flows at the next look: the fields above, also those that did not come this time. */
export function mergeSnapshots(before: Flow[], now: Flow[]): Flow[] {
	const known = byId(before);
	return now.map((flow) => ({ ...known.get(flow['id']), ...pickTrackedFields(flow) }));
}

function changesOf(was: Flow, flow: Flow): FlowEvent[] {
	const is = pickTrackedFields(flow);
	return Object.entries(FIELDS).flatMap(([event, fields]) => {
		const changed = Object.entries(was).filter(
			([field, value]) => fields.includes(field) && hasChanged(value, is[field]),
		);
		const previous = Object.fromEntries(changed);
		return changed.length > 0 ? [{ ...createEvent(event as ChangeName, flow, was), previous }] : [];
	});
}

const createEvent = (event: EventName, flow: Flow, was: Flow): FlowEvent => ({
	event,
	flow,
	previous: {},
	was,
});

/** What is known of a flow, of what events are about. The pages call its errors by two names. */
function pickTrackedFields({ validation_error, ...flow }: Flow): Flow {
	const all = { ...flow, validation_errors: flow['validation_errors'] ?? validation_error ?? null };
	const known = Object.entries(all).filter(
		([field, value]) => REMEMBERED.includes(field) && (value ?? null) !== null,
	);
	return Object.fromEntries(known);
}

const byId = (flows: Flow[]) => new Map(flows.map((flow) => [flow['id'], flow]));

type Value = JsonValue | undefined;

function hasChanged(a: Value, b: Value): boolean {
	return b !== undefined && canonical(a) !== canonical(b);
}

/** The same text for values that say the same: neither keys nor a list's entries have an order. */
function canonical(value: Value): string {
	if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
	if (!isObject(value)) return JSON.stringify(value);
	const keys = Object.keys(value).sort();
	return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}
