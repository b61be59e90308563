import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { flow, VALIDATION_ERROR } from '../../mock-api/eightByEight/accounts.mts';
import { internalFault, invalidParameter, notFound } from '../../mock-api/eightByEight/errors.mts';
import type { Recorded } from '../../mock-api/MockServer.mts';
import type { Scripted } from '../../mock-api/faults.mts';
import {
	CHANNEL,
	DEPRECATED,
	DRAFT,
	FAULTY,
	flowOf,
	jsonOf,
	NO_SUCH,
	PUBLISHED,
	run,
	runOn,
	mockApi,
	sent,
	setUp,
	writes,
} from './setup.mts';

setUp();

const LOOK = `GET /flows/${DRAFT}`;
/** Without the check, and tried again at once or not at all. */
const BLIND = { validateBeforePublishing: false, maxRetries: 0 };
const RETRY = { validateBeforePublishing: false, maxRetries: 1 };
const onlyWrites = (scripted: Scripted) => (request: Recorded) =>
	request.method === 'GET' ? undefined : scripted;

describe('Publish with Validate Before Publishing', () => {
	test('looks at the flow, then publishes it', async () => {
		await runOn('publish', DRAFT);
		expect(sent()).toEqual([LOOK, `POST /flows/${DRAFT}/publish`]);
	});

	test('sends nothing where the flow is published already', async () => {
		const { main } = await runOn('publish', PUBLISHED);
		expect(jsonOf(main)).toEqual([{ id: PUBLISHED, success: true, already_published: true }]);
		expect(writes()).toEqual([]);
	});

	test('refuses a deprecated flow in words', async () => {
		const { error } = await runOn('publish', DEPRECATED);
		expect(error?.message).toBe(`Flow ${DEPRECATED} is DEPRECATED and was not published`);
		expect(error?.description).toContain('Clone Flow ID');
		expect(writes()).toEqual([]);
	});

	test('lists what is wrong with the flow JSON, by line and path', async () => {
		const { error } = await runOn('publish', FAULTY);
		expect(error?.message).toBe(`Flow ${FAULTY} has 1 validation error and was not published`);
		expect(error?.description).toContain(
			"Invalid value found for property 'type' (line 1, screens[0].layout.children[0].children[0].type)",
		);
		expect(writes()).toEqual([]);
	});

	test('lists ten validation errors, and how many more there are', async () => {
		flowOf(DRAFT)!.validationErrors = Array.from({ length: 12 }, (_, n) => ({
			...VALIDATION_ERROR,
			message: `Fault ${n}.`,
		}));
		const { error } = await runOn('publish', DRAFT);
		expect(error?.description).toMatch(/^Fault 0 .*Fault 9 .*; and 2 more\./);
	});

	test('goes on with a status that no page names', async () => {
		mockApi.settings.script = [() => ({ body: { flowId: DRAFT, status: 'IN_REVIEW' } })];
		expect(jsonOf((await runOn('publish', DRAFT)).main)).toEqual([{ id: DRAFT, success: true }]);
	});

	test('stops where the flow cannot be read', async () => {
		const { error } = await runOn('publish', NO_SUCH);
		expect(error?.message).toBe('Not found');
		expect(writes()).toEqual([]);
	});
});

