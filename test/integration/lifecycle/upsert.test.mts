import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { ENDPOINT, flow, VALIDATION_ERROR } from '../../mock-api/accounts.mts';
import type { RunOptions } from '../n8nHarness.mts';
import { DRAFT, getRequests, mockApi, PUBLISHED, setUp, toJson, WABA } from '../setup.mts';
import {
	findByName,
	findFlow,
	FLOW_JSON,
	getUrl,
	getWrites,
	INVALID_FLOWS,
	LOST_RESPONSES,
	run,
	scriptWrites,
} from './setup.mts';

setUp();

const NAME = 'Neuer Flow 🌱';
const NEW_ID = '910000000000001';
const upsert = async (parameters: IDataObject = {}, options?: RunOptions) =>
	await run(
		'upsert',
		{ name: NAME, categories: ['SURVEY', 'OTHER'], flowJson: FLOW_JSON, ...parameters },
		options,
	);
const CREATE = [`POST /${WABA}/flows`, `POST /${NEW_ID}/assets`];
const UNCHANGED = {
	id: NEW_ID,
	name: NAME,
	success: true,
	status: 'DRAFT',
	previous_status: 'DRAFT',
	url: getUrl(NEW_ID),
	created: false,
	changed: [],
	published: false,
	validation_errors: [],
};
const { previous_status: _, ...NEW } = UNCHANGED;

