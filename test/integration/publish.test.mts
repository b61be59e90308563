import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { VALIDATION_ERROR } from '../mock-api/accounts.mts';
import { incorrectPayload } from '../mock-api/errors.mts';
import type { Recorded, Scripted } from '../mock-api/KaleyraMock.mts';
import {
	DRAFT,
	FAULTY,
	jsonOf,
	NO_SUCH,
	posts,
	publish,
	PUBLISHED,
	mockApi,
	sent,
	setUp,
	closedOrigin,
	harness,
} from './setup.mts';

setUp();

const POST = `POST /${DRAFT}/publish`;
const LOOK = `GET /${DRAFT}`;
/** Without the check, and tried again at once or not at all. */
const BLIND = { validateBeforePublishing: false, maxRetries: 0 };
const RETRY = { validateBeforePublishing: false, maxRetries: 1 };
const statusOf = (id: string) => mockApi.flows.find((flow) => flow.id === id)?.status;
const onlyPosts = (scripted: Scripted) => (request: Recorded) =>
	request.method === 'POST' ? scripted : undefined;

describe('Publish', () => {
	test('publishes a clean draft after a look at it', async () => {
		const { main } = await publish(DRAFT);
		expect(jsonOf(main)).toEqual([{ id: DRAFT, success: true }]);
		expect(sent()).toEqual([LOOK, POST]);
		expect(statusOf(DRAFT)).toBe('PUBLISHED');
	});

	test('sends at once without Validate Before Publishing', async () => {
		const { main } = await publish(DRAFT, { validateBeforePublishing: false });
		expect(jsonOf(main)).toEqual([{ id: DRAFT, success: true }]);
		expect(sent()).toEqual([POST]);
	});

	test('is done where the flow is published already, without sending', async () => {
		const { main } = await publish(PUBLISHED);
		expect(jsonOf(main)).toEqual([{ id: PUBLISHED, success: true, already_published: true }]);
		expect(posts()).toEqual([]);
	});

	test('lists what is wrong with the flow JSON, by line and path, without sending', async () => {
		const { error } = await publish(FAULTY);
		expect(error?.message).toBe(`Flow ${FAULTY} has 1 validation error and was not published`);
		expect(error?.description).toContain(
			"Invalid value found for property 'type' (line 10, screens[0].layout.children[0].type)",
		);
		expect(posts()).toEqual([]);
	});

	test('lists ten validation errors, and how many more there are', async () => {
		const flow = mockApi.flows[0]!;
		flow.validation_errors = Array.from({ length: 12 }, (_, n) => ({
			...VALIDATION_ERROR,
			message: `Fault ${n}.`,
			pointers: [],
		}));
		const { error } = await publish(DRAFT);
		expect(error?.message).toContain('12 validation errors');
		expect(error?.description).toMatch(/Fault 0 \(line 10\); .*Fault 9 \(line 10\); and 2 more\./);
		expect(error?.description).not.toContain('Fault 10');
	});

	test('lists validation errors that name neither message nor place', async () => {
		mockApi.flows[0]!.validation_errors = [{ error: 'UNKNOWN_FAULT' }, {}];
		const { error } = await publish(DRAFT);
		expect(error?.description).toMatch(/^UNKNOWN_FAULT; Not said what\. /);
	});

	test.each([
		['900000000000004', 'THROTTLED', /endpoint is unhealthy. Fix the endpoint/],
		['900000000000005', 'BLOCKED', /endpoint is unhealthy. Fix the endpoint/],
		['900000000000006', 'DEPRECATED', /Clone it/],
	])('refuses flow %s in words, because it is %s', async (id, status, words) => {
		const { error } = await publish(id);
		expect(error?.message).toBe(`Flow ${id} is ${status} and was not published`);
		expect(error?.description).toMatch(words);
		expect(posts()).toEqual([]);
	});

	test('goes on with a status that no page names', async () => {
		mockApi.settings.script = [() => ({ body: { id: DRAFT, status: 'IN_REVIEW' } })];
		expect(jsonOf((await publish(DRAFT)).main)).toEqual([{ id: DRAFT, success: true }]);
	});

	test('without the check tells Kaleyra’s own refusal of a faulty flow, and sends once', async () => {
		const { error } = await publish(FAULTY, { validateBeforePublishing: false });
		expect(error?.message).toBe('Refer to correct payload format');
		expect(error?.description).toContain('Only a draft can be published');
		expect(sent()).toEqual([`POST /${FAULTY}/publish`]);
	});

	test('of a flow that is not there is sent once, though that is said with HTTP 500', async () => {
		const { error } = await publish(NO_SUCH, { validateBeforePublishing: false });
		expect(error?.message).toBe(
			'The flow_id either does not exist or does not belong to the account.',
		);
		expect(error?.description).toContain('Check the flow ID');
		expect(sent()).toEqual([`POST /${NO_SUCH}/publish`]);
	});

	test('to an account that is not enabled says whom to ask, and is sent once', async () => {
		mockApi.account.enabled = false;
		const { error } = await publish(DRAFT, { validateBeforePublishing: false });
		expect(error?.message).toMatch(/^API is not available for given customer/);
		expect(error?.description).toContain('Ask Kaleyra support');
		expect(sent()).toEqual([POST]);
	});

	test('answered with success: false is no success', async () => {
		mockApi.settings.script = [() => ({ body: { success: false } })];
		const { error } = await publish(DRAFT, BLIND);
		expect(error?.message).toBe('The request was refused');
		expect(sent()).toEqual([POST]);
	});
});

