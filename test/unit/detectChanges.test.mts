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

const reported = (before: Flow[], now: Flow[]) =>
	detectChanges(mergeSnapshots([], before), now).map(({ event, flow: { id }, previous }) => ({
		event,
		id,
		previous,
	}));

describe('One flow between two looks', () => {
	test.each<[string, Partial<Flow>, Partial<Flow>, [string, Partial<Flow>][]]>([
		['nothing', {}, {}, []],
		['blocked', {}, { status: 'BLOCKED' }, [['statusChanged', { status: 'PUBLISHED' }]]],
		['let free', { status: 'THROTTLED' }, {}, [['statusChanged', { status: 'THROTTLED' }]]],
		[
			'a status that no page names',
			{},
			{ status: 'PAUSED' },
			[['statusChanged', { status: 'PUBLISHED' }]],
		],
		['renamed', {}, { name: 'New' }, [['metadataChanged', { name: 'Survey' }]]],
		[
			'other categories',
			{},
			{ categories: ['SURVEY'] },
			[['metadataChanged', { categories: ['SURVEY', 'OTHER'] }]],
		],
		[
			'renamed and other categories: one event',
			{},
			{ name: 'New', categories: [] },
			[['metadataChanged', { name: 'Survey', categories: ['SURVEY', 'OTHER'] }]],
		],
		['the same categories in another order', {}, { categories: ['OTHER', 'SURVEY'] }, []],
		[
			'an error',
			{},
			{ validation_errors: [ERROR] },
			[['validationErrorsChanged', { validation_errors: [] }]],
		],
		[
			'an error less',
			{ validation_errors: [ERROR, OTHER_ERROR] },
			{ validation_errors: [ERROR] },
			[['validationErrorsChanged', { validation_errors: [ERROR, OTHER_ERROR] }]],
		],
		[
			'the same errors in another order, with their keys in another order',
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
			'another line of the same error',
			{ validation_errors: [ERROR] },
			{ validation_errors: [{ ...ERROR, line_start: 11 }] },
			[['validationErrorsChanged', { validation_errors: [ERROR] }]],
		],
		[
			'errors by the other name that the pages have for them',
			{},
			{ validation_errors: null, validation_error: [ERROR] },
			[['validationErrorsChanged', { validation_errors: [] }]],
		],
		[
			'limited',
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
		['health known for the first time', {}, { health_status: LIMITED }, []],
		['health not known any more', { health_status: HEALTH }, {}, []],
		[
			'everything at once',
			{ health_status: HEALTH },
			{ status: 'DRAFT', name: 'New', validation_errors: [ERROR], health_status: LIMITED },
			[
				['statusChanged', { status: 'PUBLISHED' }],
				['validationErrorsChanged', { validation_errors: [] }],
				['metadataChanged', { name: 'Survey' }],
				['healthChanged', { health_status: HEALTH }],
			],
		],
		['a field that is not watched', { updated_at: '1' }, { updated_at: '2' }, []],
	])('%s', (_what, was, is, events) => {
		expect(reported([flow(was)], [flow(is)])).toEqual(
			events.map(([event, previous]) => ({ event, id: '1', previous })),
		);
	});

	test.each(['status', 'name', 'categories', 'validation_errors'])(
		'%s missing or null, now or before, tells nothing',
		(field) => {
			const without = { ...flow(), [field]: undefined };
			for (const unknown of [without, flow({ [field]: null })]) {
				expect(reported([flow()], [unknown])).toEqual([]);
				expect(reported([unknown], [flow()])).toEqual([]);
			}
		},
	);
});

describe('Several flows', () => {
	test('one that is new and one that is gone, with all that is known of them', () => {
		const deleted = flow({ id: '1', name: 'Gone' });
		const come = flow({ id: '2', name: 'Come', status: 'BLOCKED', updated_at: 'today' });
		expect(detectChanges([deleted], [come])).toEqual([
			{ event: 'flowCreated', flow: come, previous: {}, before: undefined },
			{ event: 'flowDeleted', flow: deleted, previous: {}, before: deleted },
		]);
	});

	test('in another order are the same', () => {
		const flows = ['1', '2', '3'].map((id) => flow({ id }));
		expect(detectChanges(flows, flows.toReversed())).toEqual([]);
	});
});

describe('What is remembered', () => {
	test('is what events are about, and nothing else', () => {
		expect(mergeSnapshots([], [flow({ updated_at: 'today', json_version: '7.1' })])).toEqual([
			flow(),
		]);
	});

	test('stays where a field did not come, so that its change is told later', () => {
		const remembered = mergeSnapshots([flow({ status: 'DRAFT' })], [flow({ status: null })]);
		expect(reported(remembered, [flow({ status: 'BLOCKED' })])).toEqual([
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
	const look = fc.uniqueArray(anyFlow as fc.Arbitrary<Flow>, { selector: ({ id }) => id });
	const history = fc.array(look, { minLength: 1, maxLength: 8 });
	const inOrder = (flows: Iterable<Flow>) =>
		[...flows].sort((a, b) => String(a['id']).localeCompare(String(b['id'])));

	/** What somebody knows who was only told the events. */
	function apply(known: Map<unknown, Flow>, { event, flow: is, previous }: FlowEvent) {
		if (event === 'flowDeleted') return void known.delete(is['id']);
		const was: Partial<Flow> = known.get(is['id']) ?? {};
		if (event !== 'flowCreated') {
			for (const [field, value] of Object.entries(previous)) expect(was[field]).toEqual(value);
		}
		const fields = event === 'flowCreated' ? Object.keys(is) : Object.keys(previous);
		known.set(is.id, { ...was, id: is.id, ...Object.fromEntries(fields.map((f) => [f, is[f]!])) });
	}

	test('the events told, applied to the first look, give the last one', () => {
		fc.assert(
			fc.property(history, (looks) => {
				let remembered = mergeSnapshots([], looks[0]!);
				const known = new Map(remembered.map((each) => [each['id'], each]));
				for (const now of looks.slice(1)) {
					for (const event of detectChanges(remembered, now)) apply(known, event);
					remembered = mergeSnapshots(remembered, now);
					// A field seen for the first time is no change, so nobody was told.
					for (const each of remembered)
						known.set(each['id'], { ...each, ...known.get(each['id']) });
					expect(inOrder(known.values()).map(sorted)).toEqual(inOrder(remembered).map(sorted));
				}
			}),
			{ numRuns: 2_000 },
		);
	});

	test('the same look again tells nothing', () => {
		fc.assert(
			fc.property(look, look, (before, now) => {
				expect(detectChanges(mergeSnapshots(mergeSnapshots([], before), now), now)).toEqual([]);
			}),
		);
	});

	/** Without the order that lists have by chance. */
	function sorted({ categories, validation_errors, ...rest }: Flow) {
		const list = (value: unknown) => (Array.isArray(value) ? new Set(value) : value);
		return { ...rest, categories: list(categories), validation_errors: list(validation_errors) };
	}
});
