import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { VALIDATION_ERROR } from '../mock-api/accounts.mts';
import { incorrectPayload } from '../mock-api/errors.mts';
import type { Recorded, Scripted } from '../mock-api/KaleyraMock.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import {
	DRAFT,
	findClosedOrigin,
	getPostRequests,
	getRequests,
	harness,
	INVALID_DRAFT,
	publish,
	PUBLISHED,
	mockApi,
	setUp,
	toJson,
	UNKNOWN_FLOW,
} from './setup.mts';

setUp();

const POST = `POST /${DRAFT}/publish`;
const URL = `https://business.facebook.com/wa/manage/flows/${DRAFT}/`;
const DONE = { id: DRAFT, success: true, status: 'PUBLISHED', url: URL };
const READ = `GET /${DRAFT}`;
const NO_RETRIES = { validateBeforePublishing: false, maxRetries: 0 };
const ONE_RETRY = { validateBeforePublishing: false, maxRetries: 1 };
const getStatus = (id: string) => mockApi.flows.find((flow) => flow.id === id)?.status;
const respondToPosts = (scripted: Scripted) => (request: Recorded) =>
	request.method === 'POST' ? scripted : undefined;

describe('Publish', () => {
	test('reads a valid draft and then publishes it', async () => {
		const { main } = await publish(DRAFT);
		expect(toJson(main)).toEqual([
			{
				id: DRAFT,
				name: 'Book an appointment',
				success: true,
				status: 'PUBLISHED',
				previous_status: 'DRAFT',
				url: URL,
			},
		]);
		expect(getRequests()).toEqual([READ, POST]);
		expect(getStatus(DRAFT)).toBe('PUBLISHED');
	});

	test('sends only the POST without Validate Before Publishing', async () => {
		const { main } = await publish(DRAFT, { validateBeforePublishing: false });
		expect(toJson(main)).toEqual([DONE]);
		expect(getRequests()).toEqual([POST]);
	});

	test('succeeds without a POST when the flow is already published', async () => {
		const { main } = await publish(PUBLISHED);
		expect(toJson(main)).toEqual([
			{
				id: PUBLISHED,
				name: 'Customer survey',
				success: true,
				status: 'PUBLISHED',
				previous_status: 'PUBLISHED',
				already_published: true,
				url: `https://business.facebook.com/wa/manage/flows/${PUBLISHED}/`,
			},
		]);
		expect(getPostRequests()).toEqual([]);
	});

	test('fails without a POST and lists each validation error with line and path', async () => {
		const { error } = await publish(INVALID_DRAFT);
		expect(error?.message).toBe(
			`Flow ${INVALID_DRAFT} has 1 validation error and was not published`,
		);
		expect(error?.description).toContain(
			"Invalid value found for property 'type' (line 10, screens[0].layout.children[0].type)",
		);
		expect(getPostRequests()).toEqual([]);
	});

	const addValidationErrors = (count: number) => {
		mockApi.flows[0]!.validation_errors = Array.from({ length: count }, (_, n) => ({
			...VALIDATION_ERROR,
			message: `Fault ${n}.`,
			pointers: [],
		}));
	};

	test('lists ten validation errors and the number of the others', async () => {
		addValidationErrors(12);
		const { error } = await publish(DRAFT);
		expect(error?.message).toContain('12 validation errors');
		expect(error?.description).toMatch(/Fault 0 \(line 10\); .*Fault 9 \(line 10\); and 2 more\./);
		expect(error?.description).not.toContain('Fault 10');
	});

	test('lists exactly ten validation errors without a number of others', async () => {
		addValidationErrors(10);
		const { error } = await publish(DRAFT);
		expect(error?.message).toContain('10 validation errors');
		expect(error?.description).toContain('Fault 9 (line 10)');
		expect(error?.description).not.toContain(' more');
	});

	test('lists validation errors without their final period only', async () => {
		mockApi.flows[0]!.validation_errors = [{ message: "Property 'a.b' is unknown." }];
		const { error } = await publish(DRAFT);
		expect(error?.description).toMatch(/^Property 'a\.b' is unknown\. Fix/);
	});

	test('lists validation errors without a message or location', async () => {
		mockApi.flows[0]!.validation_errors = [{ error: 'UNKNOWN_FAULT' }, {}];
		const { error } = await publish(DRAFT);
		expect(error?.description).toMatch(/^UNKNOWN_FAULT; Unknown validation error\. /);
	});

	test.each([
		['900000000000004', 'THROTTLED', /endpoint is unhealthy. Fix the endpoint/],
		['900000000000005', 'BLOCKED', /endpoint is unhealthy. Fix the endpoint/],
		['900000000000006', 'DEPRECATED', /Clone it/],
	])('fails without a POST for flow %s with status %s', async (id, status, description) => {
		const { error } = await publish(id);
		expect(error?.message).toBe(`Flow ${id} can't be published in status ${status}`);
		expect(error?.description).toMatch(description);
		expect(getPostRequests()).toEqual([]);
	});

	test('publishes a flow with an undocumented status', async () => {
		mockApi.settings.script = [() => ({ body: { id: DRAFT, status: 'IN_REVIEW' } })];
		expect(toJson((await publish(DRAFT)).main)).toEqual([
			{ ...DONE, previous_status: 'IN_REVIEW' },
		]);
	});

	test('fails with Kaleyra’s error and the reason for an invalid flow when validation is off', async () => {
		const { error } = await publish(INVALID_DRAFT, { validateBeforePublishing: false });
		expect(error?.message).toBe('Refer to correct payload format');
		expect(error?.description).toMatch(
			/^Flow 900000000000003 has 1 validation error .*\(line 10, .*\(code WA-400, HTTP 400\)$/,
		);
		expect(getRequests()).toEqual([`POST /${INVALID_DRAFT}/publish`, `GET /${INVALID_DRAFT}`]);
	});

	test('does not retry when the flow is unknown, although the status is 500', async () => {
		const { error } = await publish(UNKNOWN_FLOW, { validateBeforePublishing: false });
		expect(error?.message).toBe(
			'The flow_id either does not exist or does not belong to the account.',
		);
		expect(error?.description).toContain('Check the flow ID');
		expect(getRequests()).toEqual([`POST /${UNKNOWN_FLOW}/publish`, `GET /${UNKNOWN_FLOW}`]);
	});

	test('does not retry and refers to Kaleyra support when the account is not enabled', async () => {
		mockApi.account.enabled = false;
		const { error } = await publish(DRAFT, { validateBeforePublishing: false });
		expect(error?.message).toMatch(/^API is not available for given customer/);
		expect(error?.description).toContain('ask Kaleyra support');
		expect(getRequests()).toEqual([POST]);
	});

	test.each<[string, Scripted]>([
		[
			'an unknown code',
			{ status: 400, body: { code: 'WA-777', message: 'No', data: {}, error: {} } },
		],
		['success: false', { status: 200, body: { success: false } }],
	])('succeeds when %s rejects a flow that is already published', async (_, scripted) => {
		mockApi.flows.find(({ id }) => id === DRAFT)!.status = 'PUBLISHED';
		mockApi.settings.always = respondToPosts(scripted);
		const { main } = await publish(DRAFT, NO_RETRIES);
		expect(toJson(main)).toEqual([{ ...DONE, already_published: true }]);
	});

	test('fails when the response is success: false', async () => {
		mockApi.settings.script = [() => ({ body: { success: false } })];
		const { error } = await publish(DRAFT, NO_RETRIES);
		expect(error?.message).toBe('The request was rejected');
		expect(getPostRequests()).toEqual([POST]);
	});

	test('keeps the message of a response with success: false', async () => {
		mockApi.settings.script = [() => ({ body: { success: false, message: 'Flow is locked' } })];
		const { error } = await publish(DRAFT, NO_RETRIES);
		expect(error?.message).toBe('Flow is locked');
	});
});

describe('Publish with an unknown outcome', () => {
	const APPLIED: [string, Scripted, IDataObject][] = [
		['a dropped connection', { fault: 'reset', applyFirst: true }, NO_RETRIES],
		['a timeout', { fault: 'silence', applyFirst: true }, { ...NO_RETRIES, timeout: 1 }],
		['a gateway timeout', { status: 504, body: '<html>', applyFirst: true }, NO_RETRIES],
		['an HTML page', { body: '<html>', applyFirst: true }, NO_RETRIES],
		['an empty body', { body: '', applyFirst: true }, NO_RETRIES],
	];
	test.each(APPLIED)(
		'succeeds when the status confirms it after %s',
		async (_, scripted, options) => {
			mockApi.settings.script = [() => scripted];
			const { main, error } = await publish(DRAFT, options);
			expect(error).toBeUndefined();
			expect(toJson(main)).toEqual([{ ...DONE, confirmed_by_status: true }]);
			expect(getRequests()).toEqual([POST, READ]);
		},
	);

	const NOT_APPLIED: [string, Scripted, IDataObject][] = [
		['a dropped connection', { fault: 'reset' }, ONE_RETRY],
		['a timeout', { fault: 'silence' }, { ...ONE_RETRY, timeout: 1 }],
		[
			'an internal error',
			{
				status: 500,
				body: {
					code: 'WA-500',
					message: 'Please try again later',
					data: {},
					error: { error: 'Internal server error' },
				},
			},
			ONE_RETRY,
		],
	];
	test.each(NOT_APPLIED)(
		'retries when the status is still DRAFT after %s',
		async (_, scripted, options) => {
			mockApi.settings.script = [() => scripted];
			const { main } = await publish(DRAFT, options);
			expect(toJson(main)).toEqual([DONE]);
			expect(getRequests()).toEqual([POST, READ, POST]);
		},
	);

	test('retries up to Max Retries and reports the status in the error', async () => {
		mockApi.settings.always = respondToPosts({ status: 503, body: '' });
		const { error } = await publish(DRAFT, ONE_RETRY);
		expect(getRequests()).toEqual([POST, READ, POST, READ]);
		expect(error?.description).toMatch(
			/^The flow's status is DRAFT\. It's unknown whether the flow was published/,
		);
		expect(error?.httpCode).toBe('503');
	});

	test('retries the read that verifies the status', async () => {
		const faults: Scripted[] = [{ fault: 'reset', applyFirst: true }, { fault: 'reset' }];
		mockApi.settings.script = faults.map((fault) => () => fault);
		const { main } = await publish(DRAFT, ONE_RETRY);
		expect(toJson(main)).toEqual([{ ...DONE, confirmed_by_status: true }]);
		expect(getRequests()).toEqual([POST, READ, READ]);
	});

	test('reports the unknown outcome when the status cannot be read either', async () => {
		mockApi.settings.always = () => ({ fault: 'reset' });
		const { error } = await publish(DRAFT, NO_RETRIES);
		expect(error?.message).toBe('Connection reset');
		expect(error?.description).toMatch(
			/^It's unknown whether the flow was published.*Check the flow before you publish it again/,
		);
		expect(getPostRequests()).toEqual([POST]);
	});

	test('reports the unknown outcome when the read doesn’t return a flow', async () => {
		mockApi.settings.script = [() => ({ fault: 'reset' }), () => ({ body: {} })];
		const { error } = await publish(DRAFT, NO_RETRIES);
		expect(error?.description).toMatch(
			/^It's unknown whether the flow was published, because reading the flow failed/,
		);
	});

	test('succeeds when the retry is rejected because the first request was applied', async () => {
		mockApi.settings.script = [
			() => ({ fault: 'reset', applyFirst: true }),
			() => ({ body: { id: DRAFT, status: 'DRAFT' } }),
		];
		const { main } = await publish(DRAFT, ONE_RETRY);
		expect(toJson(main)).toEqual([{ ...DONE, confirmed_by_status: true }]);
		expect(getRequests()).toEqual([POST, READ, POST, READ]);
	});

	test('retries a rate-limited request without reading the status', async () => {
		mockApi.settings.script = [() => ({ status: 429, headers: { 'retry-after': '0' } })];
		const { main } = await publish(DRAFT, ONE_RETRY);
		expect(toJson(main)).toEqual([DONE]);
		expect(getRequests()).toEqual([POST, POST]);
	});

	test('does not report an unknown outcome when the connection is refused', async () => {
		harness.credential = { ...harness.credential, apiDomain: await findClosedOrigin() };
		const { error } = await publish(DRAFT, NO_RETRIES);
		expect(error?.message).toBe('Connection refused');
		expect(error?.description).not.toContain("It's unknown");
	});
});

describe('Publish verification', () => {
	const gatewayTimeout = { status: 504 };

	test('waits before it reads the status, so that a slow publish is not sent twice', async () => {
		mockApi.settings.script = [
			() => {
				const applyLate = () =>
					(mockApi.flows.find(({ id }) => id === DRAFT)!.status = 'PUBLISHED');
				setTimeout(applyLate, 100);
				return gatewayTimeout;
			},
		];
		const { main } = await publish(DRAFT, { validateBeforePublishing: false });
		expect(toJson(main)).toEqual([{ ...DONE, confirmed_by_status: true }]);
		expect(getPostRequests()).toEqual([POST]);
	});

	test('waits for Retry-After before it reads the status', async () => {
		const scripted = { status: 503, headers: { 'retry-after': '1' }, applyFirst: true };
		mockApi.settings.script = [() => scripted];
		const { main } = await publish(DRAFT, NO_RETRIES);
		expect(toJson(main)).toEqual([{ ...DONE, confirmed_by_status: true }]);
		const [write, read] = mockApi.requests.map(({ at }) => at);
		expect(read! - write!).toBeGreaterThanOrEqual(1_000);
	});

	test('waits only as long as before a first retry, whatever Max Retries says', async () => {
		mockApi.settings.script = [() => ({ ...gatewayTimeout, applyFirst: true })];
		await publish(DRAFT, { validateBeforePublishing: false, maxRetries: 10 });
		const [write, read] = mockApi.requests.map(({ at }) => at);
		expect(read! - write!).toBeLessThan(3_500);
	});

	test('does not retry when the server asks to wait ten minutes', async () => {
		mockApi.settings.always = respondToPosts({ status: 503, headers: { 'retry-after': '600' } });
		const { error } = await publish(DRAFT, ONE_RETRY);
		expect(error?.description).toContain("The flow's status is DRAFT.");
		expect(getRequests()).toEqual([POST, READ]);
	});

	test('counts a retry after a refused connection against Max Retries', async () => {
		const apiDomain = await findClosedOrigin();
		harness.credential = { ...harness.credential, apiDomain };
		const { promise: refused, resolve } = Promise.withResolvers<unknown>();
		subscribe('http.client.request.error', resolve);
		const starting = refused.then(async () => {
			unsubscribe('http.client.request.error', resolve);
			const late = await KaleyraMock.start(Number(apiDomain.split(':').at(-1)));
			late.settings.always = respondToPosts(gatewayTimeout);
			return late;
		});
		const { error } = await publish(DRAFT, ONE_RETRY);
		const late = await starting;
		await late.stop();
		expect(error?.httpCode).toBe('504');
		expect(late.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
	});

	test.each(['DEPRECATED', 'THROTTLED', 'BLOCKED', 'SOMETHING_NEW'])(
		'does not retry when the status is %s',
		async (status) => {
			mockApi.flows.find(({ id }) => id === DRAFT)!.status = status as 'DRAFT';
			mockApi.settings.always = respondToPosts(gatewayTimeout);
			const { error } = await publish(DRAFT, { validateBeforePublishing: false });
			expect(getPostRequests()).toEqual([POST]);
			expect(error?.description).toContain(`The flow's status is ${status}.`);
		},
	);

	test('fails with the API error when the retry is rejected', async () => {
		const responses: Scripted[] = [{ status: 504 }, incorrectPayload];
		mockApi.settings.always = ({ method }) => (method === 'POST' ? responses.shift() : undefined);
		const { error } = await publish(DRAFT, { validateBeforePublishing: false, maxRetries: 3 });
		expect(error?.message).toBe('Refer to correct payload format');
		expect(getPostRequests()).toEqual([POST, POST]);
	});

	test('counts retries after server errors, but not after rate limits, against Max Retries', async () => {
		const statuses = [429, 504, 429, 504, 429, 504];
		mockApi.settings.always = ({ method }) =>
			method === 'POST'
				? { status: statuses.shift() ?? 504, headers: { 'retry-after': '0' } }
				: undefined;
		await publish(DRAFT, { validateBeforePublishing: false, maxRetries: 2 });
		expect(getPostRequests()).toHaveLength(6);
	});

	test.each<[string, unknown]>([
		['an undocumented success code', { code: 'WA202', data: { success: true }, error: {} }],
		['an unknown code', { code: 'OK-1', message: 'Accepted' }],
	])('succeeds after a response with %s', async (_, body) => {
		mockApi.settings.always = ({ method }) =>
			method === 'POST' ? { status: 200, body, applyFirst: true } : undefined;
		const { main, error } = await publish(DRAFT, NO_RETRIES);
		expect(error).toBeUndefined();
		expect(toJson(main)[0]).toMatchObject({ id: DRAFT, success: true });
	});

	test.each([
		['a list', [VALIDATION_ERROR]],
		['one object', VALIDATION_ERROR],
	])('finds validation errors as %s under their other documented name', async (_, errors) => {
		const body = { id: DRAFT, status: 'DRAFT', validation_error: errors };
		mockApi.settings.script = [() => ({ body })];
		const { error } = await publish(DRAFT);
		expect(error?.message).toContain('1 validation error');
		expect(getPostRequests()).toEqual([]);
	});
});
