import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { flow, VALIDATION_ERROR } from '../../mock-api/eightByEight/accounts.mts';
import { internalFault, invalidParameter, notFound } from '../../mock-api/eightByEight/errors.mts';
import type { Recorded } from '../../mock-api/MockServer.mts';
import type { Scripted } from '../../mock-api/faults.mts';
import { runOperation, STATUS_CHANGES } from './operations.mts';
import {
	CHANNEL,
	DEPRECATED,
	DRAFT,
	findFlow,
	getRequests,
	getWrites,
	INVALID_DRAFT,
	mockApi,
	NONEXISTENT,
	PUBLISHED,
	run,
	runOnFlow,
	setUp,
	toJson,
} from './setup.mts';

setUp();

const NO_RETRIES = { validateBeforePublishing: false, maxRetries: 0 };
const ONE_RETRY = { validateBeforePublishing: false, maxRetries: 1 };

const respondToWrites = (response: Scripted) => {
	mockApi.settings.always = ({ method }: Recorded) => (method === 'GET' ? undefined : response);
};

describe('Publish with Validate Before Publishing', () => {
	test('Publish reads the flow before it publishes it', async () => {
		const { main } = await runOnFlow('publish', DRAFT);
		expect(toJson(main)).toMatchObject([
			{ name: 'Book a test drive', status: 'PUBLISHED', previous_status: 'DRAFT' },
		]);
		expect(getRequests()).toEqual([`GET /flows/${DRAFT}`, `POST /flows/${DRAFT}/publish`]);
	});

	test('Publish sends no write for a published flow', async () => {
		const { main } = await runOnFlow('publish', PUBLISHED);
		expect(toJson(main)).toMatchObject([
			{ id: PUBLISHED, status: 'PUBLISHED', success: true, already_published: true },
		]);
		expect(getWrites()).toEqual([]);
	});

	test('Publish rejects a deprecated flow without a write', async () => {
		const { error } = await runOnFlow('publish', DEPRECATED);
		expect(error?.message).toBe(`Flow ${DEPRECATED} can't be published in status DEPRECATED`);
		expect(error?.description).toContain('Clone it and publish the clone.');
		expect(getWrites()).toEqual([]);
	});

	test('Publish lists validation errors with line and path', async () => {
		const { error } = await runOnFlow('publish', INVALID_DRAFT);
		expect(error?.message).toBe(
			`Flow ${INVALID_DRAFT} has 1 validation error and was not published`,
		);
		expect(error?.description).toContain(
			"Invalid value found for property 'type' (line 1, screens[0].layout.children[0].children[0].type)",
		);
		expect(getWrites()).toEqual([]);
	});

	test('Publish lists ten of twelve validation errors and the number of the others', async () => {
		findFlow(DRAFT)!.validationErrors = Array.from({ length: 12 }, (_, index) => ({
			...VALIDATION_ERROR,
			message: `Error ${index}.`,
		}));
		const { error } = await runOnFlow('publish', DRAFT);
		expect(error?.description).toMatch(/^Error 0 .*Error 9 .*; and 2 more\./);
	});

	test('Publish sends the write for a flow with an unknown status', async () => {
		mockApi.settings.script = [() => ({ body: { flowId: DRAFT, status: 'IN_REVIEW' } })];
		const { main } = await runOnFlow('publish', DRAFT);
		expect(toJson(main)).toMatchObject([
			{ id: DRAFT, success: true, previous_status: 'IN_REVIEW' },
		]);
	});

	test('Publish sends no write if reading the flow fails', async () => {
		const { error } = await runOnFlow('publish', NONEXISTENT);
		expect(error?.message).toBe('Not found');
		expect(getWrites()).toEqual([]);
	});
});

