import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EightByEightMock } from '../mock-api/eightByEight/EightByEightMock.mts';
import {
	DRAFT,
	get,
	getMany,
	harness,
	INVALID_DRAFT,
	mockApi,
	PUBLISHED,
	setUp,
} from './setup.mts';

setUp();

const THROTTLED = '900000000000004';
const BLOCKED = '900000000000005';
const DEPRECATED = '900000000000006';
const HEADERS = { 'content-type': 'application/json' };

interface PageFlow {
	id: string;
	status: string;
	errors: number;
	actions: { name: string; description: string }[];
}

const fetchPage = async (path: string, { origin } = mockApi) => await fetch(`${origin}/${path}`);
const fetchState = async (origin = mockApi.origin) =>
	(await (await fetch(`${origin}/__page/state`)).json()) as {
		title: string;
		sections: {
			flows: { title: string; flows: PageFlow[] }[];
			requests: { title?: string; target: string; status: number; body: string }[];
			chat: { channel: string; text: string }[];
		};
	};
/** Selects a button of the page. @returns the status code */
const act = async (section: string, action: string, body = '', origin = mockApi.origin) =>
	(await fetch(`${origin}/__page/${section}/${action}`, { method: 'POST', body })).status;
const post = async (channel: string, body: string) =>
	await fetch(`${mockApi.origin}/chat/${channel}`, { method: 'POST', headers: HEADERS, body });

const getActions = async (origin?: string) => {
	const { sections } = await fetchState(origin);
	const flows = sections.flows.flatMap((group) => group.flows);
	return Object.fromEntries(flows.map(({ id, actions }) => [id, actions.map(({ name }) => name)]));
};
const getJson = async (id: string) => (await get(id)).main[0]?.json;