describe('Create or Update', () => {
	test('creates a flow and uploads its JSON', async () => {
		const { main, hints } = await upsert();
		expect(hints).toEqual([]);
		expect(toJson(main)).toEqual([{ ...NEW, created: true, changed: ['json', 'categories'] }]);
		expect(getWrites()).toEqual(CREATE);
		expect(findFlow(NEW_ID)).toMatchObject({
			name: NAME,
			categories: ['SURVEY', 'OTHER'],
			flow_json: FLOW_JSON,
		});
	});

	test('sends no write the second time, and reads the flow once', async () => {
		await upsert();
		mockApi.requests = [];
		expect(toJson((await upsert()).main)).toEqual([UNCHANGED]);
		expect(getWrites()).toEqual([]);
		expect(getRequests().filter((line) => line === `GET /${NEW_ID}`)).toHaveLength(1);
	});

	test.each<[string, IDataObject]>([
		['formatted differently', { flowJson: JSON.stringify(JSON.parse(FLOW_JSON)) }],
		['an object', { flowJson: `={{ ${FLOW_JSON} }}` }],
		[
			'with its keys in another order',
			{
				flowJson: JSON.stringify(
					Object.fromEntries(Object.entries(JSON.parse(FLOW_JSON)).reverse()),
				),
			},
		],
	])('sends no write when the same JSON is %s', async (_, changes) => {
		await upsert();
		mockApi.requests = [];
		expect(toJson((await upsert(changes)).main)).toEqual([UNCHANGED]);
		expect(getWrites()).toEqual([]);
	});

	test('sends no write when the same categories are in another order', async () => {
		await upsert();
		mockApi.requests = [];
		await upsert({ categories: ['OTHER', 'SURVEY'] });
		expect(getWrites()).toEqual([]);
	});

	test('uploads changed JSON and nothing else', async () => {
		await upsert();
		mockApi.requests = [];
		const { main } = await upsert({ flowJson: '{"version":"7.2","screens":[]}' });
		expect(toJson(main)).toEqual([{ ...UNCHANGED, changed: ['json'] }]);
		expect(getWrites()).toEqual([`POST /${NEW_ID}/assets`]);
	});

	test('updates changed categories and nothing else', async () => {
		await upsert();
		mockApi.requests = [];
		const { main } = await upsert({ categories: ['SIGN_UP'] });
		expect(toJson(main)).toEqual([{ ...UNCHANGED, changed: ['categories'] }]);
		expect(getWrites()).toEqual([`POST /${NEW_ID}`]);
		expect(mockApi.requests.find(({ method }) => method === 'POST')?.body).toBe(
			'{"categories":["SIGN_UP"]}',
		);
	});

	test('sets the endpoint URI only if it differs', async () => {
		const additionalFields = { endpointUri: ENDPOINT };
		const created = await upsert({ additionalFields });
		expect(toJson(created.main)).toMatchObject([
			{ created: true, changed: ['json', 'categories', 'endpoint_uri'] },
		]);
		expect(findFlow(NEW_ID)?.endpoint_uri).toBe(ENDPOINT);
		mockApi.requests = [];
		expect(toJson((await upsert({ additionalFields })).main)).toEqual([UNCHANGED]);
		const changed = { endpointUri: 'https://example.com/new' };
		const { main } = await upsert({ additionalFields: changed });
		expect(toJson(main)).toEqual([{ ...UNCHANGED, changed: ['endpoint_uri'] }]);
		expect(findFlow(NEW_ID)?.endpoint_uri).toBe('https://example.com/new');
	});

	test.each<[string, IDataObject]>([
		['added', {}],
		['entered', { endpointUri: '' }],
	])('leaves the endpoint URI of a flow unchanged if none is %s', async (_, additionalFields) => {
		await upsert({ additionalFields: { endpointUri: ENDPOINT } });
		mockApi.requests = [];
		expect(toJson((await upsert({ additionalFields })).main)).toEqual([UNCHANGED]);
		expect(getWrites()).toEqual([]);
		expect(getRequests().join()).not.toContain('endpoint_uri');
		expect(findFlow(NEW_ID)?.endpoint_uri).toBe(ENDPOINT);
	});

	test('leaves the endpoint URI unchanged also if Kaleyra returns it without being asked', async () => {
		await upsert({ additionalFields: { endpointUri: ENDPOINT } });
		mockApi.requests = [];
		mockApi.settings.always = ({ method, target }) =>
			method === 'GET' && target.endsWith(`/${NEW_ID}`)
				? { status: 200, body: { ...findFlow(NEW_ID)! } }
				: undefined;
		expect(toJson((await upsert()).main)).toEqual([UNCHANGED]);
		expect(getWrites()).toEqual([]);
	});

	test('returns a changed published flow to draft', async () => {
		const { main, hints } = await upsert({ name: 'Customer survey' });
		expect(hints).toEqual([]);
		expect(toJson(main)).toMatchObject([
			{ id: PUBLISHED, status: 'DRAFT', created: false, changed: ['json', 'categories'] },
		]);
	});

	test('uploads the JSON of a flow that has none', async () => {
		mockApi.settings.always = ({ method, target }) =>
			method === 'GET' && target.endsWith('/assets')
				? { status: 200, body: { data: [] } }
				: undefined;
		const { main } = await upsert({
			name: 'Book an appointment',
			categories: ['APPOINTMENT_BOOKING'],
		});
		expect(toJson(main)).toMatchObject([{ id: DRAFT, changed: ['json'] }]);
	});

	test('fails without a write for a deprecated flow', async () => {
		const { error } = await upsert({ name: 'Summer raffle' });
		expect(error?.message).toContain("is DEPRECATED and can't be updated");
		expect(getWrites()).toEqual([]);
	});

	test('reads the JSON from a file', async () => {
		const parameters = { inputType: 'file', binaryPropertyName: 'data' };
		await upsert(parameters, { files: [{ data: Buffer.from(FLOW_JSON) }] });
		expect(findFlow(NEW_ID)?.flow_json).toBe(FLOW_JSON);
	});

	test('processes several items, and finds a flow that an earlier item created', async () => {
		const items = [{ n: 1 }, { n: 2 }];
		const { main } = await upsert(
			{ flowJson: '={{ ({ version: "7.1", screens: [], n: $json.n }) }}' },
			{ items },
		);
		expect(toJson(main)).toMatchObject([{ created: true }, { created: false, changed: ['json'] }]);
		expect(findByName(NAME)).toHaveLength(1);
	});
});

