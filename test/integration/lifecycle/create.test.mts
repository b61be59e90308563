import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { incorrectPayload } from '../../mock-api/errors.mts';
import type { RunOptions } from '../n8nHarness.mts';
import { DRAFT, EMPTY_WABA, getRequests, mockApi, setUp, toJson, WABA } from '../setup.mts';
import {
	findByName,
	findFlow,
	getUrl,
	getWrites,
	INVALID_FLOWS,
	LOST_RESPONSES,
	run,
	scriptWrites,
} from './setup.mts';

setUp();

const NAME = 'Größe wählen 👗';
const create = async (parameters: IDataObject = {}, options?: RunOptions) =>
	await run('create', { name: NAME, categories: ['SURVEY'], ...parameters }, options);
const ID = '910000000000001';
const CREATED = { id: ID, name: NAME, success: true, status: 'DRAFT', url: getUrl(ID) };

describe('Create', () => {
	test('reads the names of the WABA and then creates a draft', async () => {
		const { main } = await create();
		expect(toJson(main)).toEqual([CREATED]);
		expect(getRequests().at(-1)).toBe(`POST /${WABA}/flows`);
		expect(getWrites()).toHaveLength(1);
		expect(findByName(NAME)).toMatchObject([{ status: 'DRAFT', categories: ['SURVEY'] }]);
	});

	test('sends the JSON body and headers that Kaleyra’s other writes have', async () => {
		await create({
			additionalFields: { cloneFlowId: DRAFT, endpointUri: 'https://example.com/flow' },
		});
		const { head, body } = mockApi.requests.at(-1)!;
		expect(JSON.parse(body)).toEqual({
			name: NAME,
			categories: ['SURVEY'],
			clone_flow_id: DRAFT,
			endpoint_uri: 'https://example.com/flow',
		});
		expect(head).toContain('\r\nContent-Type: application/json\r\n');
		expect(head).toContain(`\r\nContent-Length: ${Buffer.byteLength(body)}`);
	});

	test('leaves out fields that were added but not filled in', async () => {
		await create({ additionalFields: { cloneFlowId: '', endpointUri: ' ' } });
		expect(JSON.parse(mockApi.requests.at(-1)!.body)).toEqual({
			name: NAME,
			categories: ['SURVEY'],
		});
	});

	test('copies the flow JSON of the flow to clone', async () => {
		findFlow(DRAFT)!.flow_json = '{"version":"7.1","screens":["cloned"]}';
		await create({ additionalFields: { cloneFlowId: DRAFT } });
		expect(findByName(NAME)[0]?.flow_json).toBe('{"version":"7.1","screens":["cloned"]}');
	});

	test('reads the names once for several items of one WABA', async () => {
		const items = ['A', 'B', 'C'].map((name) => ({ name }));
		const { main } = await create({ name: '={{ $json.name }}' }, { items });
		expect(main.map(({ json }) => json['name'])).toEqual(['A', 'B', 'C']);
		expect(getRequests().filter((line) => line.startsWith('GET'))).toHaveLength(2);
	});

	test.each<[string, unknown]>([
		['only the ID', { id: '5' }],
		['the ID as a number', { id: 5 }],
		['success and validation errors', { id: '5', success: true, validation_errors: [] }],
		['an envelope', { code: 'WA200', message: 'OK', data: { id: '5' }, error: {} }],
	])('accepts a response with %s', async (_, body) => {
		scriptWrites({ status: 200, body });
		expect(toJson((await create()).main)[0]).toMatchObject({
			...CREATED,
			id: '5',
			url: getUrl('5'),
		});
	});

	test('passes on unknown fields of the response', async () => {
		scriptWrites({ status: 200, body: { id: '5', review: 'none' } });
		expect(toJson((await create()).main)[0]).toHaveProperty('review', 'none');
	});

	test('reads the names again for the next item when reading them failed', async () => {
		mockApi.settings.script = [() => ({ status: 403, body: '' })];
		const { main } = await create({}, { items: [{}, {}], onError: 'continueRegularOutput' });
		expect(toJson(main)).toMatchObject([{ error: 'Access denied' }, CREATED]);
	});

	test.each([
		['given', EMPTY_WABA],
		['that an expression returns', `={{ "${EMPTY_WABA}" }}`],
	])('creates a flow in the WABA %s', async (_, wabaId) => {
		await create({ wabaId });
		expect(mockApi.account.wabas.get(EMPTY_WABA)).toHaveLength(1);
	});

	test('fails without a write when the name is taken, and names the flow', async () => {
		const { error } = await create({ name: 'Customer survey' });
		expect(error?.message).toBe(
			'The WABA already has a flow named "Customer survey" (ID 900000000000002)',
		);
		expect(error?.description).toContain('Create or Update');
		expect(getWrites()).toEqual([]);
	});

	test('fails for the second of two items with the same name', async () => {
		const { main } = await create({}, { items: [{}, {}], onError: 'continueRegularOutput' });
		expect(main[0]?.json).toEqual(CREATED);
		expect(main[1]?.json['error']).toContain('already has a flow');
		expect(getWrites()).toHaveLength(1);
	});

	test('fails when another execution creates the name at the same time', async () => {
		mockApi.settings.always = ({ method }) => {
			if (method === 'POST') mockApi.flows[0]!.name = NAME;
			return undefined;
		};
		const { error } = await create();
		expect(error?.message).toContain('already has a flow');
		expect(error?.description).toMatch(/^Kaleyra rejected the request\./);
		expect(findByName(NAME)).toHaveLength(1);
	});
});

