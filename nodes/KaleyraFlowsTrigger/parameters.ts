import type { INodeProperties } from 'n8n-workflow';
import { STATUSES } from '../kaleyra/constants';
import type { Flow } from '../kaleyra/flow';
import { parseId } from '../kaleyra/ids';
import { matchesAny, toUpperCase } from '../kaleyra/parameters/filters';
import { wabaIdParameter } from '../kaleyra/parameters/wabaId';
import { InvalidInputError } from '../shared/errors';
import type { GetParameter } from '../shared/node/parameters';
import { parseStringList, splitList } from '../shared/node/parameters';
import type { EventName, FlowEvent } from './detectChanges';

export const EVENTS: { value: EventName; name: string; description: string }[] = [
	{ value: 'flowCreated', name: 'Flow Created', description: 'A flow was created' },
	{ value: 'flowDeleted', name: 'Flow Deleted', description: 'A flow was deleted' },
	{
		value: 'healthChanged',
		name: 'Health Changed',
		description:
			"A flow's ability to send messages changed. Requires one extra request per poll for each published, throttled, or blocked flow.",
	},
	{
		value: 'metadataChanged',
		name: 'Metadata Changed',
		description: "A flow's name or categories changed",
	},
	{
		value: 'statusChanged',
		name: 'Status Changed',
		description: 'A flow was published, deprecated, throttled, blocked, or restored',
	},
	{
		value: 'validationErrorsChanged',
		name: 'Validation Errors Changed',
		description: "Errors in a flow's JSON appeared or disappeared",
	},
];

const EVENT_NAMES = JSON.stringify(
	Object.fromEntries(EVENTS.map(({ value, name }) => [value, name])),
);

/** The events in words. */
export const triggerSubtitle = `={{ [$parameter["events"]].flat().map((event) => (${EVENT_NAMES})[event] ?? event).join(", ") }}`;

/** Statuses in which a flow can be sent, or could be. Other flows have no health to watch. */
const LIVE_STATUSES = ['PUBLISHED', 'THROTTLED', 'BLOCKED'];

export const triggerParameters: INodeProperties[] = [
	wabaIdParameter,
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: EVENTS,
		default: ['statusChanged'],
		required: true,
	},
	{
		displayName: 'Flow Names or IDs',
		name: 'flowIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'listFlows', loadOptionsDependsOn: ['wabaId'] },
		default: [],
		description:
			'Flows to watch. Leave empty to watch all flows of the WABA, including new ones. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			{
				displayName: 'Name Contains',
				name: 'name',
				type: 'string',
				default: '',
				description:
					'Only flows with this text in their current or previous name (case-insensitive)',
			},
			{
				displayName: 'Status Changed From',
				name: 'statusFrom',
				type: 'multiOptions',
				options: STATUSES,
				default: [],
				description: 'For Status Changed: only if the flow had one of these statuses',
			},
			{
				displayName: 'Status Changed To',
				name: 'statusTo',
				type: 'multiOptions',
				options: STATUSES,
				default: [],
				description: 'For Status Changed: only if the flow now has one of these statuses',
			},
		],
	},
];

export interface TriggerParameters {
	events: EventName[];
	/** Empty for all flows. */
	flowIds: string[];
	/** Part of the name, in lower case; empty for all flows. */
	nameContains: string;
	/** Whether the flow is watched. */
	includesFlow: (flow: Flow) => boolean;
	/** Whether the event can be about a flow in this state. */
	appliesTo: (event: EventName, flow: Flow) => boolean;
	/** Whether the event passes all filters. */
	matches: (event: FlowEvent) => boolean;
}

/** @throws {InvalidInputError} if no event is selected, or a value is invalid */
export function parseTriggerParameters(getParameter: GetParameter): TriggerParameters {
	const events = parseStringList(
		getParameter('events', []),
		'Events',
		'flowCreated,statusChanged',
		EVENTS,
	).map(parseEvent);
	if (events.length === 0) {
		throw new InvalidInputError("'Events' is empty", 'Select at least one event.');
	}
	const flowIds = parseFlowIds(getParameter('flowIds', []));
	const nameContains = String(getParameter('filters.name', '') ?? '')
		.trim()
		.toLowerCase();
	const parseStatuses = (name: string, label: string) =>
		toUpperCase(
			parseStringList(getParameter(`filters.${name}`, []), label, 'BLOCKED,THROTTLED', STATUSES),
		);
	const statusFrom = parseStatuses('statusFrom', 'Status Changed From');
	const statusTo = parseStatuses('statusTo', 'Status Changed To');
	const isSelected = ({ id }: Flow) => flowIds.length === 0 || flowIds.includes(id);
	const hasName = (flow?: Flow) =>
		String(flow?.name ?? '')
			.toLowerCase()
			.includes(nameContains);
	const appliesTo = (event: EventName, { status }: Flow) =>
		(event !== 'statusChanged' || matchesAny(statusTo, [status])) &&
		(event !== 'healthChanged' || matchesAny(LIVE_STATUSES, [status]));
	return {
		events,
		flowIds,
		nameContains,
		includesFlow: (flow) => isSelected(flow) && hasName(flow),
		appliesTo,
		matches: ({ event, flow, before }) =>
			events.includes(event) &&
			isSelected(flow) &&
			(hasName(flow) || hasName(before)) &&
			appliesTo(event, flow) &&
			(event !== 'statusChanged' || matchesAny(statusFrom, [before?.status])),
	};
}

function parseEvent(value: string): EventName {
	const event = EVENTS.find((each) => each.value === value);
	if (event) return event.value;
	throw new InvalidInputError(
		`'Events' contains an unknown event: "${value}"`,
		`Known events are ${EVENTS.map((each) => each.value).join(', ')}.`,
	);
}

function parseFlowIds(value: unknown): string[] {
	return splitList(value, 'Flow Names or IDs', '822625023859371,822625023859372')
		.filter((id) => typeof id !== 'string' || id.trim() !== '')
		.map((id) => parseId(id, "'Flow ID'"));
}