describe('Create or Update with Publish', () => {
	const options = { publish: true };

	test('publishes a new flow', async () => {
		const { main, hints } = await upsert({ options });
		expect(hints).toEqual([]);
		expect(toJson(main)).toMatchObject([{ status: 'PUBLISHED', published: true, created: true }]);
		expect(getWrites()).toEqual([...CREATE, `POST /${NEW_ID}/publish`]);
	});

	test('sends no write the second time', async () => {
		await upsert({ options });
		mockApi.requests = [];
		expect(toJson((await upsert({ options })).main)).toEqual([
			{ ...UNCHANGED, status: 'PUBLISHED', previous_status: 'PUBLISHED' },
		]);
		expect(getWrites()).toEqual([]);
	});

	test('publishes a changed flow again', async () => {
		await upsert({ options });
		const { main } = await upsert({ options, flowJson: '{"version":"7.1","screens":[]}' });
		expect(toJson(main)).toMatchObject([
			{ status: 'PUBLISHED', published: true, changed: ['json'] },
		]);
	});

	test('does not publish a flow with validation errors, and shows a hint', async () => {
		const { main, hints } = await upsert({ options, flowJson: '{"version":"7.1","screens":{}}' });
		expect(toJson(main)).toMatchObject([
			{ status: 'DRAFT', published: false, validation_errors: [VALIDATION_ERROR] },
		]);
		expect(hints).toEqual([`Flow ${NEW_ID} has validation errors, so it wasn't published.`]);
		expect(getWrites()).toEqual(CREATE);
	});
});

