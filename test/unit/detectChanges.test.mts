import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flow } from '../../nodes/kaleyra/flow.ts';
import { detectChanges, mergeSnapshots } from '../../nodes/KaleyraFlowsTrigger/detectChanges.ts';
import type { FlowEvent } from '../../nodes/KaleyraFlowsTrigger/detectChanges.ts';

const ERROR = {
	error: 'INVALID_PROPERTY_VALUE',
	line_start: 10,
	pointers: [{ path: 'a' }, { path: 'b' }],
};
const OTHER_ERROR = { error: 'MISSING', line_start: 3 };
const HEALTH = {
	can_send_message: 'AVAILABLE',
	entities: [
		{ entity_type: 'FLOW', can_send_message: 'AVAILABLE' },
		{ entity_type: 'WABA', can_send_message: 'AVAILABLE' },
	],
};
const LIMITED = {
	can_send_message: 'LIMITED',
	entities: [{ entity_type: 'FLOW', can_send_message: 'LIMITED' }],
};

const flow = (changes: Partial<Flow> = {}): Flow => ({
	id: '1',
	name: 'Survey',
	status: 'PUBLISHED',
	categories: ['SURVEY', 'OTHER'],
	validation_errors: [],
	...changes,
});

const detectEvents = (before: Flow[], now: Flow[]) =>
	detectChanges(mergeSnapshots([], before), now).map(({ event, flow: { id }, previous }) => ({
		event,
		id,
		previous,
	}));

describe('detectChanges for one flow', () => {
	test.each<[string, Partial<Flow>, Partial<Flow>, [string, Partial<Flow>][]]>([
		['no change', {}, {}, []],
		[
			'a flow that was blocked',
			{},
			{ status: 'BLOCKED' },
			[['statusChanged', { status: 'PUBLISHED' }]],
		],
		[
			'a flow that is no longer throttled',
			{ status: 'THROTTLED' },
			{},
			[['statusChanged', { status: 'THROTTLED' }]],
		],
		[
			'an undocumented status',
			{},
			{ status: 'PAUSED' },
			[['statusChanged', { status: 'PUBLISHED' }]],
		],
		['a new name', {}, { name: 'New' }, [['metadataChanged', { name: 'Survey' }]]],
		[
			'new categories',
			{},
			{ categories: ['SURVEY'] },
			[['metadataChanged', { categories: ['SURVEY', 'OTHER'] }]],
		],
		[
			'a new name and new categories',
			{},
			{ name: 'New', categories: [] },
			[['metadataChanged', { name: 'Survey', categories: ['SURVEY', 'OTHER'] }]],
		],
		['the same categories in another order', {}, { categories: ['OTHER', 'SURVEY'] }, []],
		[
			'a new validation error',
			{},
			{ validation_errors: [ERROR] },
			[['validationErrorsChanged', { validation_errors: [] }]],
		],
		[
			'a corrected validation error',
			{ validation_errors: [ERROR, OTHER_ERROR] },
			{ validation_errors: [ERROR] },
			[['validationErrorsChanged', { validation_errors: [ERROR, OTHER_ERROR] }]],
		],
		[
			'the same validation errors and keys in another order',
			{ validation_errors: [ERROR, OTHER_ERROR] },
			{
				validation_errors: [
					OTHER_ERROR,
					{ pointers: [{ path: 'b' }, { path: 'a' }], line_start: 10, error: ERROR.error },
				],
			},
			[],
		],
		[
			'another line of the same validation error',
			{ validation_errors: [ERROR] },
			{ validation_errors: [{ ...ERROR, line_start: 11 }] },
			[['validationErrorsChanged', { validation_errors: [ERROR] }]],
		],
		[
			'validation errors under their other documented name',
			{},
			{ validation_errors: null, validation_error: [ERROR] },
			[['validationErrorsChanged', { validation_errors: [] }]],
		],
		[
			'limited health',
			{ health_status: HEALTH },
			{ health_status: LIMITED },
			[['healthChanged', { health_status: HEALTH }]],
		],
		[
			'the same health in another order',
			{ health_status: HEALTH },
			{ health_status: { ...HEALTH, entities: HEALTH.entities.toReversed() } },
			[],
		],
		['health returned for the first time', {}, { health_status: LIMITED }, []],
		['health no longer returned', { health_status: HEALTH }, {}, []],
		[
			'several changes',
			{ health_status: HEALTH },
			{ status: 'DRAFT', name: 'New', validation_errors: [ERROR], health_status: LIMITED },
			[
				['statusChanged', { status: 'PUBLISHED' }],
				['validationErrorsChanged', { validation_errors: [] }],
				['metadataChanged', { name: 'Survey' }],
				['healthChanged', { health_status: HEALTH }],
			],
		],
		['a field that is not tracked', { updated_at: '1' }, { updated_at: '2' }, []],
	])('returns the events for %s', (_, before, now, events) => {
		expect(detectEvents([flow(before)], [flow(now)])).toEqual(
			events.map(([event, previous]) => ({ event, id: '1', previous })),
		);
	});

	test.each(['status', 'name', 'categories', 'validation_errors'])(
		'returns no event when %s is missing or null, before or now',
		(field) => {
			const withoutField = { ...flow(), [field]: undefined };
			for (const incomplete of [withoutField, flow({ [field]: null })]) {
				expect(detectEvents([flow()], [incomplete])).toEqual([]);
				expect(detectEvents([incomplete], [flow()])).toEqual([]);
			}
		},
	);
});

