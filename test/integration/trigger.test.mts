import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import type { Flow } from '../mock-api/accounts.mts';
import { flow, VALIDATION_ERROR } from '../mock-api/accounts.mts';
import * as errors from '../mock-api/errors.mts';
import type { Scripted } from '../mock-api/KaleyraMock.mts';
import { DRAFT, EMPTY_WABA, harness, PUBLISHED, mockApi, sent, setUp, WABA } from './setup.mts';

setUp();

const EVERY_EVENT = [
	'flowCreated',
	'flowDeleted',
	'statusChanged',
	'validationErrorsChanged',
	'metadataChanged',
	'healthChanged',
];
const THROTTLED = '900000000000004';
const LIVE = 4;

const watching = (events: string[], more: IDataObject = {}, staticData?: IDataObject) =>
	harness.poller('kaleyraFlowsTrigger', { events, ...more }, staticData);

/** Events as `statusChanged 900…`. */
const inShort = (items: IDataObject[] | null) =>
	(items ?? []).map(({ event, flow: { id } }: any) => `${event} ${id}`);

const theFlow = (id: string) => mockApi.flows.find((each) => each.id === id)!;
const flowsOf = (waba: string) => mockApi.account.wabas.get(waba)!;
const remove = (id: string) => {
	const flows = flowsOf(WABA);
	flows.splice(
		flows.findIndex((each) => each.id === id),
		1,
	);
};
const refused = async (poll: Promise<unknown>) =>
	await poll.then(
		() => expect.unreachable('The poll should have failed'),
		(error: NodeApiError) => error,
	);

describe('The first poll', () => {
	test('tells nothing, whatever the flows are like', async () => {
		const trigger = watching(EVERY_EVENT);
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.poll()).toBeNull();
	});

	test('of a WABA without flows waits for some to come', async () => {
		const trigger = watching(['flowCreated'], { wabaId: EMPTY_WABA });
		expect(await trigger.poll()).toBeNull();
		flowsOf(EMPTY_WABA).push(flow('1', { name: 'First' }));
		expect(inShort(await trigger.poll())).toEqual(['flowCreated 1']);
	});
});

describe('A later poll tells', () => {
	test('which flow was blocked, what it was before, and when it was seen', async () => {
		const trigger = watching(['statusChanged']);
		await trigger.poll();
		theFlow(PUBLISHED).status = 'BLOCKED';
		const before = Date.now();
		const items = await trigger.poll();
		expect(items).toEqual([
			{
				event: 'statusChanged',
				flow: {
					id: PUBLISHED,
					name: 'Customer survey',
					status: 'BLOCKED',
					categories: ['SURVEY', 'CUSTOMER_SUPPORT'],
					validation_errors: [],
				},
				previous: { status: 'PUBLISHED' },
				detected_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
			},
		]);
		expect(Date.parse(String(items![0]!['detected_at']))).toBeGreaterThanOrEqual(before);
		expect(await trigger.poll(), 'once').toBeNull();
	});

	test.each<[string, (target: Flow) => void]>([
		['statusChanged', (target) => (target.status = 'DEPRECATED')],
		['metadataChanged', (target) => (target.name = 'Another name')],
		['metadataChanged', (target) => (target.categories = ['OTHER'])],
		['validationErrorsChanged', (target) => (target.validation_errors = [VALIDATION_ERROR])],
		['flowDeleted', ({ id }) => remove(id)],
	])('%s, and only where it was chosen', async (event, change) => {
		const all = watching(EVERY_EVENT);
		const others = watching(EVERY_EVENT.filter((each) => each !== event));
		await all.poll();
		await others.poll();
		change(theFlow(DRAFT));
		expect(inShort(await all.poll())).toEqual([`${event} ${DRAFT}`]);
		expect(await others.poll()).toBeNull();
		expect(await all.poll(), 'once').toBeNull();
	});

	test('healthChanged of a flow that is limited, though its status did not change', async () => {
		const trigger = watching(['healthChanged']);
		await trigger.poll();
		const limited = { can_send_message: 'LIMITED', entities: [] };
		mockApi.settings.always = ({ target }) =>
			target.includes(`/${PUBLISHED}?`)
				? { body: { id: PUBLISHED, health_status: limited } }
				: undefined;
		const [item] = (await trigger.poll())!;
		expect(item).toMatchObject({
			event: 'healthChanged',
			flow: { id: PUBLISHED, name: 'Customer survey', health_status: limited },
			previous: { health_status: { can_send_message: 'AVAILABLE' } },
		});
		expect(await trigger.poll(), 'once').toBeNull();
	});

	test('several things at once, each as an item', async () => {
		const trigger = watching(EVERY_EVENT);
		await trigger.poll();
		flowsOf(WABA).push(flow('1'));
		remove(DRAFT);
		Object.assign(theFlow(THROTTLED), { status: 'BLOCKED', name: 'Renamed' });
		expect(inShort(await trigger.poll())).toEqual([
			`statusChanged ${THROTTLED}`,
			`metadataChanged ${THROTTLED}`,
			`healthChanged ${THROTTLED}`,
			'flowCreated 1',
			`flowDeleted ${DRAFT}`,
		]);
	});

	test('a status that no page names', async () => {
		const trigger = watching(['statusChanged']);
		await trigger.poll();
		mockApi.settings.script = [() => ({ body: { data: [{ id: PUBLISHED, status: 'PAUSED' }] } })];
		const [item] = (await trigger.poll())!;
		expect(item).toMatchObject({ flow: { status: 'PAUSED' }, previous: { status: 'PUBLISHED' } });
	});
});