describe.each(STATUS_CHANGES)('Indeterminate result of $operation', (fixture) => {
	const { operation, flowId, request, from, participle, output } = fixture;
	const read = `GET /flows/${flowId}`;
	/** Delete reads the flow first. */
	const readsBefore = operation === 'delete' ? [read] : [];
	const unknownResult = new RegExp(
		`^The flow's status is ${from}\\. It's unknown whether the flow was ${participle}, but most likely it wasn't\\.`,
	);
	const execute = async (options: IDataObject) => await runOperation(fixture, { options });
	/** Scripts the responses from the write on. */
	const script = (...responses: (Scripted | undefined)[]) => {
		const afterReads = readsBefore.map(() => undefined);
		mockApi.settings.script = [...afterReads, ...responses].map((response) => () => response);
	};

	test.each<[string, Scripted, IDataObject]>([
		['a dropped connection', { fault: 'reset', applyFirst: true }, NO_RETRIES],
		['a timeout', { fault: 'silence', applyFirst: true }, { ...NO_RETRIES, timeout: 1 }],
		["a gateway's 504", { status: 504, body: '<html>', applyFirst: true }, NO_RETRIES],
		['an HTML page', { body: '<html>', applyFirst: true }, NO_RETRIES],
		['an internal error', { ...internalFault, applyFirst: true }, NO_RETRIES],
	])(
		`${operation} succeeds after %s if reading the flow shows that it was applied`,
		async (_, response, options) => {
			script(response);
			const { main, error } = await execute(options);
			expect(error).toBeUndefined();
			expect(toJson(main)).toEqual([{ ...output, confirmed_by_status: true }]);
			expect(getRequests()).toEqual([...readsBefore, request, read]);
		},
	);

	test.each<[string, Scripted, IDataObject]>([
		['a dropped connection', { fault: 'reset' }, ONE_RETRY],
		['a timeout', { fault: 'silence' }, { ...ONE_RETRY, timeout: 1 }],
		['an internal error', internalFault, ONE_RETRY],
	])(
		`${operation} is sent again after %s if reading the flow shows that it was never applied`,
		async (_, response, options) => {
			script(response);
			const { main } = await execute(options);
			expect(toJson(main)).toEqual([output]);
			expect(getRequests()).toEqual([...readsBefore, request, read, request]);
			expect(findFlow(flowId)?.status).toBe(fixture.to);
		},
	);

	test(`${operation} fails with the flow's status when Max Retries is reached`, async () => {
		respondToWrites({ status: 503, body: '' });
		const { error } = await execute(ONE_RETRY);
		expect(getRequests()).toEqual([...readsBefore, request, read, request, read]);
		expect(error?.description).toMatch(unknownResult);
		expect(error?.httpCode).toBe('503');
	});

	test(`${operation} fails without a retry if reading the flow fails too`, async () => {
		let remaining = readsBefore.length;
		mockApi.settings.always = () => (remaining-- > 0 ? undefined : { fault: 'reset' });
		const { error } = await execute(NO_RETRIES);
		expect(error?.description).toMatch(
			new RegExp(
				`^It's unknown whether the flow was ${participle}, because reading the flow failed \\(Connection reset\\)\\.`,
			),
		);
		expect(getWrites()).toEqual([request]);
	});

	test(`${operation} is not sent again if the flow has an unknown status`, async () => {
		mockApi.settings.always = ({ method }) =>
			method === 'GET' ? { body: { flowId, status: 'IN_REVIEW' } } : { status: 504 };
		const { error } = await execute({ validateBeforePublishing: false });
		expect(getWrites()).toEqual([request]);
		expect(error?.description).toContain("The flow's status is IN_REVIEW.");
	});

	test(`${operation} is sent again after a rate limit without reading the flow`, async () => {
		script({ status: 429, headers: { 'retry-after': '0' } });
		expect(toJson((await execute(ONE_RETRY)).main)).toEqual([output]);
		expect(getRequests()).toEqual([...readsBefore, request, request]);
	});

	test(`${operation} succeeds if its retry is rejected because the first attempt was applied`, async () => {
		script({ fault: 'reset', applyFirst: true }, { body: { flowId, status: from } });
		const { main } = await execute(ONE_RETRY);
		expect(toJson(main)).toEqual([{ ...output, confirmed_by_status: true }]);
		expect(getRequests()).toEqual([...readsBefore, request, read, request, read]);
	});

	test(`${operation} fails with an unknown result if its retry is rejected and the status is stale`, async () => {
		const stale = { body: { flowId, status: from } };
		script({ fault: 'reset', applyFirst: true }, stale, invalidParameter, stale);
		const { error } = await execute(ONE_RETRY);
		expect(error?.message).toBe('Invalid parameter');
		expect(error?.description).toMatch(unknownResult);
	});

	test.each<[string, unknown]>([
		['other JSON', { status: 'up' }],
		['another object with an ID', { id: 'req-123', status: 'failed' }],
		['the flow with its old status', { id: flowId, name: 'A', status: from }],
		['only validation errors', { id: flowId, validationErrors: [VALIDATION_ERROR] }],
	])(`${operation} treats a 200 with %s as indeterminate`, async (_, body) => {
		respondToWrites({ status: 200, body });
		const { error } = await execute(NO_RETRIES);
		expect(error?.description).toMatch(unknownResult);
	});
});