describe('detectChanges for several flows', () => {
	test('returns the created and the deleted flow with all their fields', () => {
		const deleted = flow({ id: '1', name: 'Deleted' });
		const created = flow({ id: '2', name: 'Created', status: 'BLOCKED', updated_at: 'today' });
		expect(detectChanges([deleted], [created])).toEqual([
			{ event: 'flowCreated', flow: created, previous: {}, before: undefined },
			{ event: 'flowDeleted', flow: deleted, previous: {}, before: deleted },
		]);
	});

	test('ignores their order', () => {
		const flows = ['1', '2', '3'].map((id) => flow({ id }));
		expect(detectChanges(flows, flows.toReversed())).toEqual([]);
	});
});

describe('mergeSnapshots', () => {
	test('keeps only the fields that events report', () => {
		expect(mergeSnapshots([], [flow({ updated_at: 'today', json_version: '7.1' })])).toEqual([
			flow(),
		]);
	});

	test('keeps the old value of a missing field, so that its change is detected later', () => {
		const merged = mergeSnapshots([flow({ status: 'DRAFT' })], [flow({ status: null })]);
		expect(detectEvents(merged, [flow({ status: 'BLOCKED' })])).toEqual([
			{ event: 'statusChanged', id: '1', previous: { status: 'DRAFT' } },
		]);
	});
});

describe('Random histories', () => {
	const anyFlow = fc.record(
		{
			id: fc.constantFrom('1', '2', '3', '4', '5'),
			name: fc.constantFrom('A', 'B'),
			status: fc.constantFrom('DRAFT', 'PUBLISHED', 'BLOCKED', 'PAUSED'),
			categories: fc.subarray(['SURVEY', 'OTHER', 'SIGN_UP']),
			validation_errors: fc.subarray([ERROR, OTHER_ERROR]),
			health_status: fc.constantFrom(HEALTH, LIMITED),
		},
		{ requiredKeys: ['id'] },
	);
	const anySnapshot = fc.uniqueArray(anyFlow as fc.Arbitrary<Flow>, { selector: ({ id }) => id });
	const anyHistory = fc.array(anySnapshot, { minLength: 1, maxLength: 8 });
	const sortById = (flows: Iterable<Flow>) =>
		[...flows].sort((a, b) => String(a['id']).localeCompare(String(b['id'])));

	/** Applies an event to a snapshot that is maintained from events alone. */
	function applyEvent(replica: Map<unknown, Flow>, { event, flow: now, previous }: FlowEvent) {
		if (event === 'flowDeleted') return void replica.delete(now['id']);
		const before: Partial<Flow> = replica.get(now['id']) ?? {};
		if (event !== 'flowCreated') {
			for (const [field, value] of Object.entries(previous)) expect(before[field]).toEqual(value);
		}
		const fields = event === 'flowCreated' ? Object.keys(now) : Object.keys(previous);
		const changes = Object.fromEntries(fields.map((field) => [field, now[field]!]));
		replica.set(now.id, { ...before, id: now.id, ...changes });
	}

	test('lead to the last snapshot when their events are applied to the first', () => {
		fc.assert(
			fc.property(anyHistory, (snapshots) => {
				let merged = mergeSnapshots([], snapshots[0]!);
				const replica = new Map(merged.map((each) => [each['id'], each]));
				for (const now of snapshots.slice(1)) {
					for (const event of detectChanges(merged, now)) applyEvent(replica, event);
					merged = mergeSnapshots(merged, now);
					// A field returned for the first time is not a change, so no event reports it.
					for (const each of merged)
						replica.set(each['id'], { ...each, ...replica.get(each['id']) });
					expect(sortById(replica.values()).map(ignoreListOrder)).toEqual(
						sortById(merged).map(ignoreListOrder),
					);
				}
			}),
			{ numRuns: 2_000 },
		);
	});

	test('have no events for an unchanged snapshot', () => {
		fc.assert(
			fc.property(anySnapshot, anySnapshot, (before, now) => {
				expect(detectChanges(mergeSnapshots(mergeSnapshots([], before), now), now)).toEqual([]);
			}),
		);
	});

	function ignoreListOrder({ categories, validation_errors, ...rest }: Flow) {
		const toSet = (value: unknown) => (Array.isArray(value) ? new Set(value) : value);
		return { ...rest, categories: toSet(categories), validation_errors: toSet(validation_errors) };
	}
});