describe.each<[string, string, string, string, IDataObject, () => unknown]>([
	[
		'publish',
		DRAFT,
		`POST /flows/${DRAFT}/publish`,
		'DRAFT',
		{ success: true },
		() => flowOf(DRAFT)?.status === 'PUBLISHED',
	],
	[
		'deprecate',
		PUBLISHED,
		`POST /flows/${PUBLISHED}/deprecate`,
		'PUBLISHED',
		{ success: true },
		() => flowOf(PUBLISHED)?.status === 'DEPRECATED',
	],
	[
		'delete',
		DRAFT,
		`DELETE /flows/${DRAFT}`,
		'DRAFT',
		{ deleted: true },
		() => flowOf(DRAFT) === undefined,
	],
])('%s of %s with an outcome that is not known', (operation, id, line, before, said, isDone) => {
	const look = `GET /flows/${id}`;
	const go = async (options: IDataObject) => await runOn(operation, id, { options });
	/** Delete looks before, because "not found" must mean "gone". */
	const check = operation === 'delete' ? [look] : [];
	const script = (...answers: (() => Scripted)[]) =>
		(mockApi.settings.script = [...check.map(() => () => undefined), ...answers]);

	test.each<[string, Scripted, IDataObject]>([
		['the connection broke after it', { fault: 'reset', applyFirst: true }, BLIND],
		['no answer came', { fault: 'silence', applyFirst: true }, { ...BLIND, timeout: 1 }],
		['a gateway gave up', { status: 504, body: '<html>', applyFirst: true }, BLIND],
		['the answer was a web page', { body: '<html>', applyFirst: true }, BLIND],
		['8x8 had a fault', { ...internalFault, applyFirst: true }, BLIND],
	])('is done where a look shows it: %s', async (_, scripted, options) => {
		script(() => scripted);
		const { main, error } = await go(options);
		expect(error).toBeUndefined();
		expect(jsonOf(main)).toEqual([{ id, ...said, confirmed_by_status: true }]);
		expect(sent()).toEqual([...check, line, look]);
	});

	test.each<[string, Scripted, IDataObject]>([
		['the connection broke before it', { fault: 'reset' }, RETRY],
		['no answer came', { fault: 'silence' }, { ...RETRY, timeout: 1 }],
		['8x8 had a fault', internalFault, RETRY],
	])('is sent again where a look shows the flow untouched: %s', async (_, scripted, options) => {
		script(() => scripted);
		const { main } = await go(options);
		expect(jsonOf(main)).toEqual([{ id, ...said }]);
		expect(sent()).toEqual([...check, line, look, line]);
		expect(isDone()).toBe(true);
	});

	test('is sent no more than Max Retries says, and then told with the status', async () => {
		mockApi.settings.always = onlyWrites({ status: 503, body: '' });
		const { error } = await go(RETRY);
		expect(sent()).toEqual([...check, line, look, line, look]);
		expect(error?.description).toMatch(
			new RegExp(`^The flow's status is ${before}\\. It's unknown`),
		);
		expect(error?.httpCode).toBe('503');
		expect(error?.description).not.toContain('Run it again');
	});

	test('is not known, and says so, where the flow cannot be read either', async () => {
		let checks = check.length;
		mockApi.settings.always = () => (checks-- > 0 ? undefined : { fault: 'reset' });
		const { error } = await go(BLIND);
		expect(error?.description).toMatch(
			/^It's unknown whether the flow was \w+, and it could not be read \(The connection broke\)/,
		);
		expect(writes()).toEqual([line]);
	});

	test('is sent once only where the flow turns out to be something else', async () => {
		mockApi.settings.always = ({ method }) =>
			method === 'GET' ? { body: { flowId: id, status: 'IN_REVIEW' } } : { status: 504 };
		const { error } = await go({ validateBeforePublishing: false });
		expect(writes()).toEqual([line]);
		expect(error?.description).toContain("The flow's status is IN_REVIEW.");
	});

	test('is sent again after too many requests, because that one had no effect', async () => {
		script(() => ({ status: 429, headers: { 'retry-after': '0' } }));
		expect(jsonOf((await go(RETRY)).main)).toEqual([{ id, ...said }]);
		expect(sent()).toEqual([...check, line, line]);
	});

	test('is done where the second try is refused because the first one had worked', async () => {
		script(
			() => ({ fault: 'reset', applyFirst: true }),
			() => ({ body: { flowId: id, status: before } }),
		);
		const { main } = await go(RETRY);
		expect(jsonOf(main)).toEqual([{ id, ...said, confirmed_by_status: true }]);
		expect(sent()).toEqual([...check, line, look, line, look]);
	});

	test('is refused once where 8x8 refuses it', async () => {
		mockApi.settings.always = onlyWrites(invalidParameter);
		const { error } = await go(RETRY);
		expect(error?.message).toBe('Invalid parameter');
		expect(sent()).toEqual([...check, line]);
	});

	test('is told with the doubt where what it looks at lags behind', async () => {
		script(
			() => ({ fault: 'reset', applyFirst: true }),
			() => ({ body: { flowId: id, status: before } }),
			() => invalidParameter,
			() => ({ body: { flowId: id, status: before } }),
		);
		const { error } = await go(RETRY);
		expect(error?.message).toBe('Invalid parameter');
		expect(error?.description).toMatch(
			new RegExp(`^The flow's status is ${before}\\. It's unknown`),
		);
	});

	test.each<[string, unknown]>([
		['says that something is up', { status: 'up' }],
		['is another object with an ID', { id: 'req-123', status: 'failed' }],
		['is the flow with its old status', { id, name: 'A', status: before }],
		['is the flow with validation errors only', { id, validationErrors: [VALIDATION_ERROR] }],
	])('is no success where a 200 %s', async (_, body) => {
		mockApi.settings.always = onlyWrites({ status: 200, body });
		const { error } = await go(BLIND);
		expect(error?.description).toMatch(
			new RegExp(`^The flow's status is ${before}\\. It's unknown`),
		);
		expect(error?.description).not.toContain('Run it again');
	});
});