describe('Create with an unknown outcome', () => {
	test.each(LOST_RESPONSES)(
		'finds the flow in the list after %s and creates no second one',
		async (_, fault, options) => {
			scriptWrites(fault);
			const { main } = await create({ options: { ...options, maxRetries: 2 } });
			expect(toJson(main)).toEqual([{ ...CREATED, confirmed_by_list: true }]);
			expect(findByName(NAME)).toHaveLength(1);
			expect(getWrites()).toHaveLength(1);
		},
	);

	test('finds the flow on a later page of the list', async () => {
		mockApi.settings.pageSize = 2;
		scriptWrites({ fault: 'reset', applyFirst: true });
		expect(toJson((await create()).main)).toEqual([{ ...CREATED, confirmed_by_list: true }]);
	});

	test('creates the flow again when the list lacks it', async () => {
		scriptWrites({ fault: 'reset' });
		expect(toJson((await create()).main)).toEqual([CREATED]);
		expect(getWrites()).toHaveLength(2);
	});

	test('finds the flow of the first request when the second one is rejected', async () => {
		let lists = 0;
		mockApi.settings.always = ({ method, target }) => {
			if (method === 'POST') return getWrites().length === 1 ? APPLIED : undefined;
			// The second list doesn't show the flow yet.
			const isStale = target.endsWith('/flows') && ++lists === 2;
			return isStale ? { status: 200, body: { data: [] } } : undefined;
		};
		expect(toJson((await create()).main)).toEqual([{ ...CREATED, confirmed_by_list: true }]);
		expect(findByName(NAME)).toHaveLength(1);
	});

	test('creates one flow after a rate limit', async () => {
		scriptWrites({ status: 429, headers: { 'retry-after': '0' } });
		expect(toJson((await create()).main)).toEqual([CREATED]);
		expect(findByName(NAME)).toHaveLength(1);
	});

	test('creates one flow after a 500 that took effect and a rate limit', async () => {
		const limit = { status: 429, headers: { 'retry-after': '0' } };
		mockApi.settings.script = [
			// The list has two pages, because its last one has a cursor.
			() => undefined,
			() => undefined,
			() => ({ status: 500, body: '', applyFirst: true }),
			() => limit,
		];
		expect(toJson((await create()).main)).toEqual([{ ...CREATED, confirmed_by_list: true }]);
		expect(findByName(NAME)).toHaveLength(1);
	});

	test('reports that it is unknown when the list cannot be read', async () => {
		scriptWrites({ fault: 'reset', applyFirst: true });
		const { always } = mockApi.settings;
		mockApi.settings.always = (request) =>
			getWrites().length > 0 && request.method === 'GET'
				? { status: 403, body: '' }
				: always?.(request);
		const { error } = await create({ options: { maxRetries: 0 } });
		expect(error?.description).toMatch(
			/^It's unknown whether the flow was created, because reading the list of flows failed \(Access denied\)\./,
		);
	});

	test('says without retries that the whole list lacks the flow', async () => {
		scriptWrites({ fault: 'reset' });
		const { error } = await create({ options: { maxRetries: 0 } });
		expect(error?.description).toContain(
			`The WABA has no flow named "${NAME}", so most likely it wasn't.`,
		);
		expect(getWrites()).toHaveLength(1);
	});

	test('is not sent again when the list may be incomplete', async () => {
		mockApi.settings.cursors = 'ignored';
		mockApi.settings.pageSize = 2;
		scriptWrites({ fault: 'reset' });
		const { error } = await create();
		expect(error?.description).toContain("most likely it wasn't");
		expect(getWrites()).toHaveLength(1);
	});

	test('is not sent again when Kaleyra rejects it', async () => {
		scriptWrites(incorrectPayload);
		const { error } = await create();
		expect(error?.message).toBe('Refer to correct payload format');
		expect(getWrites()).toHaveLength(1);
	});
});

const APPLIED = { fault: 'reset', applyFirst: true } as const;

describe('Create rejects without any request', () => {
	test.each<[string, IDataObject, RegExp]>([
		...INVALID_FLOWS,
		['a WABA ID with letters', { wabaId: 'x1' }, /^'WABA ID' must contain only digits/],
		[
			'an invalid flow to clone',
			{ additionalFields: { cloneFlowId: 'x' } },
			/^'Clone Flow ID' must contain only digits/,
		],
	])('%s', async (_, parameters, message) => {
		const { error } = await create(parameters);
		expect(error?.message).toMatch(message);
		expect(getRequests()).toEqual([]);
	});
});