describe('Create or Update with faults', () => {
	test.each(LOST_RESPONSES)(
		'creates one flow when the response to Create is lost by %s',
		async (_, fault, options) => {
			scriptWrites(fault);
			const { main } = await upsert({ options: { ...options, maxRetries: 2 } });
			expect(toJson(main)).toEqual([
				{ ...NEW, created: true, confirmed_by_list: true, changed: ['json'] },
			]);
			expect(findByName(NAME)).toHaveLength(1);
			expect(getWrites()).toEqual(CREATE);
		},
	);

	test('updates a flow that another execution created while the response to Create was lost', async () => {
		const additionalFields = { endpointUri: ENDPOINT };
		mockApi.settings.always = ({ method, target }) => {
			if (method !== 'POST' || !target.endsWith('/flows')) return undefined;
			mockApi.account.wabas.get(WABA)!.push(flow('5', { name: NAME, categories: ['SIGN_UP'] }));
			return { fault: 'reset' };
		};
		const { main } = await upsert({ additionalFields });
		expect(toJson(main)).toMatchObject([
			{ id: '5', confirmed_by_list: true, changed: ['json', 'categories', 'endpoint_uri'] },
		]);
		expect(findFlow('5')).toMatchObject({
			categories: ['SURVEY', 'OTHER'],
			endpoint_uri: ENDPOINT,
			flow_json: FLOW_JSON,
		});
	});

	test('fails without a write when the list that lacks the name may be incomplete', async () => {
		mockApi.settings.cursors = 'ignored';
		mockApi.settings.pageSize = 2;
		const { error } = await upsert();
		expect(error?.message).toContain('The list of flows is incomplete');
		expect(getWrites()).toEqual([]);
	});

	test('fails without a write when several flows have the name', async () => {
		mockApi.account.wabas.get(WABA)!.push(flow('5', { name: NAME }), flow('6', { name: NAME }));
		const { error } = await upsert();
		expect(error?.message).toBe(`2 flows are named ${JSON.stringify(NAME)}`);
		expect(error?.description).toContain('5, 6');
		expect(getWrites()).toEqual([]);
	});

	/** Reads of a flow after its update show it published. */
	const readAsPublished = (id: string) => {
		const flow = { ...findFlow(id)!, status: 'PUBLISHED', validation_errors: [] };
		mockApi.settings.always = ({ method, target }) =>
			method === 'GET' && getWrites().length > 0 && target.endsWith(`/${id}`)
				? { status: 200, body: flow }
				: undefined;
	};
	/** Reads after the update still show the published flow. */
	const readStale = () => readAsPublished(PUBLISHED);

	test('publishes a changed flow whose status still is PUBLISHED', async () => {
		readStale();
		const { main } = await upsert({ name: 'Customer survey', options: { publish: true } });
		expect(toJson(main)).toMatchObject([{ status: 'PUBLISHED', published: true }]);
		expect(findFlow(PUBLISHED)?.status).toBe('PUBLISHED');
	});

	test('shows a hint for a changed flow whose status still is PUBLISHED when it is not to be published', async () => {
		readStale();
		const { hints } = await upsert({ name: 'Customer survey' });
		expect(hints).toEqual([expect.stringContaining('its status is still PUBLISHED')]);
	});

	test('shows no hint if another execution published the changed draft', async () => {
		readAsPublished(DRAFT);
		const { main, hints } = await upsert({ name: 'Book an appointment' });
		expect(toJson(main)).toMatchObject([{ id: DRAFT, status: 'PUBLISHED', published: false }]);
		expect(hints).toEqual([]);
	});

	test('does not publish a flow whose response has validation errors that reads do not show yet', async () => {
		readStale();
		const { main } = await upsert({
			name: 'Customer survey',
			flowJson: '{"version":"7.1","screens":{}}',
			options: { publish: true },
		});
		expect(toJson(main)).toMatchObject([
			{ published: false, validation_errors: [VALIDATION_ERROR] },
		]);
		expect(getWrites().some((line) => line.endsWith('/publish'))).toBe(false);
	});

	test('says what was applied before an error, and continues the next time', async () => {
		scriptWrites(undefined, { status: 403, body: '' });
		const { error } = await upsert();
		expect(error?.description).toMatch(
			/^Already applied: created, categories\. Execute the node again to continue\. \w.*HTTP 403/,
		);
		mockApi.settings.always = undefined;
		expect(toJson((await upsert()).main)).toEqual([{ ...UNCHANGED, changed: ['json'] }]);
	});

	test.each([NAME, 'Book an appointment'])(
		'does not say that something was applied to %s if nothing was',
		async (name) => {
			scriptWrites({ status: 403, body: '' });
			const { error } = await upsert({ name });
			expect(error?.description).not.toContain('Already applied');
			expect(findByName(NAME)).toEqual([]);
		},
	);

	test.each(LOST_RESPONSES)(
		'reads the status when the response to Publish is lost by %s',
		async (_, fault, options) => {
			scriptWrites(undefined, undefined, fault);
			const { main } = await upsert({ options: { ...options, publish: true } });
			expect(toJson(main)).toMatchObject([
				{ status: 'PUBLISHED', published: true, confirmed_by_status: true },
			]);
		},
	);

	test('updates the flow that another execution created at the same time', async () => {
		let raced = false;
		mockApi.settings.always = async ({ method, target }) => {
			if (method === 'POST' && target.endsWith('/flows') && !raced) {
				raced = true;
				await upsert({ flowJson: '{"version":"7.1","screens":[]}' });
			}
			return undefined;
		};
		const { main } = await upsert();
		expect(toJson(main)).toEqual([{ ...UNCHANGED, changed: ['json'] }]);
		expect(findByName(NAME)).toMatchObject([{ flow_json: FLOW_JSON }]);
	});

	test('leaves one published flow when two executions run at the same time', async () => {
		const both = await Promise.all([
			upsert({ options: { publish: true } }),
			upsert({ options: { publish: true } }),
		]);
		expect(both.map(({ error }) => error?.message)).toEqual([undefined, undefined]);
		expect(both.map(({ main }) => main[0]?.json['created']).sort()).toEqual([false, true]);
		expect(findByName(NAME)).toMatchObject([{ status: 'PUBLISHED', flow_json: FLOW_JSON }]);
	});
});

describe('Create or Update rejects without any request', () => {
	test.each<[string, IDataObject, RegExp]>([
		...INVALID_FLOWS,
		['text that is not JSON', { flowJson: '{' }, /^'Flow JSON' must be a JSON object$/],
		['text for Publish', { options: { publish: '={{ "yes" }}' } }, /^'Publish' must be a boolean/],
	])('%s', async (_, parameters, message) => {
		const { error } = await upsert(parameters);
		expect(error?.message).toMatch(message);
		expect(mockApi.requests).toEqual([]);
	});
});