describe('Of the events, only those', () => {
	const change = () => {
		theFlow(PUBLISHED).status = 'THROTTLED';
		theFlow(THROTTLED).status = 'BLOCKED';
		theFlow(DRAFT).status = 'PUBLISHED';
	};

	test.each<[string, IDataObject, string[]]>([
		['of chosen flows', { flowIds: [DRAFT, THROTTLED] }, [DRAFT, THROTTLED]],
		[
			'of flows chosen by an expression',
			{ flowIds: `=${DRAFT}, ${THROTTLED}` },
			[DRAFT, THROTTLED],
		],
		['of flows with a name', { filters: { name: 'SURVEY' } }, [PUBLISHED]],
		['from a status', { filters: { statusFrom: ['PUBLISHED', 'DRAFT'] } }, [DRAFT, PUBLISHED]],
		['to a status', { filters: { statusTo: ['blocked'] } }, [THROTTLED]],
		['from and to', { filters: { statusFrom: ['DRAFT'], statusTo: ['BLOCKED'] } }, []],
	])('%s', async (_what, parameters, ids) => {
		const trigger = watching(['statusChanged'], parameters);
		await trigger.poll();
		change();
		expect(inShort(await trigger.poll())).toEqual(ids.map((id) => `statusChanged ${id}`));
	});

	test('with a name, which it had before', async () => {
		const trigger = watching(['statusChanged'], { filters: { name: 'survey' } });
		await trigger.poll();
		Object.assign(theFlow(PUBLISHED), { name: 'Something else', status: 'BLOCKED' });
		expect(inShort(await trigger.poll())).toEqual([`statusChanged ${PUBLISHED}`]);
	});

	test('with a name: one that was renamed away from it is told a last time', async () => {
		const trigger = watching(['metadataChanged'], { filters: { name: 'survey' } });
		await trigger.poll();
		theFlow(PUBLISHED).name = 'Something else';
		expect(inShort(await trigger.poll())).toEqual([`metadataChanged ${PUBLISHED}`]);
		theFlow(PUBLISHED).name = 'Something else again';
		expect(await trigger.poll()).toBeNull();
	});
});