describe('Delete', () => {
	test.each<[string, Scripted]>([
		["a gateway's HTML 404", { status: 404, body: '<html>Not Found</html>' }],
		["a gateway's JSON 404", { status: 404, body: { code: 404, message: 'no route' } }],
		['an access error with status 404', { status: 404, body: { code: 1201, errorId: 'x' } }],
	])('Delete does not conclude from %s that the flow was deleted', async (_, response) => {
		mockApi.settings.script = [() => undefined, () => ({ status: 504 }), () => response];
		const { error } = await runOnFlow('delete', DRAFT, { options: NO_RETRIES });
		expect(error?.description).toMatch(
			/^It's unknown whether the flow was deleted, because reading the flow failed/,
		);
		expect(getWrites()).toHaveLength(1);
	});

	test.each<[string, Scripted]>([
		['code 1300 with status 400', { ...notFound, status: 400 }],
		['another code with status 404', { status: 404, body: { code: 1008, errorId: 'x' } }],
	])('Delete concludes from %s that the flow was deleted', async (_, response) => {
		mockApi.settings.script = [() => undefined, () => ({ status: 504 }), () => response];
		const { main } = await runOnFlow('delete', DRAFT, { options: ONE_RETRY });
		expect(toJson(main)).toEqual([{ id: DRAFT, deleted: true, confirmed_by_status: true }]);
	});

	test('Delete sends no write for a flow of another channel', async () => {
		const { error } = await runOnFlow('delete', DRAFT, { channelId: 'another' });
		expect(error?.message).toBe('Not found');
		expect(getWrites()).toEqual([]);
	});

	test.each([
		['PUBLISHED', PUBLISHED],
		['DEPRECATED', DEPRECATED],
	])('Delete sends no write for a flow with status %s', async (status, id) => {
		const { error } = await runOnFlow('delete', id);
		expect(error?.message).toBe(`Flow ${id} is ${status} and was not deleted`);
		expect(getWrites()).toEqual([]);
	});
});