describe('Publish with an outcome that is not known', () => {
	const APPLIED: [string, Scripted, IDataObject][] = [
		['the connection broke after it', { fault: 'reset', applyFirst: true }, BLIND],
		['no answer came', { fault: 'silence', applyFirst: true }, { ...BLIND, timeout: 1 }],
		['a gateway gave up', { status: 504, body: '<html>', applyFirst: true }, BLIND],
		['the answer was a web page', { body: '<html>', applyFirst: true }, BLIND],
		['the answer was empty', { body: '', applyFirst: true }, BLIND],
	];
	test.each(APPLIED)('is done where the status shows it: %s', async (_, scripted, options) => {
		mockApi.settings.script = [() => scripted];
		const { main, error } = await publish(DRAFT, options);
		expect(error).toBeUndefined();
		expect(jsonOf(main)).toEqual([{ id: DRAFT, success: true, confirmed_by_status: true }]);
		expect(sent()).toEqual([POST, LOOK]);
	});

	const WITHOUT_EFFECT: [string, Scripted, IDataObject][] = [
		['the connection broke before it', { fault: 'reset' }, RETRY],
		['no answer came', { fault: 'silence' }, { ...RETRY, timeout: 1 }],
		[
			'Kaleyra had an internal error',
			{
				status: 500,
				body: {
					code: 'WA-500',
					message: 'Please try again later',
					data: {},
					error: { error: 'Internal server error' },
				},
			},
			RETRY,
		],
	];
	test.each(WITHOUT_EFFECT)(
		'is tried again where the status shows a draft: %s',
		async (_, scripted, options) => {
			mockApi.settings.script = [() => scripted];
			const { main } = await publish(DRAFT, options);
			expect(jsonOf(main)).toEqual([{ id: DRAFT, success: true }]);
			expect(sent()).toEqual([POST, LOOK, POST]);
		},
	);

	test('is sent no more than Max Retries says, and then told with the status', async () => {
		mockApi.settings.always = onlyPosts({ status: 503, body: '' });
		const { error } = await publish(DRAFT, RETRY);
		expect(sent()).toEqual([POST, LOOK, POST, LOOK]);
		expect(error?.description).toMatch(
			/^Its status is DRAFT\. It is not known whether this publish took effect/,
		);
		expect(error?.httpCode).toBe('503');
	});

	test('is not known, and says so, where the status cannot be read either', async () => {
		mockApi.settings.always = () => ({ fault: 'reset' });
		const { error } = await publish(DRAFT, BLIND);
		expect(error?.message).toBe('The connection broke');
		expect(error?.description).toMatch(
			/^It is not known whether the flow was published.*Read the flow before you publish it again/,
		);
		expect(posts()).toEqual([POST]);
	});

	test('is done where the second try is refused because the first one had worked', async () => {
		mockApi.settings.script = [
			() => ({ fault: 'reset', applyFirst: true }),
			() => ({ body: { id: DRAFT, status: 'DRAFT' } }),
		];
		const { main } = await publish(DRAFT, RETRY);
		expect(jsonOf(main)).toEqual([{ id: DRAFT, success: true, confirmed_by_status: true }]);
		expect(sent()).toEqual([POST, LOOK, POST, LOOK]);
	});

	test('is sent again after too many requests, because that one had no effect', async () => {
		mockApi.settings.script = [() => ({ status: 429, headers: { 'retry-after': '0' } })];
		const { main } = await publish(DRAFT, RETRY);
		expect(jsonOf(main)).toEqual([{ id: DRAFT, success: true }]);
		expect(sent()).toEqual([POST, POST]);
	});

	test('is known where nothing listens: then nothing was sent', async () => {
		harness.credential = { ...harness.credential, apiDomain: await closedOrigin() };
		const { error } = await publish(DRAFT, BLIND);
		expect(error?.message).toBe('Nothing listens at the address of Kaleyra');
		expect(error?.description).not.toContain('not known');
	});
});

