import { describe, expect, test } from 'vitest';
import { withFailure } from '../failure.mts';
import { flow, VALIDATION_ERROR } from '../../mock-api/eightByEight/accounts.mts';
import * as samples from '../../mock-api/eightByEight/samples.mts';
import { OPERATIONS, runOperation, STATUS_CHANGES } from './operations.mts';
import {
	CHANNEL,
	DEPRECATED,
	DRAFT,
	EMPTY_CHANNEL,
	findFlow,
	getRequests,
	INVALID_DRAFT,
	mockApi,
	PUBLISHED,
	run,
	runOnFlow,
	setUp,
	toJson,
} from './setup.mts';

setUp();

const SNAKE_CASE = { options: { fieldNames: 'snakeCase' } };

const SNAKE_CASE_VALIDATION_ERROR = {
	error: 'INVALID_PROPERTY_VALUE',
	error_type: 'FLOW_JSON_ERROR',
	message: "Invalid value found for property 'type'.",
	line_start: 1,
	line_end: 1,
	column_start: 84,
	column_end: 92,
	pointers: [
		{
			line_start: 1,
			line_end: 1,
			column_start: 84,
			column_end: 92,
			path: 'screens[0].layout.children[0].children[0].type',
		},
	],
};
const FLOW_JSON_URL = 'https://mmg.whatsapp.net/m1/v/t24/An-a1LjKk34-zpvJMd&_nc_sid=471';

const getItem = async (flowId: string, parameters = {}) =>
	toJson((await runOnFlow('get', flowId, parameters)).main)[0];

const respondWith = (body: unknown, status = 200) => {
	mockApi.settings.always = () => ({ status, body });
};

test.each(OPERATIONS)('every item of $operation has an id', async (fixture) => {
	const { main } = await runOperation(fixture);
	expect(main).toHaveLength(1);
	expect(toJson(main)[0]?.['id']).toMatch(/^\d+$/);
	if (fixture.flowId !== undefined) expect(toJson(main)[0]?.['id']).toBe(fixture.flowId);
});

describe('Get', () => {
	/** The body that the mock API sends for the flow of the samples. */
	async function fetchServedBody(): Promise<string> {
		const { apiKey } = mockApi.account;
		const response = await fetch(`${mockApi.origin}${mockApi.requests[0]!.target}`, {
			headers: { authorization: `Bearer ${apiKey}` },
		});
		return await response.text();
	}

	test.each<[string, string, object]>([
		['main sample', samples.DETAILS, {}],
		['sample "Flow with validation errors"', samples.WITH_VALIDATION_ERRORS, {}],
		[
			'sample "Flow without errors"',
			samples.WITHOUT_ERRORS,
			{ status: 'PUBLISHED', validationErrors: [] },
		],
	])("Get returns the page's %s, plus id, from the mock API", async (_, sample, changes) => {
		Object.assign(findFlow(INVALID_DRAFT)!, changes);
		const item = await getItem(INVALID_DRAFT);
		// The page's samples have a line break after every field.
		expect(await fetchServedBody()).toBe(sample.replaceAll('\n', ''));
		expect(item).toEqual({ id: INVALID_DRAFT, ...JSON.parse(sample) });
	});

	test.each([
		['main sample', samples.DETAILS],
		['sample "Flow with validation errors"', samples.WITH_VALIDATION_ERRORS],
		['sample "Flow without errors"', samples.WITHOUT_ERRORS],
	])("Get returns the page's %s, plus id, from the page's own bytes", async (_, sample) => {
		respondWith(sample);
		const item = await getItem(INVALID_DRAFT);
		expect(item).toEqual({ id: INVALID_DRAFT, ...JSON.parse(sample) });
		expect(Object.keys(item!).slice(0, 2)).toEqual(['id', 'flowId']);
	});

	test('Get with snake_case renames all fields, down to the pointers', async () => {
		expect(await getItem(INVALID_DRAFT, SNAKE_CASE)).toEqual({
			id: INVALID_DRAFT,
			flow_json_url: FLOW_JSON_URL,
			name: 'Example flow',
			status: 'DRAFT',
			categories: ['OTHER'],
			validation_errors: [SNAKE_CASE_VALIDATION_ERROR],
		});
	});

	test('Get with snake_case returns an empty list if there are no validation errors', async () => {
		const item = await getItem(PUBLISHED, SNAKE_CASE);
		expect(item).toMatchObject({ id: PUBLISHED, validation_errors: [] });
	});

	test.each([
		['camelCase', {}],
		['snake_case', SNAKE_CASE],
	])("Get with %s returns the flow as in 8x8's guide", async (_, parameters) => {
		const body = { id: DRAFT, name: 'A', status: 'DRAFT', validation_errors: [] };
		respondWith(body);
		expect(await getItem(DRAFT, parameters)).toEqual(body);
	});

	test('Get adds the requested ID if the response has none', async () => {
		respondWith({ name: 'A', status: 'DRAFT' });
		expect(await getItem(DRAFT)).toEqual({ id: DRAFT, name: 'A', status: 'DRAFT' });
	});

	test('Get passes through unknown statuses, categories, and fields', async () => {
		const body = { flowId: DRAFT, status: 'THROTTLED', categories: ['SHOPPING'], new: { aB: 1 } };
		respondWith(body);
		expect(await getItem(DRAFT)).toEqual({ id: DRAFT, ...body });
	});

	test('Get passes through a name and a status of null', async () => {
		respondWith({ flowId: DRAFT, name: null, status: null });
		expect(await getItem(DRAFT)).toEqual({ id: DRAFT, flowId: DRAFT, name: null, status: null });
	});

	test("Get ignores a code in a success response unless it is one of 8x8's", async () => {
		const body = { flowId: DRAFT, name: 'A', status: 'DRAFT', code: 200 };
		respondWith(body);
		expect(await getItem(DRAFT)).toEqual({ id: DRAFT, ...body });
	});

	test.each(['90071992547409931234', '822625023859371'])(
		'Get converts the numeric ID %s to a string with all its digits',
		async (id) => {
			respondWith(`{"flowId":${id},"status":"DRAFT"}`);
			expect(await getItem(DRAFT)).toEqual({ id, flowId: id, status: 'DRAFT' });
		},
	);

	test.each<[string, unknown]>([
		['an HTML page', '<html>Welcome</html>'],
		['other JSON', { status: 'up' }],
		['an empty ID', { flowId: '', name: 'x' }],
		['a status that is not text', { flowId: DRAFT, status: { code: 1 } }],
		['a name that is not text', { flowId: DRAFT, name: 5 }],
		['an empty body', ''],
		['an array', []],
	])('Get rejects a response with %s', async (_, body) => {
		respondWith(body);
		const { error } = await runOnFlow('get', DRAFT);
		expect(error?.description).toMatch(/^Check 'Region' or 'API Domain'/);
		expect(error).toMatchObject(withFailure('configuration-invalid'));
	});

	test('Get sends one request for several items with the same flow', async () => {
		const { main } = await runOnFlow('get', DRAFT, {}, { items: [{}, {}, {}] });
		expect(main).toHaveLength(3);
		expect(getRequests()).toHaveLength(1);
	});
});

