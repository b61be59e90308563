import type { Flow } from '../kaleyra/flow';
import { getField } from '../kaleyra/flow';
import { DescribedError, InvalidInputError } from '../shared/errors';
import type { ChangeName } from './detectChanges';
import { EVENT_FIELDS } from './detectChanges';
import type { TriggerParameters } from './parameters';
import { EVENTS } from './parameters';

/** What the trigger can't watch, as errors. */

/** @throws {InvalidInputError} if a selected flow isn't in the WABA */
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
		"Remove it from 'Flow Names or IDs', or check the WABA ID.",
	);
}

/** @throws {DescribedError} if there are flows, but none of them with a field that the event needs */
export function assertFieldReturned(
	{ events }: TriggerParameters,
	event: ChangeName,
	flows: Partial<Flow>[],
): void {
	const fields = EVENT_FIELDS[event];
	const returned = flows.some((flow) =>
		fields.some((field) => (getField(flow, field) ?? null) !== null),
	);
	if (!events.includes(event) || flows.length === 0 || returned) return;
	const name = EVENTS.find(({ value }) => value === event)?.name;
	throw new DescribedError(
		`Can't detect '${name}': Kaleyra didn't return '${fields[0]}' for any flow`,
		`Remove '${name}' from 'Events'.`,
		'configuration-invalid',
	);
}

/** @throws {DescribedError} if a new flow couldn't be told from one beyond the end of a truncated list */
export function assertListComplete({ events }: TriggerParameters, wabaId: string): void {
	if (!events.includes('flowCreated')) return;
	throw new DescribedError(
		`Can't detect 'Flow Created': the list of WABA ${wabaId} is incomplete`,
		"Kaleyra started to repeat pages. Try again. If this keeps happening, remove 'Flow Created' from 'Events'.",
		'configuration-invalid',
	);
}

export function createPollTimeoutError({ events }: TriggerParameters): DescribedError {
	const remedy = events.includes('healthChanged')
		? "remove 'Health Changed' from 'Events', or watch fewer flows"
		: 'watch fewer flows or ask your n8n administrator to increase the polling timeout';
	return new DescribedError(
		"Reading the flows took longer than n8n's polling timeout",
		`No changes are lost; the next poll starts over. If this keeps happening, ${remedy}.`,
		'temporarily-unavailable',
	);
}
