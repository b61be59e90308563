import type { Flow } from '../kaleyra/flow';
import { DescribedError, InvalidInputError } from '../shared/errors';
import type { ChangeName } from './detectChanges';
import { FIELDS } from './detectChanges';
import type { TriggerParameters } from './parameters';
import { EVENTS } from './parameters';

/** What cannot be watched, in words. */

/** @throws {InvalidInput} where a chosen flow is not in the WABA */
export function assertFlowsExist(
	{ flowIds }: TriggerParameters,
	flows: Flow[],
	wabaId: string,
): void {
	const ids = new Set(flows.map(({ id }) => id));
	const missing = flowIds.filter((id) => !ids.has(id));
	if (missing.length === 0) return;
	throw new InvalidInputError(
		`WABA ${wabaId} has no flow ${missing.slice(0, 5).join(', ')}`,
		'Take it out of the chosen flows, or check the WABA ID.',
	);
}

/** @throws {InvalidInput} where there are flows, and none of them has what a chosen event is about */
export function assertFieldReturned(
	{ events }: TriggerParameters,
	change: ChangeName,
	flows: Flow[],
): void {
	const fields = FIELDS[change];
	const seen = flows.some((flow) => fields.some((field) => (flow[field] ?? null) !== null));
	if (!events.includes(change) || flows.length === 0 || seen) return;
	const name = EVENTS.find(({ value }) => value === change)?.name;
	throw new InvalidInputError(
		`Kaleyra gave no ${fields[0]} of any flow, so ${name} cannot be watched`,
		`Leave ${name} out of the events.`,
	);
}

/** @throws {InvalidInput} where nobody could tell a flow that was added from one beyond the cut */
export function assertListComplete({ events }: TriggerParameters, wabaId: string): void {
	if (!events.includes('flowCreated')) return;
	throw new InvalidInputError(
		`The list of WABA ${wabaId} cannot be read to its end, so Flow Created cannot be watched`,
		'Kaleyra began to repeat itself. Try again; if it stays, leave Flow Created out of the events.',
	);
}

export function createPollTimeoutError({ events }: TriggerParameters): DescribedError {
	const less = events.includes('healthChanged')
		? 'leave out Health Changed, or watch fewer flows for it'
		: 'this n8n gives its polls too little time for so many flows: ask whoever runs it';
	return new DescribedError(
		'The flows could not be read in the time that n8n gives to a poll',
		`Nothing is lost: the next poll begins anew. If it stays, ${less}.`,
		'temporarily-unavailable',
	);
}