describe('Get Many', () => {
	test('Get Many returns one item per flow with ID, name, and status', async () => {
		const { main, hints } = await run('getMany');
		expect(toJson(main)).toEqual(
			mockApi.flows.map(({ id, name, status }) => ({ id, name, status })),
		);
		expect(hints).toEqual([]);
	});

	test('Get Many returns no items for a channel without flows', async () => {
		const { main, error } = await run('getMany', { channelId: EMPTY_CHANNEL });
		expect([main, error]).toEqual([[], undefined]);
	});

	test('Get Many hints that the list may be incomplete when it reaches Limit', async () => {
		const { main, hints } = await run('getMany', { limit: 2 });
		expect(main).toHaveLength(2);
		expect(hints).toEqual([
			`The list of flows in channel ${CHANNEL} may be incomplete. It reached the limit of 2. Increase 'Limit' to get up to 1000 flows.`,
		]);
	});

	test('Get Many hints at the missing pagination when it reaches 1,000 flows', async () => {
		const flows = Array.from({ length: 1_200 }, (_, index) => flow(String(index + 1)));
		mockApi.account.channels.set(CHANNEL, flows);
		const { main, hints } = await run('getMany', { limit: 1000 });
		expect(main).toHaveLength(1000);
		expect(hints[0]).toContain('8x8 returns at most 1000 flows and has no pagination.');
	});

	test('Get Many truncates the list and adds a hint if 8x8 ignores the limit', async () => {
		respondWith({ flows: [{ id: '1' }, { id: '2' }, { id: '3' }] });
		const { main, hints } = await run('getMany', { limit: 2 });
		expect(toJson(main)).toEqual([{ id: '1' }, { id: '2' }]);
		expect(hints).toHaveLength(1);
	});

	test('Get Many requests 50 flows by default', async () => {
		await run('getMany');
		expect(getRequests()).toEqual(['GET /flows?limit=50']);
	});

	test.each<[string, unknown]>([
		['a list with text in it', { flows: [{ id: '1' }, 'x'] }],
		['an object instead of a list', { flows: {} }],
		['an HTML page', '<html>'],
	])('Get Many rejects a response with %s', async (_, body) => {
		respondWith(body);
		const { error } = await run('getMany');
		expect(error?.description).toMatch(/^Check 'Region' or 'API Domain'/);
	});
});

describe('Preview', () => {
	test("Preview returns link and expiry in 8x8's own snake_case", async () => {
		const [item] = toJson((await runOnFlow('preview', DRAFT)).main);
		expect(item).toEqual({
			id: DRAFT,
			preview_url: expect.stringContaining(`/flows/${DRAFT}/preview/`),
			expires_at: expect.stringMatching(/^\d{4}-/),
		});
	});

	test('Preview adds the ID if the response has none', async () => {
		respondWith({ preview_url: 'https://example.com' });
		const [item] = toJson((await runOnFlow('preview', DRAFT)).main);
		expect(item).toEqual({ id: DRAFT, preview_url: 'https://example.com' });
	});

	test('Preview with Refresh returns a new link', async () => {
		const getLink = async (parameters = {}) =>
			toJson((await runOnFlow('preview', DRAFT, parameters)).main)[0]?.['preview_url'];
		const link = await getLink();
		expect(await getLink({ refresh: true })).not.toBe(link);
	});
});

