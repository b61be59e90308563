import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { withFailure } from './failure.mts';
import type { Flow } from '../mock-api/accounts.mts';
import { flow, VALIDATION_ERROR } from '../mock-api/accounts.mts';
import * as errors from '../mock-api/errors.mts';
import type { Scripted } from '../mock-api/KaleyraMock.mts';
import {
	DRAFT,
	EMPTY_WABA,
	getRequests,
	harness,
	holdResponses,
	PUBLISHED,
	mockApi,
	setUp,
	WABA,
	waitForRequests,
} from './setup.mts';
import { expectClosed, startSlowServer } from './slowServer.mts';

setUp();
afterEach(() => void vi.useRealTimers());

const ALL_EVENTS = [
	'flowCreated',
	'flowDeleted',
	'statusChanged',
	'validationErrorsChanged',
	'metadataChanged',
	'healthChanged',
];
const THROTTLED = '900000000000004';
/** The published, throttled, and blocked flows of the WABA. */
const SENDABLE_FLOWS = 4;

const createTrigger = (events: string[], more: IDataObject = {}, staticData?: IDataObject) =>
	harness.poller('kaleyraFlowsTrigger', { events, ...more }, staticData);

/** The items' events, each as `statusChanged 900…`. */
const summarizeEvents = (items: IDataObject[] | null) =>
	(items ?? []).map(({ event, flow: { id } }: any) => `${event} ${id}`);

const getFlow = (id: string) => mockApi.flows.find((each) => each.id === id)!;
const getFlows = (waba: string) => mockApi.account.wabas.get(waba)!;
const deleteFlow = (id: string) => {
	const flows = getFlows(WABA);
	flows.splice(
		flows.findIndex((each) => each.id === id),
		1,
	);
};
const expectPollError = async (poll: Promise<unknown>) =>
	await poll.then(
		() => expect.unreachable('The poll should have failed'),
		(error: NodeApiError) => error,
	);

describe('The first poll', () => {
	test('emits nothing', async () => {
		const trigger = createTrigger(ALL_EVENTS);
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.poll()).toBeNull();
	});

	test('of an empty WABA is the baseline for flows created later', async () => {
		const trigger = createTrigger(['flowCreated'], { wabaId: EMPTY_WABA });
		expect(await trigger.poll()).toBeNull();
		getFlows(EMPTY_WABA).push(flow('1', { name: 'First' }));
		expect(summarizeEvents(await trigger.poll())).toEqual(['flowCreated 1']);
	});
});