describe('The page', () => {
	test('is served with its style and scripts, and connects to this machine only', async () => {
		const page = await fetchPage('');
		expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(page.headers.get('content-security-policy')).toBe(
			"default-src 'self'; img-src data:; connect-src 'self' http://localhost:* http://127.0.0.1:*",
		);
		const html = await page.text();
		const files = [...html.matchAll(/(?:src|href)="\/([^"]*)"/g)].map(([, path = '']) => path);
		expect(files).toEqual(['__page/page.css', '__page/page.js']);
		const types = await Promise.all(
			files.map(async (file) => (await fetchPage(file)).headers.get('content-type')),
		);
		expect(types).toEqual(['text/css; charset=utf-8', 'text/javascript; charset=utf-8']);
	});

	test("serves WhatsApp's part of Data Exchange as a module", async () => {
		const script = await fetchPage('__page/endpoint.js');
		expect(await script.text()).toContain("from './whatsAppEndpointClient.mjs'");
		const module = await fetchPage('__page/whatsAppEndpointClient.mjs');
		expect(module.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
	});

	test('finds the file of every section it imports', async () => {
		const script = await (await fetchPage('__page/page.js')).text();
		const files = [...script.matchAll(/from '\.\/([^']*)'/g)].map(([, file = '']) => file);
		expect(files).toEqual(expect.arrayContaining(['chat.js', 'flows.js', 'requests.js']));
		for (const file of files) expect((await fetchPage(`__page/${file}`)).status).toBe(200);
	});

	test.each(['__page/chat.mts', '__page/..%2fstart.mts', '__page/other.js', '__page/'])(
		'does not serve /%s',
		async (path) => {
			const response = await fetchPage(path);
			expect(response.status).toBe(404);
			expect(await response.text()).not.toContain('import');
		},
	);

	test('is not recorded as a request to the API', async () => {
		await fetchPage('');
		await fetchState();
		await act('flows', 'block', PUBLISHED);
		await post('any', '{"text":"Hello"}');
		expect(mockApi.requests).toEqual([]);
	});
});

describe('The flows on the page', () => {
	test('are grouped by WABA, and an empty WABA is shown', async () => {
		const { title, sections } = await fetchState();
		expect(title).toBe('Kaleyra mock API');
		expect(sections.flows.map((group) => [group.title, group.flows.length])).toEqual([
			['WABA 102290129340398', 7],
			['WABA 102290129340399', 0],
		]);
		expect(sections.flows[0]!.flows[2]).toMatchObject({
			id: INVALID_DRAFT,
			name: 'Sign up for the newsletter',
			status: 'DRAFT',
			categories: ['SIGN_UP'],
			errors: 1,
		});
	});

	test('have the buttons that apply to their status', async () => {
		expect(await getActions()).toMatchObject({
			[DRAFT]: ['publish', 'break', 'delete'],
			[INVALID_DRAFT]: ['fix', 'delete'],
			[PUBLISHED]: ['throttle', 'block'],
			[THROTTLED]: ['block', 'unthrottle'],
			[BLOCKED]: ['throttle', 'unblock'],
			[DEPRECATED]: [],
		});
	});

	test.each([
		['publish', DRAFT, { status: 'PUBLISHED' }],
		['throttle', PUBLISHED, { status: 'THROTTLED' }],
		['block', PUBLISHED, { status: 'BLOCKED' }],
		['unthrottle', THROTTLED, { status: 'PUBLISHED' }],
		['unblock', BLOCKED, { status: 'PUBLISHED' }],
		['break', DRAFT, { validation_errors: [expect.objectContaining({ line_start: 10 })] }],
		['fix', INVALID_DRAFT, { validation_errors: [] }],
	])('change for the node after %s', async (action, id, expected) => {
		expect(await getJson(id)).not.toMatchObject(expected);
		expect(await act('flows', action, id)).toBe(204);
		expect(await getJson(id)).toMatchObject(expected);
	});

	test('are no longer listed by the node after delete', async () => {
		expect(await act('flows', 'delete', DRAFT)).toBe(204);
		const { main } = await getMany();
		expect(main.map(({ json }) => json['id'])).not.toContain(DRAFT);
		expect(main).toHaveLength(6);
	});

	test('start a workflow with the trigger when one is blocked', async () => {
		const trigger = harness.poller('kaleyraFlowsTrigger', { events: ['statusChanged'] });
		await trigger.poll();
		await act('flows', 'block', PUBLISHED);
		expect(await trigger.poll()).toEqual([
			expect.objectContaining({
				flow: expect.objectContaining({ id: PUBLISHED, status: 'BLOCKED' }),
				previous: expect.objectContaining({ status: 'PUBLISHED' }),
			}),
		]);
	});

	test('are as at the start after reset', async () => {
		const before = (await fetchState()).sections.flows;
		await act('flows', 'delete', DRAFT);
		await act('flows', 'block', PUBLISHED);
		expect((await fetchState()).sections.flows).not.toEqual(before);
		expect(await act('flows', 'reset')).toBe(204);
		expect((await fetchState()).sections.flows).toEqual(before);
	});

	test.each([
		['a status that does not allow the action', 'publish', PUBLISHED, 409],
		['an unknown flow', 'block', '1', 409],
		['an unknown action', 'toString', PUBLISHED, 404],
	])('do not change for %s', async (_, action, id, status) => {
		const before = (await fetchState()).sections.flows;
		expect(await act('flows', action, id)).toBe(status);
		expect((await fetchState()).sections.flows).toEqual(before);
	});

	test('do not change for an action of an unknown section', async () => {
		expect(await act('constructor', 'block', PUBLISHED)).toBe(404);
	});
});

describe('The requests on the page', () => {
	test('show the operation, status, and body, and neither API key nor headers', async () => {
		await harness.run({
			resource: 'flow',
			operation: 'updateMetadata',
			flowId: { __rl: true, mode: 'id', value: DRAFT },
			updateFields: { name: 'Größe' },
		});
		const state = await fetchState();
		expect(state.sections.requests.at(-1)).toMatchObject({
			title: 'Update Flow Metadata',
			method: 'POST',
			target: `/v2/HXAP0000000000IN/whatsapp/${DRAFT}`,
			status: 200,
			body: '{"name":"Größe"}',
		});
		expect(mockApi.requests.at(-1)!.headers['api-key']).toBe(mockApi.account.apiKey);
		const json = JSON.stringify(state);
		expect(json).not.toContain(mockApi.account.apiKey);
		expect(json).not.toContain('api-key');
	});

	test('show the parts of a multipart body', async () => {
		const form = new FormData();
		form.append('asset_type', 'FLOW_JSON');
		form.append('file', new Blob(['{"version":"7.1"}']), 'flow.json');
		await fetch(`${mockApi.origin}/v2/x`, { method: 'POST', body: form });
		const { sections } = await fetchState();
		expect(sections.requests).toEqual([
			expect.objectContaining({
				status: 404,
				body: 'asset_type: FLOW_JSON\nfile (flow.json): {"version":"7.1"}',
			}),
		]);
		expect(sections.requests[0]).not.toHaveProperty('title');
	});

	test('show the last 100 and the first 5,000 characters of each', async () => {
		const body = 'x'.repeat(6_000);
		for (let index = 0; index < 101; index++)
			await fetch(`${mockApi.origin}/v2/${index}`, { method: 'POST', body });
		const { requests } = (await fetchState()).sections;
		expect(requests.map(({ target }) => target)).toEqual(
			Array.from({ length: 100 }, (_, index) => `/v2/${index + 1}`),
		);
		expect(requests[0]!.body).toHaveLength(5_000);
	});

	test('are removed by clear', async () => {
		await getJson(DRAFT);
		expect((await fetchState()).sections.requests).toHaveLength(1);
		expect(await act('requests', 'clear')).toBe(204);
		expect((await fetchState()).sections.requests).toEqual([]);
	});
});

describe('The chat on the page', () => {
	test('shows the messages of all channels in order', async () => {
		const response = await post('alerts', '{"text":"<b>First</b>\\nline"}');
		expect([response.status, await response.text()]).toEqual([200, 'ok']);
		await post('reports', '{"text":"Second","username":"n8n"}');
		expect((await fetchState()).sections.chat).toEqual([
			{ channel: 'alerts', text: '<b>First</b>\nline', at: expect.any(Number) },
			{ channel: 'reports', text: 'Second', at: expect.any(Number) },
		]);
	});

	test.each(['', 'text', '{"text":""}', '{"text":1}', '{"message":"x"}', '["text"]', 'null'])(
		'rejects the body %j',
		async (body) => {
			const response = await post('alerts', body);
			expect([response.status, await response.text()]).toEqual([400, 'no_text']);
			expect((await fetchState()).sections.chat).toEqual([]);
		},
	);

	test('is emptied by clear', async () => {
		await post('alerts', '{"text":"First"}');
		expect(await act('chat', 'clear')).toBe(204);
		expect((await fetchState()).sections.chat).toEqual([]);
	});
});

describe('The page of the 8x8 mock API', () => {
	let eightByEight: EightByEightMock;
	beforeAll(async () => (eightByEight = await EightByEightMock.start()));
	beforeEach(() => eightByEight.reset());
	afterAll(async () => await eightByEight.stop());

	test('shows the flows by channel, with the buttons that apply to their status', async () => {
		const { title, sections } = await fetchState(eightByEight.origin);
		expect(title).toBe('8x8 mock API');
		expect(sections.flows.map((group) => group.title)).toEqual([
			'Channel 3f1c2b4a-0000-4000-8000-0000000000c1',
			'Channel 3f1c2b4a-0000-4000-8000-0000000000c2',
		]);
		expect(await getActions(eightByEight.origin)).toMatchObject({
			'800000000000001': ['publish', 'break', 'delete'],
			'800000000000002': ['deprecate'],
			'822625023859371': ['fix', 'delete'],
			'800000000000004': [],
		});
	});

	test.each([
		['publish', '800000000000001', { status: 'PUBLISHED' }],
		['deprecate', '800000000000002', { status: 'DEPRECATED' }],
		['break', '800000000000001', { validationErrors: [expect.anything()] }],
		['fix', '822625023859371', { validationErrors: [] }],
		['delete', '800000000000001', undefined],
	])('changes a flow with %s', async (action, id, expected) => {
		expect(await act('flows', action, id, eightByEight.origin)).toBe(204);
		const flow = eightByEight.flows.find((each) => each.id === id);
		if (expected) expect(flow).toMatchObject(expected);
		else expect(flow).toBeUndefined();
	});
});