describe('What it costs', () => {
	test('one list a poll', async () => {
		const trigger = watching(EVERY_EVENT.filter((event) => event !== 'healthChanged'));
		await trigger.poll();
		mockApi.requests = [];
		await trigger.poll();
		// Seven flows in a page, and the empty one behind its cursor.
		expect(sent()).toEqual([`GET /${WABA}/flows`, `GET /${WABA}/flows?after=Nw%3D%3D`]);
	});

	test('with Health Changed, one more for each flow that can be sent', async () => {
		const trigger = watching(['healthChanged']);
		await trigger.poll();
		expect(sent().filter((line) => line.endsWith('?fields=health_status'))).toHaveLength(LIVE);
		expect(sent()).toHaveLength(LIVE + 2);
	});

	test('and only for those that are watched', async () => {
		const trigger = watching(['healthChanged'], { flowIds: [PUBLISHED, DRAFT] });
		await trigger.poll();
		expect(sent()).toHaveLength(1 + 2);
	});

	test('for a flow that left the list, a request that asks for it', async () => {
		const trigger = watching(['flowDeleted']);
		await trigger.poll();
		mockApi.requests = [];
		remove(DRAFT);
		await trigger.poll();
		expect(sent()).toContain(`GET /${DRAFT}`);
		expect(sent()).toHaveLength(3);
	});

	test.each([10, 1_000, 10_000])('of static data for %i flows, little', async (count) => {
		const names = ['Customer survey', 'Book an appointment', 'Sign up', 'Track an order'];
		const flows = Array.from({ length: count }, (_, index) =>
			flow(String(900_000_000_000_000 + Math.trunc(index * 7_919_317.77)), {
				name: `${names[index % 4]} ${index}`,
				status: index % 3 === 0 ? 'DRAFT' : 'PUBLISHED',
				...(index % 50 === 0 && { validation_errors: [VALIDATION_ERROR] }),
			}),
		);
		mockApi.account.wabas.set(WABA, flows);
		mockApi.settings.pageSize = 100;
		const trigger = watching(['statusChanged']);
		await trigger.poll();
		const bytes = JSON.stringify(trigger.staticData).length;
		expect(bytes).toBeLessThan(Math.max(40 * count, 1_000));
		theFlow(flows[0]!.id).status = 'BLOCKED';
		expect(inShort(await trigger.poll())).toEqual([`statusChanged ${flows[0]!.id}`]);
	});
});

describe('A poll that fails', () => {
	const GONE_WRONG: [string, (Scripted | undefined)[], RegExp][] = [
		['too many requests', [{ status: 429, headers: { 'retry-after': '600' } }], /Too many/],
		['a fault', [{ status: 500 }, { status: 500 }, { status: 500 }], /^Server error from Kaleyra/],
		['a reset', [{ fault: 'reset' }, { fault: 'reset' }, { fault: 'reset' }], /Connection reset/],
		[
			'a second page that breaks off',
			[undefined, ...Array(3).fill({ fault: 'cut', applyFirst: true })],
			/Connection reset/,
		],
		['a wrong key', [errors.incorrectKey], /Incorrect SID or API key/],
		[
			'a page that is no list',
			[{ status: 200, body: { data: 'none' } }],
			/Unexpected response from Kaleyra/,
		],
	];

	test.each(GONE_WRONG)(
		'with %s changes nothing, and the next one tells it all, once',
		async (_what, answers, words) => {
			mockApi.settings.pageSize = 3;
			const trigger = watching(EVERY_EVENT);
			await trigger.poll();
			const remembered = JSON.stringify(trigger.staticData);
			theFlow(PUBLISHED).status = 'BLOCKED';
			remove(DRAFT);
			flowsOf(WABA).push(flow('1'));
			mockApi.settings.script = answers.map((answer) => () => answer);
			expect((await refused(trigger.poll())).message).toMatch(words);
			expect(JSON.stringify(trigger.staticData)).toBe(remembered);
			expect(inShort(await trigger.poll()).sort()).toEqual([
				'flowCreated 1',
				`flowDeleted ${DRAFT}`,
				`healthChanged ${PUBLISHED}`,
				`statusChanged ${PUBLISHED}`,
			]);
			expect(await trigger.poll()).toBeNull();
		},
	);

	test('for want of time remembers nothing', async () => {
		const trigger = watching(['statusChanged']);
		await trigger.poll();
		theFlow(PUBLISHED).status = 'BLOCKED';
		Object.assign(mockApi.settings, { pageSize: 1, delay: 60 });
		const error = await refused(trigger.poll('trigger', 100));
		expect(error.message).toMatch(/in the time that n8n gives to a poll|No answer came in time/);
		expect(error.failure).toMatchObject({ cause: 'temporarily-unavailable' });
		expect(mockApi.requests.length).toBeLessThan(8);
		expect(inShort(await trigger.poll())).toEqual([`statusChanged ${PUBLISHED}`]);
	});

	test('keeps to its time, pauses and slow answers included', async () => {
		const trigger = watching(['statusChanged']);
		await trigger.poll();
		for (const answer of [
			{ status: 429, headers: { 'retry-after': '4' } },
			{ fault: 'silence' as const },
		]) {
			mockApi.settings.always = () => answer;
			const begun = Date.now();
			await refused(trigger.poll('trigger', 500));
			expect(Date.now() - begun).toBeLessThan(1_500);
		}
	});

	test('because it came too often, tells n8n when to come back', async () => {
		const trigger = watching(['statusChanged']);
		mockApi.settings.always = () => ({ status: 429, headers: { 'retry-after': '600' } });
		const { failure, description } = await refused(trigger.poll());
		expect(failure).toEqual({ cause: 'rate-limited', retryAfterMs: 600_000 });
		expect(description).toContain('Try again in 10 minutes');
	});

	test('shows neither key nor SID', async () => {
		const { sid, apiKey } = mockApi.credential;
		mockApi.settings.always = () => ({ status: 500, body: { message: `${sid} ${apiKey}` } });
		const trigger = watching(['statusChanged']);
		const error = await refused(trigger.poll());
		const shown = JSON.stringify([error, error.message, error.description, error.context]);
		expect(shown).not.toContain(sid);
		expect(shown).not.toContain(apiKey);
		expect(JSON.stringify(trigger.staticData)).not.toContain(apiKey);
	});
});