describe('A later poll', () => {
	test('emits a blocked flow with its previous status and the detection time', async () => {
		const trigger = createTrigger(['statusChanged']);
		await trigger.poll();
		getFlow(PUBLISHED).status = 'BLOCKED';
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
		['flowDeleted', ({ id }) => deleteFlow(id)],
	])('emits %s only when the event is selected', async (event, change) => {
		const all = createTrigger(ALL_EVENTS);
		const others = createTrigger(ALL_EVENTS.filter((each) => each !== event));
		await all.poll();
		await others.poll();
		change(getFlow(DRAFT));
		expect(summarizeEvents(await all.poll())).toEqual([`${event} ${DRAFT}`]);
		expect(await others.poll()).toBeNull();
		expect(await all.poll(), 'once').toBeNull();
	});

	test('emits healthChanged for a flow whose status did not change', async () => {
		const trigger = createTrigger(['healthChanged']);
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

	test('emits one item for each of several changes', async () => {
		const trigger = createTrigger(ALL_EVENTS);
		await trigger.poll();
		getFlows(WABA).push(flow('1'));
		deleteFlow(DRAFT);
		Object.assign(getFlow(THROTTLED), { status: 'BLOCKED', name: 'Renamed' });
		expect(summarizeEvents(await trigger.poll())).toEqual([
			`statusChanged ${THROTTLED}`,
			`metadataChanged ${THROTTLED}`,
			`healthChanged ${THROTTLED}`,
			'flowCreated 1',
			`flowDeleted ${DRAFT}`,
		]);
	});

	test('logs no warning when it succeeds', async () => {
		const trigger = createTrigger(ALL_EVENTS);
		await trigger.poll();
		getFlow(PUBLISHED).status = 'BLOCKED';
		expect(await trigger.poll()).not.toBeNull();
		expect(trigger.warnings).toEqual([]);
	});

	test('emits a change to an undocumented status', async () => {
		const trigger = createTrigger(['statusChanged']);
		await trigger.poll();
		mockApi.settings.script = [() => ({ body: { data: [{ id: PUBLISHED, status: 'PAUSED' }] } })];
		const [item] = (await trigger.poll())!;
		expect(item).toMatchObject({ flow: { status: 'PAUSED' }, previous: { status: 'PUBLISHED' } });
	});
});

describe('Filters', () => {
	const changeStatuses = () => {
		getFlow(PUBLISHED).status = 'THROTTLED';
		getFlow(THROTTLED).status = 'BLOCKED';
		getFlow(DRAFT).status = 'PUBLISHED';
	};

	test.each<[string, IDataObject, string[]]>([
		['selected flows', { flowIds: [DRAFT, THROTTLED] }, [DRAFT, THROTTLED]],
		['flows selected by an expression', { flowIds: `=${DRAFT}, ${THROTTLED}` }, [DRAFT, THROTTLED]],
		[
			'flows selected by an expression with empty entries',
			{ flowIds: `={{ ["", " ", "${DRAFT}"] }}` },
			[DRAFT],
		],
		['flows whose name contains a text', { filters: { name: 'SURVEY' } }, [PUBLISHED]],
		[
			'flows whose name contains a text without its spaces',
			{ filters: { name: ' survey ' } },
			[PUBLISHED],
		],
		[
			'changes from a status',
			{ filters: { statusFrom: ['PUBLISHED', 'DRAFT'] } },
			[DRAFT, PUBLISHED],
		],
		['changes to a status', { filters: { statusTo: ['blocked'] } }, [THROTTLED]],
		[
			'changes from one status to another',
			{ filters: { statusFrom: ['DRAFT'], statusTo: ['BLOCKED'] } },
			[],
		],
		[
			'all flows when expressions return null',
			{ flowIds: '={{ null }}', filters: { name: '={{ null }}' } },
			[DRAFT, PUBLISHED, THROTTLED],
		],
	])('limit the events to %s', async (_, parameters, ids) => {
		const trigger = createTrigger(['statusChanged'], parameters);
		await trigger.poll();
		changeStatuses();
		expect(summarizeEvents(await trigger.poll())).toEqual(ids.map((id) => `statusChanged ${id}`));
	});

	test('on a status do not apply to other events', async () => {
		const filters = { statusFrom: ['DRAFT'], statusTo: ['BLOCKED'] };
		const trigger = createTrigger(['statusChanged', 'metadataChanged'], { filters });
		await trigger.poll();
		changeStatuses();
		getFlow(PUBLISHED).name = 'Another name';
		expect(summarizeEvents(await trigger.poll())).toEqual([`metadataChanged ${PUBLISHED}`]);
	});

	test('on the name apply to created flows', async () => {
		const trigger = createTrigger(['flowCreated'], { filters: { name: 'survey' } });
		await trigger.poll();
		getFlows(WABA).push(flow('1', { name: 'Another name' }), flow('2', { name: 'Survey 2' }));
		expect(summarizeEvents(await trigger.poll())).toEqual(['flowCreated 2']);
	});

	test('match the name that the flow had before', async () => {
		const trigger = createTrigger(['statusChanged'], { filters: { name: 'survey' } });
		await trigger.poll();
		Object.assign(getFlow(PUBLISHED), { name: 'Something else', status: 'BLOCKED' });
		expect(summarizeEvents(await trigger.poll())).toEqual([`statusChanged ${PUBLISHED}`]);
	});

	test('emit the change that renames a flow out of the filter', async () => {
		const trigger = createTrigger(['metadataChanged'], { filters: { name: 'survey' } });
		await trigger.poll();
		getFlow(PUBLISHED).name = 'Something else';
		expect(summarizeEvents(await trigger.poll())).toEqual([`metadataChanged ${PUBLISHED}`]);
		getFlow(PUBLISHED).name = 'Something else again';
		expect(await trigger.poll()).toBeNull();
	});
});

describe('Requests per poll', () => {
	test('are the pages of one list', async () => {
		const trigger = createTrigger(ALL_EVENTS.filter((event) => event !== 'healthChanged'));
		await trigger.poll();
		mockApi.requests = [];
		await trigger.poll();
		// A page of seven flows, and the empty page after its cursor.
		expect(getRequests()).toEqual([`GET /${WABA}/flows`, `GET /${WABA}/flows?after=Nw%3D%3D`]);
	});

	test('include one for each sendable flow with Health Changed', async () => {
		const trigger = createTrigger(['healthChanged']);
		await trigger.poll();
		expect(getRequests().filter((line) => line.endsWith('?fields=health_status'))).toHaveLength(
			SENDABLE_FLOWS,
		);
		expect(getRequests()).toHaveLength(SENDABLE_FLOWS + 2);
	});

	test('with Health Changed include only the selected sendable flows', async () => {
		const trigger = createTrigger(['healthChanged'], { flowIds: [PUBLISHED, DRAFT] });
		await trigger.poll();
		expect(getRequests()).toHaveLength(1 + 2);
	});

	test('include one for a flow that is missing from the list', async () => {
		const trigger = createTrigger(['flowDeleted']);
		await trigger.poll();
		mockApi.requests = [];
		deleteFlow(DRAFT);
		await trigger.poll();
		expect(getRequests()).toContain(`GET /${DRAFT}`);
		expect(getRequests()).toHaveLength(3);
	});
});

describe('Static data', () => {
	test.each([10, 1_000, 10_000])('takes at most 40 bytes per flow for %i flows', async (count) => {
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
		const trigger = createTrigger(['statusChanged']);
		await trigger.poll();
		const bytes = JSON.stringify(trigger.staticData).length;
		expect(bytes).toBeLessThan(Math.max(40 * count, 1_000));
		getFlow(flows[0]!.id).status = 'BLOCKED';
		expect(summarizeEvents(await trigger.poll())).toEqual([`statusChanged ${flows[0]!.id}`]);
	});
});

describe('A failed poll', () => {
	const FAILURES: [string, (Scripted | undefined)[], RegExp][] = [
		['a rate limit', [{ status: 429, headers: { 'retry-after': '600' } }], /Too many/],
		[
			'a server error',
			[{ status: 500 }, { status: 500 }, { status: 500 }],
			/^Server error from Kaleyra/,
		],
		[
			'a dropped connection',
			[{ fault: 'reset' }, { fault: 'reset' }, { fault: 'reset' }],
			/Connection reset/,
		],
		[
			'a second page that is cut off',
			[undefined, ...Array(3).fill({ fault: 'cut', applyFirst: true })],
			/Connection reset/,
		],
		['a wrong key', [errors.incorrectKey], /Incorrect SID or API key/],
		[
			'a response that is not a list',
			[{ status: 200, body: { data: 'none' } }],
			/Unexpected response from Kaleyra/,
		],
	];

	test.each(FAILURES)(
		'keeps the stored state after %s, and the next poll emits every change once',
		async (_, responses, message) => {
			mockApi.settings.pageSize = 3;
			const trigger = createTrigger(ALL_EVENTS);
			await trigger.poll();
			const stored = JSON.stringify(trigger.staticData);
			getFlow(PUBLISHED).status = 'BLOCKED';
			deleteFlow(DRAFT);
			getFlows(WABA).push(flow('1'));
			mockApi.settings.script = responses.map((response) => () => response);
			expect((await expectPollError(trigger.poll())).message).toMatch(message);
			expect(JSON.stringify(trigger.staticData)).toBe(stored);
			expect(summarizeEvents(await trigger.poll()).sort()).toEqual([
				'flowCreated 1',
				`flowDeleted ${DRAFT}`,
				`healthChanged ${PUBLISHED}`,
				`statusChanged ${PUBLISHED}`,
			]);
			expect(await trigger.poll()).toBeNull();
		},
	);

	test('stores nothing after its time budget is exceeded', async () => {
		const trigger = createTrigger(['statusChanged']);
		await trigger.poll();
		getFlow(PUBLISHED).status = 'BLOCKED';
		Object.assign(mockApi.settings, { pageSize: 1, delay: 60 });
		const error = await expectPollError(trigger.poll('trigger', 100));
		expect(error.message).toMatch(/polling timeout|Request timed out/);
		expect(error).toMatchObject(withFailure('temporarily-unavailable'));
		expect(mockApi.requests.length).toBeLessThan(8);
		expect(summarizeEvents(await trigger.poll())).toEqual([`statusChanged ${PUBLISHED}`]);
	});

	test('closes the connection of a request that exceeds its time budget', async () => {
		const slow = await startSlowServer();
		harness.credential = { ...harness.credential, apiDomain: slow.origin };
		const error = await expectPollError(createTrigger(['statusChanged']).poll('trigger', 3_000));
		expect(error.message).toBe('Request timed out');
		await expectClosed(slow);
	});

	test.each<[string, Scripted]>([
		['a rate limit', { status: 429, headers: { 'retry-after': '30' } }],
		['a retry delay', { status: 503, headers: { 'retry-after': '30' } }],
		['a timeout', { fault: 'silence' }],
	])('does not exceed its time budget by %s of 30 seconds', async (_, scripted) => {
		const trigger = createTrigger(['statusChanged']);
		await trigger.poll();
		mockApi.settings.always = () => scripted;
		const start = Date.now();
		await expectPollError(trigger.poll('trigger', 500));
		expect(Date.now() - start).toBeLessThan(15_000);
	});

	test('passes the time to retry on to n8n after a rate limit', async () => {
		const trigger = createTrigger(['statusChanged']);
		mockApi.settings.always = () => ({ status: 429, headers: { 'retry-after': '600' } });
		const error = await expectPollError(trigger.poll());
		expect(error).toMatchObject(withFailure('rate-limited', { retryAfterMs: 600_000 }));
		expect(error.description).toContain('Try again in 10 minutes');
	});

	test('hides API key and SID in its error', async () => {
		const { sid, apiKey } = mockApi.credential;
		mockApi.settings.always = () => ({ status: 500, body: { message: `${sid} ${apiKey}` } });
		const trigger = createTrigger(['statusChanged']);
		const error = await expectPollError(trigger.poll());
		const visible = JSON.stringify([error, error.message, error.description, error.context]);
		expect(error.message).toBe('[hidden] [hidden]');
		expect(visible).not.toContain(sid);
		expect(visible).not.toContain(apiKey);
		expect(JSON.stringify(trigger.staticData)).not.toContain(apiKey);
	});
});

describe('The time budget of a poll', () => {
	/** Polls a list whose second page arrives so much later, by the clock. */
	const pollWithSlowPage = async (milliseconds: number, events = ['statusChanged']) => {
		mockApi.settings.pageSize = 3;
		const trigger = createTrigger(events);
		await trigger.poll('trigger', null);
		getFlow(PUBLISHED).status = 'BLOCKED';
		vi.useFakeTimers({ toFake: ['Date'] });
		mockApi.settings.script = [
			() => undefined,
			() => void vi.setSystemTime(Date.now() + milliseconds),
		];
		return trigger.poll('trigger', null);
	};

	test('is more than 50 seconds when n8n does not set it', async () => {
		expect(summarizeEvents(await pollWithSlowPage(50_000))).toEqual([`statusChanged ${PUBLISHED}`]);
	});

	test('is less than 70 seconds when n8n does not set it', async () => {
		const error = await expectPollError(pollWithSlowPage(70_000));
		expect(error).toMatchObject(withFailure('temporarily-unavailable'));
		expect(error.description).toContain('watch fewer flows or ask your n8n administrator');
	});

	test('is exceeded with advice about Health Changed, which sends the most requests', async () => {
		const { description } = await expectPollError(pollWithSlowPage(70_000, ['healthChanged']));
		expect(description).toContain("remove 'Health Changed' from 'Events'");
	});

	test('fails the first poll when it is exceeded', async () => {
		mockApi.settings.pageSize = 3;
		const trigger = createTrigger(['statusChanged']);
		vi.useFakeTimers({ toFake: ['Date'] });
		mockApi.settings.script = [() => void vi.setSystemTime(Date.now() + 70_000)];
		const { message } = await expectPollError(trigger.poll('trigger', null));
		expect(message).toContain("longer than n8n's polling timeout");
		expect(trigger.staticData).toEqual({});
	});
});

describe('Flows missing from an incomplete list', () => {
	test('are not emitted as deleted when the second page is empty', async () => {
		mockApi.settings.pageSize = 3;
		const trigger = createTrigger(ALL_EVENTS.slice(0, 5));
		await trigger.poll();
		getFlow(PUBLISHED).status = 'BLOCKED';
		getFlow('900000000000007').name = 'Beyond the cut';
		mockApi.settings.script = [() => undefined, () => ({ body: { data: [] } })];
		// The missing flows are requested one by one.
		expect(summarizeEvents(await trigger.poll())).toEqual([
			`statusChanged ${PUBLISHED}`,
			'metadataChanged 900000000000007',
		]);
		expect(await trigger.poll()).toBeNull();
	});

	test('are not emitted as deleted when the API ignores cursors', async () => {
		mockApi.settings.pageSize = 3;
		const trigger = createTrigger(ALL_EVENTS.slice(0, 5));
		await trigger.poll();
		mockApi.settings.cursors = 'ignored';
		getFlow(PUBLISHED).status = 'BLOCKED';
		getFlow('900000000000007').name = 'Beyond the cut';
		getFlows(WABA).unshift(flow('1'));
		// The flows of the other pages are requested one by one.
		expect(summarizeEvents(await trigger.poll())).toEqual([
			'flowCreated 1',
			`statusChanged ${PUBLISHED}`,
			'metadataChanged 900000000000007',
		]);
		expect(trigger.warnings.join()).toContain('may be incomplete (repeatedPage)');
		mockApi.settings.cursors = 'good';
		getFlows(WABA).push(flow('2'));
		expect(summarizeEvents(await trigger.poll())).toEqual(['flowCreated 2']);
	});

	test('do not hide the changes of the listed flows', async () => {
		Object.assign(mockApi.settings, { pageSize: 3, cursors: 'ignored' });
		const trigger = createTrigger(['statusChanged']);
		await trigger.poll();
		getFlow(DRAFT).status = 'BLOCKED';
		expect(summarizeEvents(await trigger.poll())).toEqual([`statusChanged ${DRAFT}`]);
	});

	test('are not emitted as created when a later list is complete', async () => {
		Object.assign(mockApi.settings, { pageSize: 3, cursors: 'ignored' });
		const trigger = createTrigger(['statusChanged']);
		await trigger.poll();
		mockApi.settings.cursors = 'good';
		const withAdded = createTrigger(['flowCreated', 'statusChanged'], {}, trigger.staticData);
		expect(await withAdded.poll()).toBeNull();
		getFlows(WABA).push(flow('1'));
		expect(summarizeEvents(await withAdded.poll())).toEqual(['flowCreated 1']);
	});

	const pollWithoutDraft = async (scripted: Scripted) => {
		const trigger = createTrigger(ALL_EVENTS.slice(0, 5));
		await trigger.poll();
		deleteFlow(DRAFT);
		getFlow(PUBLISHED).status = 'BLOCKED';
		mockApi.settings.always = ({ target }) => (target.endsWith(`/${DRAFT}`) ? scripted : undefined);
		return { trigger, events: summarizeEvents(await trigger.poll()) };
	};

	test.each<[string, Scripted]>([
		['the error for an unknown flow', errors.noSuchFlow],
		['the error for an invalid payload', errors.incorrectPayload],
		['status 404', { status: 404, body: {} }],
	])('are emitted as deleted when Kaleyra returns %s for them', async (_, scripted) => {
		const { events } = await pollWithoutDraft(scripted);
		expect(events).toEqual([`statusChanged ${PUBLISHED}`, `flowDeleted ${DRAFT}`]);
	});

	test.each<[string, Scripted]>([
		['an internal error', errors.internalFault],
		['an error of the account', errors.wrongAccount],
		['an unknown code', { status: 400, body: { code: 'WA-777', message: 'No' } }],
	])('are kept with a warning when Kaleyra returns %s for them', async (_, scripted) => {
		const { trigger, events } = await pollWithoutDraft(scripted);
		expect(events).toEqual([`statusChanged ${PUBLISHED}`]);
		expect(trigger.warnings.join()).toContain(`Flow ${DRAFT} can't be read: `);
		mockApi.settings.always = undefined;
		expect(summarizeEvents(await trigger.poll())).toEqual([`flowDeleted ${DRAFT}`]);
	});

	test('fail the poll when reading them is rate-limited', async () => {
		const limit = { status: 429, headers: { 'retry-after': '600' } };
		const error = await expectPollError(pollWithoutDraft(limit));
		expect(error.message).toBe('Too many requests');
	});

	test('are compared when a response without an id shows that they exist', async () => {
		const { name } = getFlow(DRAFT);
		const { trigger, events } = await pollWithoutDraft({ body: { name, status: 'BLOCKED' } });
		expect(events).toEqual([`statusChanged ${PUBLISHED}`, `statusChanged ${DRAFT}`]);
		expect(trigger.warnings).toEqual([]);
	});

	test('are kept if their own response is unclear, also when another flow was deleted', async () => {
		const trigger = createTrigger(['flowDeleted']);
		await trigger.poll();
		for (const id of [DRAFT, THROTTLED]) deleteFlow(id);
		mockApi.settings.always = ({ target }) => {
			if (target.endsWith(`/${DRAFT}`)) return errors.wrongAccount;
			return target.endsWith(`/${THROTTLED}`) ? errors.incorrectPayload : undefined;
		};
		expect(summarizeEvents(await trigger.poll())).toEqual([`flowDeleted ${THROTTLED}`]);
	});

	test('are kept when Kaleyra rejects every single flow', async () => {
		mockApi.settings.pageSize = 3;
		const trigger = createTrigger(['flowDeleted']);
		await trigger.poll();
		mockApi.settings.always = ({ target }) => {
			if (/after=/.test(target)) return { body: { data: [] } };
			return /flows$/.test(target) ? undefined : errors.incorrectPayload;
		};
		expect(await trigger.poll()).toBeNull();
	});

	test('are kept when the list is empty and their own response is unclear', async () => {
		const trigger = createTrigger(['flowDeleted']);
		await trigger.poll();
		mockApi.settings.always = ({ target }) =>
			target.endsWith('/flows') ? { body: { data: [] } } : errors.incorrectPayload;
		expect(await trigger.poll()).toBeNull();
		mockApi.settings.always = undefined;
		deleteFlow(DRAFT);
		expect(summarizeEvents(await trigger.poll())).toEqual([`flowDeleted ${DRAFT}`]);
	});

	test('are requested in batches of 20 per poll', async () => {
		const many = Array.from({ length: 30 }, (_, index) => flow(String(1_000 + index)));
		getFlows(WABA).push(...many);
		const trigger = createTrigger(['flowDeleted']);
		await trigger.poll();
		for (const { id } of many) deleteFlow(id);
		mockApi.requests = [];
		expect(await trigger.poll()).toHaveLength(20);
		expect(getRequests()).toHaveLength(2 + 20);
		expect(await trigger.poll()).toHaveLength(10);
		expect(await trigger.poll()).toBeNull();
	});
});

test('A poll of an unknown WABA fails and names the WABA', async () => {
	const trigger = createTrigger(['statusChanged'], { wabaId: '55' });
	await expect(trigger.poll()).rejects.toMatchObject({
		message: 'Kaleyra found no WABA 55 in this account',
	});
});

describe('Poll state', () => {
	test('survives a restart as JSON', async () => {
		const first = createTrigger(['statusChanged']);
		await first.poll();
		getFlow(PUBLISHED).status = 'BLOCKED';
		const restored = JSON.parse(JSON.stringify(first.staticData)) as IDataObject;
		expect(summarizeEvents(await createTrigger(['statusChanged'], {}, restored).poll())).toEqual([
			`statusChanged ${PUBLISHED}`,
		]);
	});

	test('keeps a field that one response omits', async () => {
		const trigger = createTrigger(['statusChanged']);
		await trigger.poll();
		const data = mockApi.flows.map(({ id, name, status }) => ({
			id,
			name,
			...(id !== PUBLISHED && { status }),
		}));
		mockApi.settings.script = [() => ({ body: { data } })];
		expect(await trigger.poll()).toBeNull();
		getFlow(PUBLISHED).status = 'BLOCKED';
		expect(summarizeEvents(await trigger.poll())).toEqual([`statusChanged ${PUBLISHED}`]);
	});

	test('is written only when something has changed', async () => {
		let writes = 0;
		const counting = new Proxy({} as IDataObject, {
			set: (...assignment) => (writes++, Reflect.set(...assignment)),
		});
		const trigger = createTrigger(['statusChanged'], {}, counting);
		await trigger.poll();
		await trigger.poll();
		await trigger.poll();
		expect([writes, trigger.warnings]).toEqual([1, []]);
	});

	test.each<[string, (state: any) => unknown]>([
		['has another version', (state) => ({ ...state, version: 99 })],
		['is truncated', (state) => ({ ...state, flows: state.flows.slice(0, 40) })],
		['is not compressed', (state) => ({ ...state, flows: 'W10=' })],
		['contains other compressed data', (state) => ({ ...state, flows: 'AwA=' })],
		['has no flows', ({ flows, ...state }) => state],
		['does not say whether it is complete', ({ truncated, ...state }) => state],
		// [{"id":1}], deflated.
		['has numeric IDs', (state) => ({ ...state, flows: 'i65WykxRsjKsjQUA' })],
		['is text', () => 'foreign'],
		['is null', () => null],
	])('that %s is replaced without emitting anything', async (_, damage) => {
		const trigger = createTrigger(ALL_EVENTS);
		await trigger.poll();
		getFlow(PUBLISHED).status = 'BLOCKED';
		trigger.staticData['lastPoll'] = damage(trigger.staticData['lastPoll']) as IDataObject;
		expect(await trigger.poll()).toBeNull();
		expect(trigger.warnings.join()).toContain('Stored poll state is unreadable');
		getFlow(PUBLISHED).status = 'THROTTLED';
		expect(summarizeEvents(await trigger.poll())).toContain(`statusChanged ${PUBLISHED}`);
	});

	test('of another WABA is replaced without emitting anything', async () => {
		const trigger = createTrigger(ALL_EVENTS);
		await trigger.poll();
		getFlows(EMPTY_WABA).push(flow('1'));
		const other = createTrigger(ALL_EVENTS, { wabaId: EMPTY_WABA }, trigger.staticData);
		expect(await other.poll()).toBeNull();
		expect(other.warnings).toEqual([]);
		getFlows(EMPTY_WABA).push(flow('2'));
		expect(summarizeEvents(await other.poll())).toEqual(['flowCreated 2']);
	});

	test('is not overwritten by a slower poll that started earlier', async () => {
		const trigger = createTrigger(['statusChanged']);
		await trigger.poll();
		mockApi.requests = [];
		const release = holdResponses();
		const slow = trigger.poll();
		await waitForRequests(1);
		mockApi.settings.always = undefined;
		getFlow(PUBLISHED).status = 'BLOCKED';
		expect(summarizeEvents(await trigger.poll())).toEqual([`statusChanged ${PUBLISHED}`]);
		expect(trigger.warnings).toEqual([]);
		release();
		expect(await slow).toBeNull();
		expect(trigger.warnings.join()).toContain('an overlapping poll has already saved');
		expect(await trigger.poll()).toBeNull();
	});

	test('is used once, also if n8n provides it to several polls at once', async () => {
		const { staticData, poll } = createTrigger(['statusChanged']);
		await poll();
		const copies = [1, 2].map(() =>
			createTrigger(['statusChanged'], {}, structuredClone(staticData)),
		);
		getFlow(PUBLISHED).status = 'BLOCKED';
		const events = [];
		for (const copy of copies) events.push(...summarizeEvents(await copy.poll()));
		expect(events).toEqual([`statusChanged ${PUBLISHED}`]);
		expect(copies[1]!.warnings.join()).toContain('an overlapping poll has already saved');
	});

	test('is not affected by another trigger that watches the same flows', async () => {
		const triggers = ['one', 'two'].map((id) =>
			harness.poller('kaleyraFlowsTrigger', { events: ['statusChanged'] }, {}, id),
		);
		for (const { poll } of triggers) await poll();
		getFlow(PUBLISHED).status = 'BLOCKED';
		for (const { poll } of triggers) {
			expect(summarizeEvents(await poll())).toEqual([`statusChanged ${PUBLISHED}`]);
		}
	});

	test('is used again a minute later if n8n failed to store the newer one', async () => {
		const { staticData, poll } = createTrigger(['statusChanged']);
		await poll();
		getFlow(PUBLISHED).status = 'BLOCKED';
		await createTrigger(['statusChanged'], {}, structuredClone(staticData)).poll();
		vi.useFakeTimers({ toFake: ['Date'] });
		vi.setSystemTime(Date.now() + 60_000);
		expect(summarizeEvents(await poll())).toEqual([`statusChanged ${PUBLISHED}`]);
	});

	test('is used again when the flows return to it', async () => {
		const trigger = createTrigger(['statusChanged']);
		await trigger.poll();
		for (const status of ['BLOCKED', 'PUBLISHED', 'BLOCKED'] as const) {
			getFlow(PUBLISHED).status = status;
			expect(summarizeEvents(await trigger.poll())).toEqual([`statusChanged ${PUBLISHED}`]);
		}
	});

	test('stays valid when the watched events and flows change', async () => {
		const trigger = createTrigger(['statusChanged'], { flowIds: [DRAFT] });
		await trigger.poll();
		getFlow(PUBLISHED).name = 'New';
		const changed = createTrigger(['metadataChanged'], {}, trigger.staticData);
		expect(summarizeEvents(await changed.poll())).toEqual([`metadataChanged ${PUBLISHED}`]);
	});
});

describe('Fetch Test Event', () => {
	test.each([
		['validationErrorsChanged', '900000000000003'],
		['healthChanged', '900000000000004'],
	])('shows a flow that has what %s is about', async (event, id) => {
		const [item] = (await createTrigger([event]).poll('manual'))!;
		expect(item).toMatchObject({ event, flow: { id } });
	});

	test('shows another flow when none has what the event is about', async () => {
		getFlow('900000000000003').validation_errors = [];
		const items = await createTrigger(['validationErrorsChanged']).poll('manual');
		expect(items).toMatchObject([{ flow: { id: DRAFT } }]);
	});

	test('returns a real flow for each selected event and stores nothing', async () => {
		const trigger = createTrigger(ALL_EVENTS);
		const items = await trigger.poll('manual');
		expect(items!.map(({ event }) => event)).toEqual(ALL_EVENTS);
		for (const { flow: returned } of items!) {
			const { id, name, status } = returned as unknown as Flow;
			expect(getFlow(id)).toMatchObject({ name, status });
		}
		expect(items![2]).toMatchObject({
			flow: { name: 'Sign up for the newsletter', status: 'DRAFT' },
			detected_at: expect.any(String),
		});
		expect(items![2]!['previous']).toEqual({ status: 'DRAFT' });
		expect(items![5]).toMatchObject({
			previous: { health_status: { entities: expect.any(Array) } },
		});
		expect(trigger.staticData).toEqual({});
	});

	test('returns only selected flows', async () => {
		const items = await createTrigger(['flowCreated', 'statusChanged'], {
			flowIds: [PUBLISHED],
		}).poll('manual');
		expect(summarizeEvents(items)).toEqual([
			`flowCreated ${PUBLISHED}`,
			`statusChanged ${PUBLISHED}`,
		]);
	});

	test('requests each flow once', async () => {
		const trigger = createTrigger(ALL_EVENTS, { flowIds: [PUBLISHED] });
		await trigger.poll('manual');
		expect(getRequests().filter((line) => line.includes(PUBLISHED))).toHaveLength(1);
	});

	test('fails with the ID of a selected flow that does not exist', async () => {
		const trigger = createTrigger(['statusChanged'], { flowIds: [PUBLISHED, '123'] });
		expect((await expectPollError(trigger.poll('manual'))).message).toBe(
			`WABA ${WABA} has no flow 123`,
		);
	});

	test('returns the other flows if a name filter or a longer list may hide a selected flow', async () => {
		const flowIds = [PUBLISHED, DRAFT];
		const filters = { name: 'survey' };
		const filtered = await createTrigger(['flowCreated'], { flowIds, filters }).poll('manual');
		expect(summarizeEvents(filtered)).toEqual([`flowCreated ${PUBLISHED}`]);
		Object.assign(mockApi.settings, { pageSize: 3, cursors: 'ignored' });
		const selected = [PUBLISHED, '900000000000007'];
		const incomplete = await createTrigger(['flowCreated'], { flowIds: selected }).poll('manual');
		expect(summarizeEvents(incomplete)).toEqual([`flowCreated ${PUBLISHED}`]);
	});

	test('fails with at most five IDs of selected flows that do not exist', async () => {
		const trigger = createTrigger(['statusChanged'], { flowIds: ['1', '2', '3', '4', '5', '6'] });
		expect((await expectPollError(trigger.poll('manual'))).message).toBe(
			`WABA ${WABA} has no flow 1, 2, 3, 4, 5`,
		);
	});

	test('prefers a flow that matches the filters', async () => {
		const filters = { statusTo: ['BLOCKED'] };
		const [item] = (await createTrigger(['statusChanged'], { filters }).poll('manual'))!;
		expect(item).toMatchObject({ flow: { status: 'BLOCKED' } });
		getFlow('900000000000005').status = 'PUBLISHED';
		expect(await createTrigger(['statusChanged'], { filters }).poll('manual')).toHaveLength(1);
	});

	test('does not change the poll state of an active workflow', async () => {
		const trigger = createTrigger(['statusChanged']);
		await trigger.poll();
		getFlow(PUBLISHED).status = 'BLOCKED';
		await trigger.poll('manual');
		expect(summarizeEvents(await trigger.poll())).toEqual([`statusChanged ${PUBLISHED}`]);
	});

	test('fails when there is no flow to return', async () => {
		const { message } = await expectPollError(
			createTrigger(['flowCreated'], { wabaId: EMPTY_WABA }).poll('manual'),
		);
		expect(message).toBe(`WABA ${EMPTY_WABA} has no flow for a test event`);
	});
});

test('Flow Names or IDs lists the flows of all pages of the WABA', async () => {
	mockApi.settings.pageSize = 3;
	const options = await harness.loadOptions('kaleyraFlowsTrigger', 'listFlows', { wabaId: WABA });
	expect(options).toHaveLength(getFlows(WABA).length);
	expect(options[1]).toMatchObject({
		name: 'Customer survey',
		value: PUBLISHED,
		description: 'PUBLISHED',
	});
});

describe('Invalid parameters', () => {
	test.each<[string, IDataObject, RegExp, RegExp]>([
		['no event', { events: [] }, /^'Events' is empty$/, /at least one event/],
		[
			'an event that does not exist',
			{ events: ['flowExploded'] },
			/^'Events' contains an unknown event: "flowExploded"$/,
			/flowCreated, flowDeleted, healthChanged/,
		],
		[
			'an event that is a number',
			{ events: [7] },
			/^'Events' must contain only names/,
			/such as flowCreated,statusChanged/,
		],
		[
			'a flow ID with letters',
			{ events: ['flowCreated'], flowIds: ['flow-1'] },
			/must contain only digits/,
			/such as 822625023859371/,
		],
		[
			'an incomplete list of flow IDs',
			{ events: ['flowCreated'], flowIds: '[1, 2' },
			/^'Flow Names or IDs' starts with \[/,
			/such as 822625023859371,822625023859372/,
		],
		[
			'a status that is a number',
			{ events: ['statusChanged'], filters: { statusFrom: [7] } },
			/^'Status Changed From' must contain only names/,
			/such as BLOCKED,THROTTLED/,
		],
		[
			'a rounded flow ID',
			{ events: ['flowCreated'], flowIds: [1e21] },
			/safe integer range/,
			/as a string/,
		],
		[
			'a WABA ID with letters',
			{ events: ['flowCreated'], wabaId: 'mine' },
			/^'WABA ID' must contain only digits/,
			/such as 102290129340398/,
		],
	])('fail without a request (%s)', async (_, parameters, message, description) => {
		const error = await expectPollError(harness.poller('kaleyraFlowsTrigger', parameters).poll());
		expect(error.message).toMatch(message);
		expect(error).toMatchObject(withFailure('configuration-invalid'));
		expect(error.description).toMatch(description);
		expect(getRequests()).toEqual([]);
	});
});

describe('The poll', () => {
	test('fails when a selected flow is not in the WABA', async () => {
		const trigger = createTrigger(['statusChanged'], { flowIds: [PUBLISHED, '123'] });
		expect((await expectPollError(trigger.poll())).message).toBe(`WABA ${WABA} has no flow 123`);
		expect(trigger.staticData).toEqual({});
	});

	test('continues when a selected flow is deleted later', async () => {
		const trigger = createTrigger(['flowDeleted', 'statusChanged'], {
			flowIds: [PUBLISHED, DRAFT],
		});
		await trigger.poll();
		deleteFlow(DRAFT);
		expect(summarizeEvents(await trigger.poll())).toEqual([`flowDeleted ${DRAFT}`]);
		expect(await trigger.poll()).toBeNull();
	});

	test.each([
		['statusChanged', 'status', 'Status Changed'],
		['validationErrorsChanged', 'validation_errors', 'Validation Errors Changed'],
	])('fails for %s when no flow has the field', async (event, field, name) => {
		mockApi.settings.always = () => ({ body: { data: [{ id: '1', name: 'Only a name' }] } });
		expect(await expectPollError(createTrigger([event]).poll())).toMatchObject({
			message: `Can't detect '${name}': Kaleyra didn't return '${field}' for any flow`,
			description: `Remove '${name}' from 'Events'.`,
			...withFailure('configuration-invalid'),
		});
	});

	test.each<[string, Scripted]>([
		['returns no health', { body: { id: PUBLISHED } }],
		['rejects the field', errors.incorrectPayload],
	])('fails for healthChanged when Kaleyra %s', async (_, scripted) => {
		mockApi.settings.always = ({ target }) => (target.includes('?fields=') ? scripted : undefined);
		const { message } = await expectPollError(createTrigger(['healthChanged']).poll());
		expect(message).toContain("Kaleyra didn't return 'health_status' for any flow");
	});

	test('does not fail when a server error hides the health of the only selected flow', async () => {
		const trigger = createTrigger(['healthChanged'], { flowIds: [PUBLISHED] });
		mockApi.settings.always = ({ target }) =>
			target.includes('?fields=') ? { status: 500 } : undefined;
		expect(await trigger.poll()).toBeNull();
	});

	test('detects validation errors under the name of the page’s text', async () => {
		const trigger = createTrigger(['validationErrorsChanged']);
		const respondWith = (validation_error: unknown) => {
			mockApi.settings.always = ({ target }) => ({
				body: { data: target.includes('after=') ? [] : [{ id: DRAFT, validation_error }] },
			});
		};
		respondWith([]);
		await trigger.poll();
		respondWith(VALIDATION_ERROR);
		expect(summarizeEvents(await trigger.poll())).toEqual([`validationErrorsChanged ${DRAFT}`]);
	});

	test('emits the other changes when the health of one flow cannot be read', async () => {
		const trigger = createTrigger(['healthChanged', 'statusChanged']);
		await trigger.poll();
		mockApi.settings.always = ({ target }) =>
			target.includes(`/${PUBLISHED}?`) ? { status: 500 } : undefined;
		getFlow(THROTTLED).status = 'BLOCKED';
		expect(summarizeEvents(await trigger.poll())).toEqual([
			`statusChanged ${THROTTLED}`,
			`healthChanged ${THROTTLED}`,
		]);
		mockApi.settings.always = undefined;
		expect(await trigger.poll()).toBeNull();
	});

	test('accepts a list without categories for metadataChanged', async () => {
		const data = mockApi.flows.map(({ id, name }) => ({ id, name }));
		mockApi.settings.always = ({ target }) => ({
			body: { data: target.includes('after=') ? [] : data },
		});
		expect(await createTrigger(['metadataChanged']).poll()).toBeNull();
	});

	test('fails for flowCreated when the list is incomplete', async () => {
		Object.assign(mockApi.settings, { pageSize: 3, cursors: 'ignored' });
		expect(await expectPollError(createTrigger(['flowCreated']).poll())).toMatchObject({
			message: expect.stringContaining("Can't detect 'Flow Created'"),
			...withFailure('configuration-invalid'),
		});
	});
});
