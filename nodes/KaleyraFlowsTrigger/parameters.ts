import type { INodeProperties } from 'n8n-workflow';
import type { Flow } from '../kaleyra/flow';
import { parseId } from '../kaleyra/ids';
import { STATUSES } from '../kaleyra/constants';
import type { GetParameter } from '../shared/node/parameters';
import { parseStringList } from '../shared/node/parameters';
import { InvalidInputError } from '../shared/errors';
import { wabaIdParameter } from '../kaleyra/parameters/wabaId';
import type { EventName, FlowEvent } from './detectChanges';

export const EVENTS: { value: EventName; name: string; description: string }[] = [
	{ value: 'flowCreated', name: 'Flow Created', description: 'A new flow appeared' },
	{ value: 'flowDeleted', name: 'Flow Deleted', description: 'A flow was deleted' },
	{
		value: 'healthChanged',
		name: 'Health Changed',
		description:
			'A flow can send messages again, only few, or none. Takes one more request per poll for each published, throttled or blocked flow.',
	},
	{
		value: 'metadataChanged',
		name: 'Metadata Changed',
		description: 'A flow has another name or other categories',
	},
	{
		value: 'statusChanged',
		name: 'Status Changed',
		description: 'A flow was published, deprecated, throttled, blocked or restored',
	},
	{
		value: 'validationErrorsChanged',
		name: 'Validation Errors Changed',
		description: 'Errors in a flow’s JSON came up or went away',
	},
];

/** Statuses in which a flow can be sent, or could be; the others have no health to speak of. */
const LIVE = ['PUBLISHED', 'THROTTLED', 'BLOCKED'];

/** What to watch: which account, which events, which flows. */
export const triggerParameters: INodeProperties[] = [
	wabaIdParameter,
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: EVENTS,
		default: ['statusChanged'],
		required: true,
		description: 'What to hear of. Each event becomes an item.',
	},
	{
		displayName: 'Flow Names or IDs',
		name: 'flowIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'listFlows', loadOptionsDependsOn: ['wabaId'] },
		default: [],
		description:
			'Which flows to watch. None: all flows of the WABA, also those that are added later. If you choose flows here, Flow Created tells only of these. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
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
					'Only flows with this text in their name, now or before, in capital or small letters',
			},
			{
				displayName: 'Status Changed From',
				name: 'statusFrom',
				type: 'multiOptions',
				options: STATUSES,
				default: [],
				description: 'Of Status Changed: only where the flow had one of these statuses',
			},
			{
				displayName: 'Status Changed To',
				name: 'statusTo',
				type: 'multiOptions',
				options: STATUSES,
				default: [],
				description: 'Of Status Changed: only where the flow has one of these statuses now',
			},
		],
	},
];

export interface TriggerParameters {
	events: EventName[];
	/** Empty for all. */
	flowIds: string[];
	/** A part of the name, in small letters; empty for all. */
	named: string;
	/** Whether a flow is one of those to watch. */
	includesFlow: (flow: Flow) => boolean;
	/** Whether a flow, as it is, could be what such an event tells of. */
	appliesTo: (event: EventName, flow: Flow) => boolean;
	/** Whether an event is one of those to tell. */
	matchesEvent: (event: FlowEvent) => boolean;
}

/** @throws {InvalidInput} where something is chosen that does not exist, or nothing */
export function parseTriggerParameters(parameter: GetParameter): TriggerParameters {
	const events = parseStringList(
		parameter('events', []),
		'Events',
		'flowCreated,statusChanged',
	).map(asEvent);
	if (events.length === 0) {
		throw new InvalidInputError('No event is chosen', 'Choose under Events what to hear of.');
	}
	const flowIds = parseFlowIds(parameter('flowIds', []));
	const part = String(parameter('filters.name', '') ?? '')
		.trim()
		.toLowerCase();
	const [from, to] = ['statusFrom', 'statusTo'].map((name) =>
		parseStringList(
			parameter(`filters.${name}`, []),
			'Status Changed From or To',
			'BLOCKED,THROTTLED',
		).map(toUpperCase),
	) as [string[], string[]];
	const among = (list: string[], status: unknown) =>
		list.length === 0 || list.includes(toUpperCase(status));
	const chosen = ({ id }: Flow) => flowIds.length === 0 || flowIds.includes(String(id));
	const named = ({ name }: Flow) =>
		String(name ?? '')
			.toLowerCase()
			.includes(part);
	const appliesTo = (event: EventName, { status }: Flow) =>
		(event !== 'statusChanged' || among(to, status)) &&
		(event !== 'healthChanged' || among(LIVE, status));
	return {
		events,
		flowIds,
		includesFlow: (flow) => chosen(flow) && named(flow),
		appliesTo,
		named: part,
		matchesEvent: ({ event, flow, was }) =>
			events.includes(event) &&
			chosen(flow) &&
			(named(flow) || named(was)) &&
			appliesTo(event, flow) &&
			(event !== 'statusChanged' || among(from, was['status'])),
	};
}

function asEvent(word: string): EventName {
	const event = EVENTS.find(({ value }) => value === word);
	if (event) return event.value;
	throw new InvalidInputError(
		`There is no event "${word}"`,
		`Choose among ${EVENTS.map(({ value }) => value).join(', ')}.`,
	);
}

function parseFlowIds(value: unknown): string[] {
	const list: unknown[] = typeof value === 'string' ? value.split(',') : [value ?? []].flat();
	return list
		.filter((id) => typeof id !== 'string' || id.trim() !== '')
		.map((id) => parseId(id, 'Flow ID'));
}

/** As Kaleyra writes statuses. */
const toUpperCase = (word: unknown) => String(word).toUpperCase();
