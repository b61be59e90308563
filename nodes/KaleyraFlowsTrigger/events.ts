import type { JsonValue } from 'n8n-workflow';
import type { Flow } from '../api/flow';
import { isObject } from '../engine/json';

/** What the trigger tells. The values are saved in people's workflows and never change. */
export type EventName = 'flowAdded' | 'flowRemoved' | ChangeName;
export type ChangeName =
	| 'statusChanged'
	| 'validationErrorsChanged'
	| 'metadataChanged'
	| 'healthChanged';

/** Which fields of a flow a change is about. The pages call the errors by both names. */
export const FIELDS: Record<ChangeName, string[]> = {
	statusChanged: ['status'],
	validationErrorsChanged: ['validation_errors', 'validation_error'],
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
}

/**
 * What happened between two complete looks at the same account: first what is there, in its order, then
 * what is gone. A field that is missing on either side, or null, is unknown and tells nothing; the order
 * of a list's entries does not count.
 */
export function compare(before: Flow[], now: Flow[]): FlowEvent[] {
	const known = byId(before);
	const present = byId(now);
	return [
		...now.flatMap((flow) => {
			const was = known.get(flow['id']);
			return was ? changesOf(was, flow) : [happened('flowAdded', flow)];
		}),
		...before.filter(({ id }) => !present.has(id)).map((flow) => happened('flowRemoved', flow)),
	];
}

/** What to know of the flows at the next look: the fields above, also those that did not come this time. */
export function remember(before: Flow[], now: Flow[]): Flow[] {
	const known = byId(before);
	return now.map((flow) => {
		const all = { ...known.get(flow['id']), ...withoutUnknown(flow) };
		return Object.fromEntries(Object.entries(all).filter(([field]) => REMEMBERED.includes(field)));
	});
}

function changesOf(was: Flow, flow: Flow): FlowEvent[] {
	return Object.entries(FIELDS).flatMap(([event, fields]) => {
		const changed = Object.entries(was).filter(
			([field, value]) => fields.includes(field) && differ(value, flow[field]),
		);
		const previous = Object.fromEntries(changed);
		return changed.length > 0 ? [{ ...happened(event as ChangeName, flow), previous }] : [];
	});
}

const happened = (event: EventName, flow: Flow): FlowEvent => ({ event, flow, previous: {} });

const byId = (flows: Flow[]) => new Map(flows.map((flow) => [flow['id'], flow]));

const withoutUnknown = (flow: Flow): Flow =>
	Object.fromEntries(Object.entries(flow).filter(([, value]) => (value ?? null) !== null));

type Value = JsonValue | undefined;

function differ(a: Value, b: Value): boolean {
	return (a ?? null) !== null && (b ?? null) !== null && canonical(a) !== canonical(b);
}

/** The same text for values that say the same: neither keys nor a list's entries have an order. */
function canonical(value: Value): string {
	if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
	if (!isObject(value)) return JSON.stringify(value);
	const keys = Object.keys(value).sort();
	return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}