describe('Delete in doubt', () => {
	test.each<[string, Scripted]>([
		['a gateway’s page', { status: 404, body: '<html>Not Found</html>' }],
		['a gateway’s JSON', { status: 404, body: { code: 404, message: 'no route' } }],
		['a word about access', { status: 404, body: { code: 1201, errorId: 'x', timestamp: '' } }],
	])('does not take %s under 404 for a deleted flow', async (_, scripted) => {
		mockApi.settings.script = [() => undefined, () => ({ status: 504 }), () => scripted];
		const { error } = await runOn('delete', DRAFT, { options: BLIND });
		expect(error?.description).toMatch(
			/^It's unknown whether the flow was deleted, and it could not be read/,
		);
		expect(writes()).toHaveLength(1);
	});

	test.each([
		['code 1300 under 400', { ...notFound, status: 400 }],
		['another code under 404', { status: 404, body: { code: 1008, errorId: 'x', timestamp: '' } }],
	])('takes %s for a deleted flow', async (_, scripted) => {
		mockApi.settings.script = [() => undefined, () => ({ status: 504 }), () => scripted];
		const { main } = await runOn('delete', DRAFT, { options: RETRY });
		expect(jsonOf(main)).toEqual([{ id: DRAFT, deleted: true, confirmed_by_status: true }]);
	});
});

describe('Delete', () => {
	test('tells a flow that is in another channel, and sends nothing', async () => {
		const { error } = await runOn('delete', DRAFT, { channelId: 'another' });
		expect(error?.message).toBe('Not found');
		expect(writes()).toEqual([]);
	});

	test.each([PUBLISHED, DEPRECATED])('refuses %s, which is no draft, in words', async (id) => {
		const { error } = await runOn('delete', id);
		expect(error?.message).toMatch(/^Flow \d+ is (PUBLISHED|DEPRECATED) and was not deleted$/);
		expect(writes()).toEqual([]);
	});
});

describe('Create', () => {
	const NEW = { name: 'New', categories: ['OTHER'] };
	const named = () => mockApi.flows.filter(({ name }) => name === 'New');

	test.each<[string, Scripted, IDataObject]>([
		['the connection broke', { fault: 'reset' }, {}],
		['no answer came', { fault: 'silence' }, { timeout: 1 }],
		['8x8 had a fault', internalFault, {}],
		['the answer was a web page', { body: '<html>' }, {}],
		['the answer was empty', { body: '' }, {}],
		['the answer was cut off', { fault: 'truncated' }, {}],
	])('is never sent again, and says what the list shows: %s', async (_, scripted, options) => {
		for (const applyFirst of [true, false]) {
			mockApi.reset();
			mockApi.settings.script = [() => ({ ...scripted, applyFirst })];
			const { error } = await run('create', { ...NEW, options });
			expect(sent()).toEqual(['POST /flows', 'GET /flows?limit=1000']);
			expect(named()).toHaveLength(applyFirst ? 1 : 0);
			expect(error?.description).toMatch(
				applyFirst
					? /^It's unknown whether the flow was created\. There is a flow "New" in the channel, \d+ \(DRAFT\): most likely this one\./
					: /^It's unknown whether the flow was created\. There is no flow "New" in the channel: most likely it was not\./,
			);
		}
	});

	test('says how far it looked where the list is as long as lists get', async () => {
		const many = Array.from({ length: 1_000 }, (_, index) => flow(String(index + 1)));
		mockApi.account.channels.set(CHANNEL, many);
		mockApi.settings.script = [() => ({ fault: 'reset' })];
		const { error } = await run('create', NEW);
		expect(error?.description).toContain('in the channel among the first 1000: most likely');
	});

	test('says that the list could not be read either', async () => {
		mockApi.settings.always = () => ({ status: 502 });
		const { error } = await run('create', { ...NEW, options: { maxRetries: 0 } });
		expect(error?.description).toMatch(/the list could not be read .* Look for "New" in the list/);
		expect(writes()).toEqual(['POST /flows']);
	});

	test('is sent again where the first one never counted', async () => {
		mockApi.settings.script = [() => ({ status: 429, headers: { 'retry-after': '0' } })];
		expect((await run('create', NEW)).main).toHaveLength(1);
		expect(named()).toHaveLength(1);
	});

	test('names the flow of an answer that says "no success" and names one', async () => {
		const validationErrors = [VALIDATION_ERROR];
		mockApi.settings.script = [() => ({ body: { id: '7', success: false, validationErrors } })];
		const { error } = await run('create', NEW);
		expect(error?.message).toBe(VALIDATION_ERROR.message);
		expect(error?.description).toMatch(/^8x8 names flow 7 in its answer/);
		expect(sent()).toEqual(['POST /flows']);
	});

	test('of a name that is taken is told as 8x8 does, once', async () => {
		const { error } = await run('create', { ...NEW, name: 'Delivery survey' });
		expect(error?.message).toBe('Invalid parameter');
		expect(sent()).toEqual(['POST /flows']);
	});
});