describe('Publish, seen from the flow', () => {
	const fault = { status: 504 };

	test('that took effect while it waited is not sent again', async () => {
		mockApi.settings.script = [
			() => {
				const late = () => (mockApi.flows.find(({ id }) => id === DRAFT)!.status = 'PUBLISHED');
				setTimeout(late, 100);
				return fault;
			},
		];
		const { main } = await publish(DRAFT, { validateBeforePublishing: false });
		expect(jsonOf(main)).toEqual([{ id: DRAFT, success: true, confirmed_by_status: true }]);
		expect(posts()).toEqual([POST]);
	});

	test.each(['DEPRECATED', 'THROTTLED', 'BLOCKED', 'SOMETHING_NEW'])(
		'is sent once only where the flow turns out to be %s',
		async (status) => {
			mockApi.flows.find(({ id }) => id === DRAFT)!.status = status as 'DRAFT';
			mockApi.settings.always = onlyPosts(fault);
			const { error } = await publish(DRAFT, { validateBeforePublishing: false });
			expect(posts()).toEqual([POST]);
			expect(error?.description).toContain(`Its status is ${status}.`);
		},
	);

	test('is told the refusal that comes after a doubt, and not sent a third time', async () => {
		const answers: Scripted[] = [{ status: 504 }, incorrectPayload];
		mockApi.settings.always = ({ method }) => (method === 'POST' ? answers.shift() : undefined);
		const { error } = await publish(DRAFT, { validateBeforePublishing: false, maxRetries: 3 });
		expect(error?.message).toBe('Refer to correct payload format');
		expect(posts()).toEqual([POST, POST]);
	});

	test('is sent no more often than Max Retries says, whatever the faults', async () => {
		const faults = [429, 504, 429, 504, 429, 504];
		mockApi.settings.always = ({ method }) =>
			method === 'POST'
				? { status: faults.shift() ?? 504, headers: { 'retry-after': '0' } }
				: undefined;
		await publish(DRAFT, { validateBeforePublishing: false, maxRetries: 2 });
		expect(posts()).toHaveLength(3);
	});

	test.each<[string, unknown]>([
		['a success code that no page names', { code: 'WA202', data: { success: true }, error: {} }],
		['a success whose code is unknown', { code: 'OK-1', message: 'Accepted' }],
	])('is done after %s', async (_, body) => {
		mockApi.settings.always = ({ method }) =>
			method === 'POST' ? { status: 200, body, applyFirst: true } : undefined;
		const { main, error } = await publish(DRAFT, BLIND);
		expect(error).toBeUndefined();
		expect(jsonOf(main)[0]).toMatchObject({ id: DRAFT, success: true });
	});

	test('stops at validation errors under their other documented name', async () => {
		const body = { id: DRAFT, status: 'DRAFT', validation_error: [VALIDATION_ERROR] };
		mockApi.settings.script = [() => ({ body })];
		const { error } = await publish(DRAFT);
		expect(error?.message).toContain('1 validation error');
		expect(posts()).toEqual([]);
	});
});