describe('A list that is cut without a word never looks like removed flows', () => {
	test('where the second page comes empty', async () => {
		mockApi.settings.pageSize = 3;
		const trigger = watching(EVERY_EVENT.slice(0, 5));
		await trigger.poll();
		theFlow(PUBLISHED).status = 'BLOCKED';
		theFlow('900000000000007').name = 'Beyond the cut';
		mockApi.settings.script = [() => undefined, () => ({ body: { data: [] } })];
		// The rest was asked for one by one.
		expect(inShort(await trigger.poll())).toEqual([
			`statusChanged ${PUBLISHED}`,
			'metadataChanged 900000000000007',
		]);
		expect(await trigger.poll()).toBeNull();
	});

	test('where cursors are not seen, so that the first page comes again', async () => {
		mockApi.settings.pageSize = 3;
		const trigger = watching(EVERY_EVENT.slice(0, 5));
		await trigger.poll();
		mockApi.settings.cursors = 'ignored';
		theFlow(PUBLISHED).status = 'BLOCKED';
		theFlow('900000000000007').name = 'Beyond the cut';
		flowsOf(WABA).unshift(flow('1'));
		// What is beyond is asked for one by one.
		expect(inShort(await trigger.poll())).toEqual([
			'flowCreated 1',
			`statusChanged ${PUBLISHED}`,
			'metadataChanged 900000000000007',
		]);
		expect(trigger.warnings.join()).toContain('may be incomplete (repeatedPage)');
		mockApi.settings.cursors = 'good';
		flowsOf(WABA).push(flow('2'));
		expect(inShort(await trigger.poll())).toEqual(['flowCreated 2']);
	});

	test('and where the first look was cut, what lay beyond is no flow that was added', async () => {
		Object.assign(mockApi.settings, { pageSize: 3, cursors: 'ignored' });
		const trigger = watching(['statusChanged']);
		await trigger.poll();
		mockApi.settings.cursors = 'good';
		const withAdded = watching(['flowCreated', 'statusChanged'], {}, trigger.staticData);
		expect(await withAdded.poll()).toBeNull();
		flowsOf(WABA).push(flow('1'));
		expect(inShort(await withAdded.poll())).toEqual(['flowCreated 1']);
	});

	test.each<[string, Scripted, string[]]>([
		['says so', errors.noSuchFlow, [`flowDeleted ${DRAFT}`]],
		['refuses the values', errors.incorrectPayload, [`flowDeleted ${DRAFT}`]],
		['has nothing at this address', { status: 404, body: {} }, [`flowDeleted ${DRAFT}`]],
		['has a fault', errors.internalFault, []],
		['says something general', errors.wrongAccount, []],
	])(
		'but a deleted flow is told where Kaleyra, asked for it, %s: %s',
		async (_what, answer, reported) => {
			const trigger = watching(EVERY_EVENT.slice(0, 5));
			await trigger.poll();
			remove(DRAFT);
			theFlow(PUBLISHED).status = 'BLOCKED';
			mockApi.settings.always = ({ target }) => (target.endsWith(`/${DRAFT}`) ? answer : undefined);
			expect(inShort(await trigger.poll())).toEqual([`statusChanged ${PUBLISHED}`, ...reported]);
			if (reported.length > 0) return;
			expect(trigger.warnings.join()).toContain(`Asked for flow ${DRAFT}, Kaleyra said: `);
			mockApi.settings.always = undefined;
			expect(inShort(await trigger.poll())).toEqual([`flowDeleted ${DRAFT}`]);
		},
	);

	test('unless Kaleyra refuses any flow that it is asked for', async () => {
		mockApi.settings.pageSize = 3;
		const trigger = watching(['flowDeleted']);
		await trigger.poll();
		mockApi.settings.always = ({ target }) => {
			if (/after=/.test(target)) return { body: { data: [] } };
			return /flows$/.test(target) ? undefined : errors.incorrectPayload;
		};
		expect(await trigger.poll()).toBeNull();
	});

	test('and where very many are gone, some are looked for now and the others later', async () => {
		const many = Array.from({ length: 30 }, (_, index) => flow(String(1_000 + index)));
		flowsOf(WABA).push(...many);
		const trigger = watching(['flowDeleted']);
		await trigger.poll();
		for (const { id } of many) remove(id);
		mockApi.requests = [];
		expect(await trigger.poll()).toHaveLength(20);
		expect(sent()).toHaveLength(2 + 20);
		expect(await trigger.poll()).toHaveLength(10);
		expect(await trigger.poll()).toBeNull();
	});
});