describe('Update', () => {
	const NAME = { updateFields: { name: 'Other' } };

	test.each<[string, Scripted]>([
		['an internal error', internalFault],
		['a broken connection', { fault: 'reset' }],
		['a broken connection after it worked', { fault: 'reset', applyFirst: true }],
	])('is sent again after %s, because that does no harm', async (_, scripted) => {
		mockApi.settings.script = [() => scripted];
		const { main } = await runOn('update', DRAFT, NAME);
		expect(jsonOf(main)).toEqual([{ id: DRAFT, success: true }]);
		expect(writes()).toEqual([`PUT /flows/${DRAFT}`, `PUT /flows/${DRAFT}`]);
	});

	test('that publishes is sent once only', async () => {
		mockApi.settings.script = [() => ({ fault: 'reset', applyFirst: true })];
		const { error } = await runOn('update', DRAFT, { updateFields: { publish: true } });
		expect(error?.description).toMatch(/^It's unknown whether the flow was changed/);
		expect(writes()).toHaveLength(1);
	});

	test('in doubt says that sending it again does no harm', async () => {
		mockApi.settings.always = () => ({ status: 502 });
		const { error } = await runOn('update', DRAFT, { ...NAME, options: { maxRetries: 0 } });
		expect(error?.description).toMatch(/^The update may have been applied/);
	});
});

describe('Several items', () => {
	test('are written one after the other, and a failed one stops those behind it', async () => {
		const items = [{ id: DRAFT }, { id: NO_SUCH }, { id: PUBLISHED }];
		const { error } = await runOn('delete', '={{ $json.id }}', {}, { items });
		expect(error?.description).toContain(
			'Already changed: item 0 (counted from 0). Not started: 1 more.',
		);
		expect(writes()).toEqual([`DELETE /flows/${DRAFT}`]);
		expect(Math.max(...mockApi.requests.map(({ inFlight }) => inFlight))).toBe(1);
	});

	test('are read ten at once', async () => {
		mockApi.settings.delay = 50;
		const items = Array.from({ length: 30 }, (_, index) => ({ id: String(index) }));
		await runOn('get', '={{ $json.id }}', {}, { items, onError: 'continueRegularOutput' });
		expect(Math.max(...mockApi.requests.map(({ inFlight }) => inFlight))).toBe(10);
	});

	test('that fail take their place as an error, with 8x8’s whole answer', async () => {
		const items = [{ id: DRAFT }, { id: NO_SUCH }, { id: PUBLISHED }];
		const { main } = await runOn(
			'get',
			'={{ $json.id }}',
			{},
			{ items, onError: 'continueRegularOutput' },
		);
		expect(main.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(main[1]?.json).toEqual({
			error: 'Not found',
			details: {
				description: expect.stringContaining('Check the flow ID and the channel ID'),
				httpCode: '404',
				response: notFound.body,
			},
		});
	});
});
