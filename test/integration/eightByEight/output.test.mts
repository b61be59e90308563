import { describe, expect, test } from 'vitest';
import { flow, VALIDATION_ERROR } from '../../mock-api/eightByEight/accounts.mts';
import * as samples from '../../mock-api/eightByEight/samples.mts';
import {
	CHANNEL,
	DEPRECATED,
	DRAFT,
	EMPTY_CHANNEL,
	FAULTY,
	flowOf,
	jsonOf,
	PUBLISHED,
	run,
	runOn,
	mockApi,
	sent,
	setUp,
} from './setup.mts';

setUp();

const KALEYRA = { options: { output: 'kaleyra' } };

const VALIDATION_ERROR_IN_KALEYRA_KEYS = {
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
const URL = 'https://mmg.whatsapp.net/m1/v/t24/An-a1LjKk34-zpvJMd&_nc_sid=471';

describe('Get', () => {
	/** What the mock API really sends for the flow of the samples. */
	async function served(): Promise<string> {
		const { apiKey } = mockApi.account;
		const answer = await fetch(`${mockApi.origin}${mockApi.requests[0]!.target}`, {
			headers: { authorization: `Bearer ${apiKey}` },
		});
		return await answer.text();
	}

	test.each<[string, string, object]>([
		['its main sample', samples.DETAILS, {}],
		['"Flow with validation errors"', samples.WITH_VALIDATION_ERRORS, {}],
		[
			'"Flow without errors"',
			samples.WITHOUT_ERRORS,
			{ status: 'PUBLISHED', validationErrors: [] },
		],
	])(
		'gives the page’s item for %s, as the mock API serves it',
		async (_, createTestEvents, changes) => {
			Object.assign(flowOf(FAULTY)!, changes);
			const { main } = await runOn('get', FAULTY);
			// The page's samples have one key a line and no blanks.
			expect(await served()).toBe(createTestEvents.replaceAll('\n', ''));
			expect(jsonOf(main)).toEqual([JSON.parse(createTestEvents)]);
		},
	);

	test.each([samples.DETAILS, samples.WITH_VALIDATION_ERRORS, samples.WITHOUT_ERRORS])(
		'gives the page’s item for the page’s own bytes',
		async (createTestEvents) => {
			mockApi.settings.always = () => ({ status: 200, body: createTestEvents });
			expect(jsonOf((await runOn('get', FAULTY)).main)).toEqual([JSON.parse(createTestEvents)]);
		},
	);

	test('in Kaleyra’s keys has id and snake_case, down to the pointers', async () => {
		expect(jsonOf((await runOn('get', FAULTY, KALEYRA)).main)).toEqual([
			{
				id: FAULTY,
				flow_json_url: URL,
				name: 'Example flow',
				status: 'DRAFT',
				categories: ['OTHER'],
				validation_errors: [VALIDATION_ERROR_IN_KALEYRA_KEYS],
			},
		]);
	});

	test('in Kaleyra’s keys has an empty list where 8x8 gives no validation errors', async () => {
		const [item] = jsonOf((await runOn('get', PUBLISHED, KALEYRA)).main);
		expect(item).toMatchObject({ id: PUBLISHED, validation_errors: [] });
	});

	test('takes the shape of 8x8’s guide as well', async () => {
		const guide = { id: DRAFT, name: 'A', status: 'DRAFT', validation_errors: [] };
		mockApi.settings.always = () => ({ body: guide });
		expect(jsonOf((await runOn('get', DRAFT)).main)).toEqual([guide]);
		expect(jsonOf((await runOn('get', DRAFT, KALEYRA)).main)).toEqual([guide]);
	});

	test('names the flow that was asked for where the answer does not', async () => {
		mockApi.settings.always = () => ({ body: { name: 'A', status: 'DRAFT' } });
		const [item] = jsonOf((await runOn('get', DRAFT)).main);
		expect(item).toEqual({ flowId: DRAFT, name: 'A', status: 'DRAFT' });
	});

	test('lets through what no page names', async () => {
		const odd = { flowId: DRAFT, status: 'THROTTLED', categories: ['SHOPPING'], new: { aB: 1 } };
		mockApi.settings.always = () => ({ body: odd });
		expect(jsonOf((await runOn('get', DRAFT)).main)).toEqual([odd]);
	});

	test('takes a code in a success for no refusal, unless it is one of 8x8’s', async () => {
		const body = { flowId: DRAFT, name: 'A', status: 'DRAFT', code: 200 };
		mockApi.settings.always = () => ({ body });
		expect(jsonOf((await runOn('get', DRAFT)).main)).toEqual([body]);
	});

	test.each([
		['{"flowId":90071992547409931234,"status":"DRAFT"}', '90071992547409931234'],
		['{"flowId":822625023859371,"status":"DRAFT"}', '822625023859371'],
	])('keeps the digits of an ID that comes as a number: %s', async (body, id) => {
		mockApi.settings.always = () => ({ body });
		expect(jsonOf((await runOn('get', DRAFT)).main)[0]?.['flowId']).toBe(id);
	});

	test.each<[string, unknown]>([
		['a web page', '<html>Welcome</html>'],
		['other JSON', { status: 'up' }],
		['an empty ID', { flowId: '', name: 'x' }],
		['nothing', ''],
		['a list', []],
	])('does not take %s for a flow', async (_, body) => {
		mockApi.settings.always = () => ({ body });
		const { error } = await runOn('get', DRAFT);
		expect(error?.message).toBe('This is no answer of 8x8’s');
		expect(error?.description).toMatch(/^Check the region or the API Domain/);
	});

	test('asks once for items that want the same flow', async () => {
		const { main } = await runOn('get', DRAFT, {}, { items: [{}, {}, {}] });
		expect(main).toHaveLength(3);
		expect(sent()).toHaveLength(1);
	});
});

describe('Get Many', () => {
	test('gives one item per flow, with ID, name and status, as 8x8 lists them', async () => {
		const { main, hints } = await run('getMany');
		expect(jsonOf(main)).toEqual(
			mockApi.flows.map(({ id, name, status }) => ({ id, name, status })),
		);
		expect(hints).toEqual([]);
	});

	test('gives nothing for a channel without flows', async () => {
		const { main, error } = await run('getMany', { channelId: EMPTY_CHANNEL });
		expect([main, error]).toEqual([[], undefined]);
	});

	test('says that the list was cut at the limit, and that there is no next page', async () => {
		const { main, hints } = await run('getMany', { limit: 2 });
		expect(main).toHaveLength(2);
		expect(hints).toEqual([
			`Channel ${CHANNEL}: the list was cut at the limit of 2, or ends there by chance. To see more, raise the limit, to 1000 at most.`,
		]);
	});

	test('says at 1,000 that 8x8 gives no more', async () => {
		const many = Array.from({ length: 1_200 }, (_, index) => flow(String(index + 1)));
		mockApi.account.channels.set(CHANNEL, many);
		const { main, hints } = await run('getMany', { limit: 1000 });
		expect(main).toHaveLength(1000);
		expect(hints[0]).toContain('8x8 gives no more than 1000 and has no next page');
	});

	test('cuts where the limit is not heeded, and says so', async () => {
		mockApi.settings.always = () => ({ body: { flows: [{ id: '1' }, { id: '2' }, { id: '3' }] } });
		const { main, hints } = await run('getMany', { limit: 2 });
		expect(jsonOf(main)).toEqual([{ id: '1' }, { id: '2' }]);
		expect(hints).toHaveLength(1);
	});

	test('asks for 50 where nothing else is said', async () => {
		await run('getMany');
		expect(sent()).toEqual(['GET /flows?limit=50']);
	});

	test.each<[string, unknown]>([
		['a list with something else in it', { flows: [{ id: '1' }, 'x'] }],
		['no list', { flows: {} }],
		['a web page', '<html>'],
	])('does not take %s for a list', async (_, body) => {
		mockApi.settings.always = () => ({ body });
		expect((await run('getMany')).error?.message).toBe('This is no answer of 8x8’s');
	});
});

describe('Preview', () => {
	test('gives link and date, in 8x8’s own snake_case', async () => {
		const [item] = jsonOf((await runOn('preview', DRAFT)).main);
		expect(item).toEqual({
			id: DRAFT,
			preview_url: expect.stringContaining(`/flows/${DRAFT}/preview/`),
			expires_at: expect.stringMatching(/^\d{4}-/),
		});
	});

	test('with Refresh gives another link', async () => {
		const before = jsonOf((await runOn('preview', DRAFT)).main)[0]?.['preview_url'];
		const after = jsonOf((await runOn('preview', DRAFT, { refresh: true })).main)[0];
		expect(after?.['preview_url']).not.toBe(before);
	});
});

describe('Writes', () => {
	test('Create gives the new ID, and the flow is there', async () => {
		const { main } = await run('create', { name: 'New', categories: ['SURVEY'] });
		const [item] = jsonOf(main);
		expect(item).toEqual({ id: expect.stringMatching(/^\d+$/), success: true });
		expect(flowOf(String(item?.['id']))).toMatchObject({ name: 'New', categories: ['SURVEY'] });
	});

	test('Create tells faults of the flow JSON with the new ID, in either key', async () => {
		const faulty = (name: string, options = {}) =>
			run('create', {
				name,
				categories: ['OTHER'],
				additionalFields: { flowJson: '{}' },
				...options,
			});
		expect(jsonOf((await faulty('A')).main)[0]).toMatchObject({
			success: true,
			validationErrors: [VALIDATION_ERROR],
		});
		expect(jsonOf((await faulty('B', KALEYRA)).main)[0]).toMatchObject({
			success: true,
			validation_errors: [VALIDATION_ERROR_IN_KALEYRA_KEYS],
		});
	});

	test('Create takes the shape of 8x8’s guide as well', async () => {
		const body = { id: '5', name: 'New', status: 'DRAFT', categories: ['OTHER'] };
		mockApi.settings.always = () => ({ status: 201, body });
		const { main } = await run('create', { name: 'New', categories: ['OTHER'] });
		expect(jsonOf(main)).toEqual([{ ...body, success: true }]);
	});

	test('Update changes a draft', async () => {
		const updateFields = { name: 'Other', categories: 'SURVEY, OTHER' };
		const { main } = await runOn('update', DRAFT, { updateFields });
		expect(jsonOf(main)).toEqual([{ id: DRAFT, success: true }]);
		expect(flowOf(DRAFT)).toMatchObject({ name: 'Other', categories: ['SURVEY', 'OTHER'] });
	});

	test('Update names the flow that was asked for where the answer does not', async () => {
		mockApi.settings.always = () => ({ body: { success: true } });
		const { main } = await runOn('update', DRAFT, { updateFields: { name: 'Other' } });
		expect(jsonOf(main)).toEqual([{ id: DRAFT, success: true }]);
	});

	test.each([
		['publish', DRAFT, { success: true }, 'PUBLISHED'],
		['deprecate', PUBLISHED, { success: true }, 'DEPRECATED'],
		['delete', DRAFT, { deleted: true }, undefined],
	])('%s makes an empty 200 an item', async (operation, id, said, status) => {
		const { main } = await runOn(operation, id);
		expect(jsonOf(main)).toEqual([{ id, ...said }]);
		expect(flowOf(id)?.status).toBe(status);
	});

	test.each<[string, number, unknown]>([
		['204 without a body', 204, undefined],
		['201 without a body', 201, ''],
		['blanks', 200, ' \r\n'],
		['null', 200, 'null'],
		['success: true', 200, { success: true }],
	])('are done where the answer is %s', async (_, status, body) => {
		const [id, options] = [DRAFT, { validateBeforePublishing: false }];
		for (const operation of ['publish', 'deprecate', 'delete']) {
			mockApi.settings.always = ({ method }) => (method === 'GET' ? undefined : { status, body });
			const { main, error } = await runOn(operation, id, { options });
			expect(error).toBeUndefined();
			expect(jsonOf(main)[0]).toMatchObject({ id });
		}
		// Delete looks before.
		expect(sent()).toHaveLength(4);
	});

	test.each([
		['publish', 'PUBLISHED'],
		['deprecate', 'DEPRECATED'],
	])(
		'%s is done where the answer is the flow with its new status, as in 8x8’s guide',
		async (operation, status) => {
			mockApi.settings.always = () => ({ body: { id: DRAFT, name: 'A', status } });
			const { main } = await runOn(operation, DRAFT, {
				options: { validateBeforePublishing: false },
			});
			expect(jsonOf(main)).toEqual([{ id: DRAFT, success: true }]);
			expect(sent()).toHaveLength(1);
		},
	);

	test('that should publish say it where validation errors came back', async () => {
		const validationErrors = [VALIDATION_ERROR];
		mockApi.settings.script = [() => ({ body: { id: '7', success: true, validationErrors } })];
		const additionalFields = { publish: true };
		const { hints } = await run('create', { name: 'A', categories: ['OTHER'], additionalFields });
		expect(hints.join()).toMatch(
			/^Flow \d+ has validation errors, so most likely it was not published/,
		);
	});

	test('are refused for a flow that is in no state for it, in 8x8’s words', async () => {
		const deprecate = await runOn('deprecate', DRAFT);
		const update = await runOn('update', DEPRECATED, { updateFields: { name: 'x' } });
		for (const { error } of [deprecate, update]) {
			expect(error?.message).toBe('Invalid parameter');
			expect(error?.description).toMatch(/Only a draft can be changed, published or deleted,/);
		}
	});
});