describe('What is remembered', () => {
	test('outlives a restart: n8n keeps it as JSON', async () => {
		const first = watching(['statusChanged']);
		await first.poll();
		theFlow(PUBLISHED).status = 'BLOCKED';
		const kept = JSON.parse(JSON.stringify(first.staticData)) as IDataObject;
		expect(inShort(await watching(['statusChanged'], {}, kept).poll())).toEqual([
			`statusChanged ${PUBLISHED}`,
		]);
	});

	test('keeps what one look did not show', async () => {
		const trigger = watching(['statusChanged']);
		await trigger.poll();
		const data = mockApi.flows.map(({ id, name, status }) => ({
			id,
			name,
			...(id !== PUBLISHED && { status }),
		}));
		mockApi.settings.script = [() => ({ body: { data } })];
		expect(await trigger.poll()).toBeNull();
		theFlow(PUBLISHED).status = 'BLOCKED';
		expect(inShort(await trigger.poll())).toEqual([`statusChanged ${PUBLISHED}`]);
	});

	test('is written only where something changed', async () => {
		let writes = 0;
		const counting = new Proxy({} as IDataObject, {
			set: (...assignment) => (writes++, Reflect.set(...assignment)),
		});
		const trigger = watching(['statusChanged'], {}, counting);
		await trigger.poll();
		await trigger.poll();
		await trigger.poll();
		expect(writes).toBe(1);
	});

	test.each<[string, (kept: any) => unknown]>([
		['another version', (kept) => ({ ...kept, version: 99 })],
		['cut off', (kept) => ({ ...kept, flows: kept.flows.slice(0, 40) })],
		['not packed', (kept) => ({ ...kept, flows: 'W10=' })],
		['something else packed', (kept) => ({ ...kept, flows: 'AwA=' })],
		['without flows', ({ flows, ...kept }) => kept],
		// [{"id":1}], deflated.
		['with IDs that are no text', (kept) => ({ ...kept, flows: 'i65WykxRsjKsjQUA' })],
		['text', () => 'foreign'],
		['null', () => null],
	])('where it is %s, the poll begins anew and tells nothing', async (_what, spoil) => {
		const trigger = watching(EVERY_EVENT);
		await trigger.poll();
		theFlow(PUBLISHED).status = 'BLOCKED';
		trigger.staticData['lastPoll'] = spoil(trigger.staticData['lastPoll']) as IDataObject;
		expect(await trigger.poll()).toBeNull();
		expect(trigger.warnings.join()).toContain('Stored poll state is unreadable');
		theFlow(PUBLISHED).status = 'THROTTLED';
		expect(inShort(await trigger.poll())).toContain(`statusChanged ${PUBLISHED}`);
	});

	test('is of one WABA: with another one, the poll begins anew', async () => {
		const trigger = watching(EVERY_EVENT);
		await trigger.poll();
		flowsOf(EMPTY_WABA).push(flow('1'));
		const other = watching(EVERY_EVENT, { wabaId: EMPTY_WABA }, trigger.staticData);
		expect(await other.poll()).toBeNull();
		flowsOf(EMPTY_WABA).push(flow('2'));
		expect(inShort(await other.poll())).toEqual(['flowCreated 2']);
	});

	test('is not overwritten by a slow poll that began before a quick one', async () => {
		const trigger = watching(['statusChanged']);
		await trigger.poll();
		mockApi.settings.script = [
			// The slow one: its list is the old one, and it waits for the end of it.
			() => undefined,
		];
		mockApi.settings.delay = 300;
		const slow = trigger.poll();
		await new Promise((resolve) => setTimeout(resolve, 100));
		mockApi.settings.delay = 0;
		theFlow(PUBLISHED).status = 'BLOCKED';
		expect(inShort(await trigger.poll())).toEqual([`statusChanged ${PUBLISHED}`]);
		expect(await slow).toBeNull();
		expect(trigger.warnings.join()).toContain('an overlapping poll has already saved');
		expect(await trigger.poll()).toBeNull();
	});

	test('does not depend on what is watched: a new choice needs no new beginning', async () => {
		const trigger = watching(['statusChanged'], { flowIds: [DRAFT] });
		await trigger.poll();
		theFlow(PUBLISHED).name = 'New';
		const changed = watching(['metadataChanged'], {}, trigger.staticData);
		expect(inShort(await changed.poll())).toEqual([`metadataChanged ${PUBLISHED}`]);
	});
});