describe('Create', () => {
	test('Create creates the flow and returns its ID', async () => {
		const { main } = await run('create', { name: 'New', categories: ['SURVEY'] });
		const [item] = toJson(main);
		expect(item).toEqual({ id: expect.stringMatching(/^\d+$/), success: true });
		expect(findFlow(String(item?.['id']))).toMatchObject({ name: 'New', categories: ['SURVEY'] });
	});

	test.each([
		['camelCase', {}, { validationErrors: [VALIDATION_ERROR] }],
		['snake_case', SNAKE_CASE, { validation_errors: [SNAKE_CASE_VALIDATION_ERROR] }],
	])('Create with %s returns validation errors beside the ID', async (_, options, expected) => {
		const content = {
			name: 'New',
			categories: ['OTHER'],
			additionalFields: { flowJson: '{"version":"7.1","screens":{}}' },
		};
		const [item] = toJson((await run('create', { ...content, ...options })).main);
		expect(item).toEqual({ id: expect.stringMatching(/^\d+$/), success: true, ...expected });
	});

	test("Create accepts the response of 8x8's guide", async () => {
		const body = { id: '5', name: 'New', status: 'DRAFT', categories: ['OTHER'] };
		respondWith(body, 201);
		const { main } = await run('create', { name: 'New', categories: ['OTHER'] });
		expect(toJson(main)).toEqual([{ ...body, success: true }]);
	});

	test('Create with Publish hints that validation errors prevented publishing', async () => {
		const validationErrors = [VALIDATION_ERROR];
		mockApi.settings.script = [() => ({ body: { id: '7', success: true, validationErrors } })];
		const additionalFields = { publish: true };
		const { hints } = await run('create', { name: 'A', categories: ['OTHER'], additionalFields });
		expect(hints).toEqual([
			"Flow 7 has validation errors, so most likely it wasn't published. Check its status.",
		]);
	});
});

describe('Update', () => {
	test('Update changes a draft and returns its ID', async () => {
		const updateFields = { name: 'Other', categories: 'SURVEY, OTHER' };
		const { main } = await runOnFlow('update', DRAFT, { updateFields });
		expect(toJson(main)).toEqual([{ id: DRAFT, success: true }]);
		expect(findFlow(DRAFT)).toMatchObject({ name: 'Other', categories: ['SURVEY', 'OTHER'] });
	});

	test('Update adds the requested ID if the response has none', async () => {
		respondWith({ success: true });
		const { main } = await runOnFlow('update', DRAFT, { updateFields: { name: 'Other' } });
		expect(toJson(main)).toEqual([{ id: DRAFT, success: true }]);
	});

	test('Update shows the message of 8x8 for a flow that is not a draft', async () => {
		const updateFields = { name: 'Other' };
		const { error } = await runOnFlow('update', DEPRECATED, { updateFields });
		expect(error?.message).toBe('Invalid parameter');
		expect(error?.description).toContain('Only a draft can be updated, published, or deleted');
	});
});

test.each(STATUS_CHANGES)('$operation turns an empty response into an item', async (fixture) => {
	const { main } = await runOperation(fixture);
	expect(toJson(main)).toMatchObject([fixture.output]);
	expect(findFlow(fixture.flowId)?.status).toBe(fixture.to);
});

describe.each<[string, number, unknown]>([
	['status 204 without a body', 204, undefined],
	['status 201 without a body', 201, ''],
	['a body of spaces', 200, ' \r\n'],
	['a body of null', 200, 'null'],
	['success: true', 200, { success: true }],
])('Status changes with %s', (response, status, body) => {
	test.each(STATUS_CHANGES)(`$operation succeeds after ${response}`, async (fixture) => {
		mockApi.settings.always = ({ method }) => (method === 'GET' ? undefined : { status, body });
		const { main, error } = await runOperation(fixture);
		expect(error).toBeUndefined();
		expect(toJson(main)).toMatchObject([fixture.output]);
		expect(getRequests().at(-1)).toBe(fixture.request);
	});
});

test.each(STATUS_CHANGES.filter(({ to }) => to !== undefined))(
	"$operation accepts the flow with its new status, as in 8x8's guide",
	async (fixture) => {
		const body = { id: fixture.flowId, name: 'A', status: fixture.to };
		mockApi.settings.always = ({ method }) => (method === 'GET' ? undefined : { body });
		const { main } = await runOperation(fixture);
		expect(toJson(main)).toMatchObject([fixture.output]);
		expect(getRequests().at(-1)).toBe(fixture.request);
	},
);

test('Deprecate shows the message of 8x8 for a flow that is not published', async () => {
	const { error } = await runOnFlow('deprecate', DRAFT);
	expect(error?.message).toBe('Invalid parameter');
	expect(error?.description).toMatch(
		/^Only a flow with status PUBLISHED or .* can be deprecated, and this flow's status is DRAFT\./,
	);
});