describe('Create', () => {
	const CONTENT = { name: 'New', categories: ['OTHER'] };
	const findCreated = () => mockApi.flows.filter(({ name }) => name === 'New');

	const INDETERMINATE: [string, Scripted, IDataObject][] = [
		['a dropped connection', { fault: 'reset' }, {}],
		['a timeout', { fault: 'silence' }, { timeout: 1 }],
		['an internal error', internalFault, {}],
		['an HTML page', { body: '<html>' }, {}],
		['an empty body', { body: '' }, {}],
		['truncated JSON', { fault: 'truncated' }, {}],
	];

	test.each(INDETERMINATE)(
		'Create is not sent again after %s and reports a flow with its name',
		async (_, response, options) => {
			mockApi.settings.script = [() => ({ ...response, applyFirst: true })];
			const { error } = await run('create', { ...CONTENT, options });
			expect(getRequests()).toEqual(['POST /flows', 'GET /flows?limit=1000']);
			expect(findCreated()).toHaveLength(1);
			expect(error?.description).toMatch(
				/^It's unknown whether the flow was created\. The channel has a flow named "New" \(ID \d+, status DRAFT\), which is most likely this one\./,
			);
		},
	);

	test.each(INDETERMINATE)(
		'Create is not sent again after %s and reports that no flow has its name',
		async (_, response, options) => {
			mockApi.settings.script = [() => ({ ...response, applyFirst: false })];
			const { error } = await run('create', { ...CONTENT, options });
			expect(getRequests()).toEqual(['POST /flows', 'GET /flows?limit=1000']);
			expect(findCreated()).toEqual([]);
			expect(error?.description).toMatch(
				/^It's unknown whether the flow was created\. The channel has no flow named "New", so most likely it wasn't\./,
			);
		},
	);

	test('Create reports that it searched only the first 1,000 flows', async () => {
		const flows = Array.from({ length: 1_000 }, (_, index) => flow(String(index + 1)));
		mockApi.account.channels.set(CHANNEL, flows);
		mockApi.settings.script = [() => ({ fault: 'reset' })];
		const { error } = await run('create', CONTENT);
		expect(error?.description).toContain(
			'The channel has no flow named "New" among the first 1000, so',
		);
	});

	test('Create reports that reading the list failed too', async () => {
		mockApi.settings.always = () => ({ status: 502 });
		const { error } = await run('create', { ...CONTENT, options: { maxRetries: 0 } });
		expect(error?.description).toMatch(
			/because reading the list of flows failed \(.*\)\. Check whether the list has "New" before/,
		);
		expect(getWrites()).toEqual(['POST /flows']);
	});

	test('Create is sent again after a rate limit', async () => {
		mockApi.settings.script = [() => ({ status: 429, headers: { 'retry-after': '0' } })];
		expect((await run('create', CONTENT)).main).toHaveLength(1);
		expect(findCreated()).toHaveLength(1);
	});

	test('Create reports the flow ID of a response with success: false', async () => {
		const validationErrors = [VALIDATION_ERROR];
		mockApi.settings.script = [() => ({ body: { id: '7', success: false, validationErrors } })];
		const { error } = await run('create', CONTENT);
		expect(error?.message).toBe(VALIDATION_ERROR.message);
		expect(error?.description).toMatch(/^8x8's response has flow ID 7, so the flow most likely/);
		expect(getRequests()).toEqual(['POST /flows']);
	});

	test('Create shows the message of 8x8 for a name that exists', async () => {
		const { error } = await run('create', { ...CONTENT, name: 'Delivery survey' });
		expect(error?.message).toBe('Invalid parameter');
		expect(getRequests()).toEqual(['POST /flows']);
	});
});

describe('Update', () => {
	const CHANGES = { updateFields: { name: 'Other' } };

	test.each<[string, Scripted]>([
		['an internal error', internalFault],
		['a dropped connection', { fault: 'reset' }],
		['a connection that dropped after the write', { fault: 'reset', applyFirst: true }],
	])('Update is retried after %s', async (_, response) => {
		mockApi.settings.script = [() => response];
		const { main } = await runOnFlow('update', DRAFT, CHANGES);
		expect(toJson(main)).toEqual([{ id: DRAFT, success: true }]);
		expect(getWrites()).toEqual([`PUT /flows/${DRAFT}`, `PUT /flows/${DRAFT}`]);
	});

	test('Update with Publish is not retried after a dropped connection', async () => {
		mockApi.settings.script = [() => ({ fault: 'reset', applyFirst: true })];
		const { error } = await runOnFlow('update', DRAFT, { updateFields: { publish: true } });
		expect(error?.description).toMatch(
			/^It's unknown whether the flow was updated and published\. Check the flow before you retry\./,
		);
		expect(getWrites()).toHaveLength(1);
	});

	test('Update reports that a retry is safe after an indeterminate result', async () => {
		mockApi.settings.always = () => ({ status: 502 });
		const { error } = await runOnFlow('update', DRAFT, { ...CHANGES, options: { maxRetries: 0 } });
		expect(error?.description).toMatch(/^The update may have been applied\. It's safe to retry\./);
	});
});

describe('Several items', () => {
	const fromItem = '={{ $json.id }}';
	const ITEMS = [{ id: DRAFT }, { id: NONEXISTENT }, { id: PUBLISHED }];

	test('writes are sent one at a time, and a failed one stops the following ones', async () => {
		const { error } = await runOnFlow('delete', fromItem, {}, { items: ITEMS });
		expect(error?.message).toBe('Not found');
		expect(getWrites()).toEqual([`DELETE /flows/${DRAFT}`]);
		expect(Math.max(...mockApi.requests.map(({ inFlight }) => inFlight))).toBe(1);
	});

	test('reads are sent up to ten at a time', async () => {
		// Long enough for ten requests to start on a busy machine.
		mockApi.settings.delay = 500;
		const items = Array.from({ length: 30 }, (_, index) => ({ id: String(index) }));
		await runOnFlow('get', fromItem, {}, { items, onError: 'continueRegularOutput' });
		expect(Math.max(...mockApi.requests.map(({ inFlight }) => inFlight))).toBe(10);
	});

	test("on Continue, a failed item is replaced by the error with 8x8's full response", async () => {
		const options = { items: ITEMS, onError: 'continueRegularOutput' } as const;
		const { main } = await runOnFlow('get', fromItem, {}, options);
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