describe('Fetch Test Event', () => {
	test('shows a real flow for each chosen event and remembers nothing', async () => {
		const trigger = watching(EVERY_EVENT);
		const items = await trigger.poll('manual');
		expect(items!.map(({ event }) => event)).toEqual(EVERY_EVENT);
		for (const { flow: shown } of items!) {
			const { id, name, status } = shown as unknown as Flow;
			expect(theFlow(id)).toMatchObject({ name, status });
		}
		expect(items![2]).toMatchObject({
			flow: { name: 'Sign up for the newsletter', status: 'DRAFT' },
			previous: { status: 'DRAFT' },
			detected_at: expect.any(String),
		});
		expect(items![5]).toMatchObject({
			previous: { health_status: { entities: expect.any(Array) } },
		});
		expect(trigger.staticData).toEqual({});
	});

	test('shows chosen flows only', async () => {
		const items = await watching(['flowCreated', 'statusChanged'], { flowIds: [PUBLISHED] }).poll(
			'manual',
		);
		expect(inShort(items)).toEqual([`flowCreated ${PUBLISHED}`, `statusChanged ${PUBLISHED}`]);
	});

	test('asks nothing twice for it', async () => {
		const trigger = watching(EVERY_EVENT, { flowIds: [PUBLISHED] });
		await trigger.poll('manual');
		expect(sent().filter((line) => line.includes(PUBLISHED))).toHaveLength(1);
	});

	test('says which chosen flow is not there', async () => {
		const trigger = watching(['statusChanged'], { flowIds: [PUBLISHED, '123'] });
		expect((await refused(trigger.poll('manual'))).message).toBe(`WABA ${WABA} has no flow 123`);
	});

	test('shows a flow that could be told, where there is one', async () => {
		const filters = { statusTo: ['BLOCKED'] };
		const [item] = (await watching(['statusChanged'], { filters }).poll('manual'))!;
		expect(item).toMatchObject({ flow: { status: 'BLOCKED' } });
		theFlow('900000000000005').status = 'PUBLISHED';
		expect(await watching(['statusChanged'], { filters }).poll('manual')).toHaveLength(1);
	});

	test('touches nothing that an active workflow remembers', async () => {
		const trigger = watching(['statusChanged']);
		await trigger.poll();
		theFlow(PUBLISHED).status = 'BLOCKED';
		await trigger.poll('manual');
		expect(inShort(await trigger.poll())).toEqual([`statusChanged ${PUBLISHED}`]);
	});

	test('says it where there is no flow to show', async () => {
		const { message } = await refused(
			watching(['flowCreated'], { wabaId: EMPTY_WABA }).poll('manual'),
		);
		expect(message).toBe(`WABA ${EMPTY_WABA} has no flow for a test event`);
	});
});

test('The choice of flows offers all flows of the WABA, over its pages', async () => {
	mockApi.settings.pageSize = 3;
	const options = await harness.loadOptions('kaleyraFlowsTrigger', 'listFlows', { wabaId: WABA });
	expect(options).toHaveLength(flowsOf(WABA).length);
	expect(options[1]).toEqual({ name: 'Customer survey (PUBLISHED)', value: PUBLISHED });
});

describe('Before anything is sent, it refuses', () => {
	test.each<[string, IDataObject, RegExp]>([
		['no event', { events: [] }, /^'Events' is empty$/],
		[
			'an event that does not exist',
			{ events: ['flowExploded'] },
			/^'Events' contains an unknown event: "flowExploded"$/,
		],
		['an event that is no word', { events: [7] }, /^'Events' must contain only names/],
		[
			'a flow ID that is none',
			{ events: ['flowCreated'], flowIds: ['flow-1'] },
			/must contain only digits/,
		],
		['a rounded flow ID', { events: ['flowCreated'], flowIds: [1e21] }, /safe integer range/],
		[
			'a WABA ID that is none',
			{ events: ['flowCreated'], wabaId: 'mine' },
			/^'WABA ID' must contain only digits/,
		],
	])('%s', async (_what, parameters, words) => {
		const error = await refused(harness.poller('kaleyraFlowsTrigger', parameters).poll());
		expect(error.message).toMatch(words);
		expect(error.failure).toEqual({ cause: 'configuration-invalid' });
		expect(error.description).toBeTruthy();
		expect(sent()).toEqual([]);
	});
});

describe('It refuses to watch', () => {
	test('a chosen flow that the WABA does not have', async () => {
		const trigger = watching(['statusChanged'], { flowIds: [PUBLISHED, '123'] });
		expect((await refused(trigger.poll())).message).toBe(`WABA ${WABA} has no flow 123`);
		expect(trigger.staticData).toEqual({});
	});

	test('but goes on where a chosen flow was removed later', async () => {
		const trigger = watching(['flowDeleted', 'statusChanged'], { flowIds: [PUBLISHED, DRAFT] });
		await trigger.poll();
		remove(DRAFT);
		expect(inShort(await trigger.poll())).toEqual([`flowDeleted ${DRAFT}`]);
		expect(await trigger.poll()).toBeNull();
	});

	test.each([
		['statusChanged', 'status', 'Status Changed'],
		['validationErrorsChanged', 'validation_errors', 'Validation Errors Changed'],
	])('%s where Kaleyra gives no such field of any flow', async (event, field, name) => {
		mockApi.settings.always = () => ({ body: { data: [{ id: '1', name: 'Only a name' }] } });
		const { message } = await refused(watching([event]).poll());
		expect(message).toBe(`Kaleyra gave no ${field} of any flow, so ${name} cannot be watched`);
	});

	test.each<[string, Scripted]>([
		['gives none', { body: { id: PUBLISHED } }],
		['refuses the field', errors.incorrectPayload],
	])('health where Kaleyra %s', async (_what, answer) => {
		mockApi.settings.always = ({ target }) => (target.includes('?fields=') ? answer : undefined);
		const { message } = await refused(watching(['healthChanged']).poll());
		expect(message).toContain('gave no health_status of any flow');
	});

	test('but not for a fault of Kaleyra’s, even with the only flow that is watched', async () => {
		const trigger = watching(['healthChanged'], { flowIds: [PUBLISHED] });
		mockApi.settings.always = ({ target }) =>
			target.includes('?fields=') ? { status: 500 } : undefined;
		expect(await trigger.poll()).toBeNull();
	});

	test('but not for the sake of one flow whose health cannot be read now', async () => {
		const trigger = watching(['healthChanged', 'statusChanged']);
		await trigger.poll();
		mockApi.settings.always = ({ target }) =>
			target.includes(`/${PUBLISHED}?`) ? { status: 500 } : undefined;
		theFlow(THROTTLED).status = 'BLOCKED';
		expect(inShort(await trigger.poll())).toEqual([
			`statusChanged ${THROTTLED}`,
			`healthChanged ${THROTTLED}`,
		]);
		mockApi.settings.always = undefined;
		expect(await trigger.poll()).toBeNull();
	});

	test('Flow Created where the list cannot be read to its end', async () => {
		Object.assign(mockApi.settings, { pageSize: 3, cursors: 'ignored' });
		const { message } = await refused(watching(['flowCreated']).poll());
		expect(message).toContain('cannot be read to its end, so Flow Created cannot be watched');
	});
});
