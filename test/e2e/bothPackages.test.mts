import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ICredentialType, IDataObject, INode, INodeTypeDescription, IRun } from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
	EIGHT_BY_EIGHT_REPLIES_PATH,
	EXAMPLE_URLS,
	readExamples,
} from '../../playground/examples.mjs';
import { freePort, N8n, pack } from '../../playground/n8n.mjs';
import { EightByEightMock } from '../mock-api/eightByEight/EightByEightMock.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import { createHttpRequestWorkflow, startOtherServer } from './httpRequestWorkflow.mts';
import { readTraces } from './readTraces.mts';

// Installs both packed packages in one real n8n, with a mock API for each provider.

/** Examples with an AI model, or that wait for a customer, have end-to-end tests of their own. */
const hasOwnTests = ({ type, parameters }: INode) =>
	/langchain|Flows(Reply|Endpoint)Trigger$/.test(type) || parameters['operation'] === 'sendAndWait';
const EXAMPLES = (await readExamples(EXAMPLE_URLS)).filter(({ nodes }) => !nodes.some(hasOwnTests));
/** What the examples post at the first execution. */
const MESSAGES: Record<string, unknown[]> = {
	'alert-on-trouble': [expect.stringMatching(/^Flow ".*" \(\d+\) changed from /)],
	'daily-validation-errors': [
		"Sign up for the newsletter: Invalid value found for property 'type'. (line 10)",
	],
	'watch-flows-hourly': [
		"Sign up for the newsletter (900000000000003) is DRAFT: Invalid value found for property 'type'.",
		'Track an order (900000000000004) is THROTTLED',
		'Pay an invoice (900000000000005) is BLOCKED',
	],
};
const KALEYRA_TYPE = 'n8n-nodes-kaleyra-flows.kaleyraFlows';
const EIGHT_BY_EIGHT_TYPE = 'n8n-nodes-8x8-flows.eightByEightFlows';
const CREDENTIAL = {
	id: 'eightByEightMk01',
	name: '8x8 mock API',
	type: 'eightByEightChatAppsApi',
};
const KALEYRA_CREDENTIAL = {
	id: 'kaleyraMockApi01',
	name: 'Kaleyra mock API',
	type: 'kaleyraApi',
};
const CHANNEL = '3f1c2b4a-0000-4000-8000-0000000000c1';
const BASE = `/api/v1/accounts/1a2b3c4d-0000-4000-8000-00000000008f/channels/${CHANNEL}/flows`;

let folder: string;
let kaleyra: KaleyraMock;
let eightByEight: EightByEightMock;
let n8n: N8n;
let otherServer: Awaited<ReturnType<typeof startOtherServer>>;

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const CREATED = byId("={{ $('create').first().json.id }}");

/** Every operation of flows once, in this order, mostly on the flow that the first one creates. */
const STEPS: [operation: string, parameters: IDataObject][] = [
	[
		'create',
		{ name: 'New', categories: ['OTHER'], additionalFields: { cloneFlowId: '800000000000001' } },
	],
	['update', { flowId: CREATED, updateFields: { name: 'Newer' } }],
	['getMany', { limit: 1 }],
	['get', { flowId: CREATED }],
	['preview', { flowId: CREATED, refresh: true }],
	['publish', { flowId: CREATED }],
	['deprecate', { flowId: CREATED }],
	['delete', { flowId: byId('800000000000001') }],
];

function createOperationsWorkflow() {
	const base = { typeVersion: 1, position: [0, 0] as [number, number] };
	const nodes: Partial<INode>[] = [
		{ ...base, id: '0', name: 'start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
		...STEPS.map(([operation, parameters]) => ({
			...base,
			id: operation,
			name: operation,
			type: EIGHT_BY_EIGHT_TYPE,
			parameters: { resource: 'flow', operation, channelId: CHANNEL, options: {}, ...parameters },
			credentials: { [CREDENTIAL.type]: { id: CREDENTIAL.id, name: CREDENTIAL.name } },
		})),
	] as Partial<INode>[];
	const names = nodes.map(({ name }) => String(name));
	const connections = Object.fromEntries(
		names
			.slice(0, -1)
			.map((name, index) => [
				name,
				{ main: [[{ node: names[index + 1], type: 'main', index: 0 }]] },
			]),
	);
	return { id: 'every-operation', name: 'every-operation', nodes, connections };
}

const execute = async (id: string): Promise<IRun> => await n8n.execute(id);

const getOutput = (run: IRun, node: string): IDataObject[] =>
	(run.data.resultData.runData[node]?.[0]?.data?.['main']?.[0] ?? []).map(({ json }) => json);

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'both-flows-'));
	[kaleyra, eightByEight, otherServer] = await Promise.all([
		KaleyraMock.start(),
		EightByEightMock.start(),
		startOtherServer(),
	]);
	n8n = new N8n({ folder, port: await freePort(), brokerPort: await freePort() });
	await n8n.installPackages(await pack(path.join(folder, 'packed')));
	const writeJson = async (name: string, value: unknown) => {
		const file = path.join(folder, name);
		await writeFile(file, JSON.stringify(value));
		return file;
	};
	const credentials = [
		{ ...KALEYRA_CREDENTIAL, data: kaleyra.credential },
		{ ...CREDENTIAL, data: eightByEight.credential },
	];
	await n8n.cli(
		'import:credentials',
		`--input=${await writeJson('credentials.json', credentials)}`,
	);
	const workflows = [
		...(await readExamples({ kaleyra: kaleyra.origin, eightByEight: eightByEight.origin })),
		createOperationsWorkflow(),
		createHttpRequestWorkflow([
			{
				name: 'own API',
				url: `${kaleyra.origin}/v2/${kaleyra.account.sid}/whatsapp/900000000000001`,
				credential: KALEYRA_CREDENTIAL,
			},
			...[
				{ provider: 'Kaleyra', api: kaleyra, credential: KALEYRA_CREDENTIAL },
				{ provider: '8x8', api: eightByEight, credential: CREDENTIAL },
			].flatMap(({ provider, api, credential }) => [
				{ name: `${provider} elsewhere`, url: `${otherServer.origin}/x`, credential },
				{ name: `${provider} redirect`, url: `${api.origin}/redirect`, credential },
			]),
		]),
	].map((workflow) => ({ active: false, ...workflow }));
	await n8n.cli('import:workflow', `--input=${await writeJson('workflows.json', workflows)}`);
	await n8n.start();
	await n8n.logIn({ email: 'owner@example.com', password: 'Playground1' });
}, 240_000);

afterAll(async () => {
	await n8n.stop();
	otherServer.stop();
	await Promise.all([kaleyra.stop(), eightByEight.stop()]);
	await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
	kaleyra.reset();
	eightByEight.reset();
});

describe('An execution in n8n', { timeout: 60_000 }, () => {
	test.each(EXAMPLES)('runs every node of the unchanged example $id', async ({ id, nodes }) => {
		const { status, data } = await execute(id);
		expect(data.resultData.error).toBeUndefined();
		expect(status).toBe('success');
		const names = nodes
			.filter(({ type }: INode) => type !== 'n8n-nodes-base.stickyNote')
			.map(({ name }: INode) => name);
		expect(Object.keys(data.resultData.runData).sort()).toEqual(names.sort());
		expect(kaleyra.chat.messages.map(({ text }) => text)).toEqual(MESSAGES[id] ?? []);
	});

	test('runs a workflow that lists the flows of both providers with the same fields', async () => {
		const run = await execute('both-providers');
		expect(run.status).toBe('success');
		const rows = getOutput(run, 'All flows');
		expect(rows.map(({ provider, id, name }) => [provider, id, name])).toEqual([
			...kaleyra.flows.map(({ id, name }) => ['Kaleyra', id, name]),
			...eightByEight.flows.map(({ id, name }) => ['8x8', id, name]),
		]);
		for (const row of rows) {
			expect(row).toMatchObject({
				status: expect.any(String),
				categories: expect.any(Array),
				validation_errors: expect.any(Array),
			});
		}
		const getErrorKeys = (provider: string) =>
			rows
				.filter((row) => row['provider'] === provider)
				.flatMap(({ validation_errors: errors }) => errors as IDataObject[])
				.map((error) => Object.keys(error));
		expect(getErrorKeys('8x8')).toEqual(getErrorKeys('Kaleyra'));
		expect(getErrorKeys('8x8')).toHaveLength(1);
	});

	test('runs every 8x8 operation with the documented requests', async () => {
		const run = await execute('every-operation');
		expect(run.status).toBe('success');
		const id = String(getOutput(run, 'create')[0]?.['id']);
		expect(eightByEight.requests.map(({ method, target, body }) => [method, target, body])).toEqual(
			[
				['POST', BASE, '{"name":"New","categories":["OTHER"],"cloneFlowId":"800000000000001"}'],
				['PUT', `${BASE}/${id}`, '{"name":"Newer"}'],
				['GET', `${BASE}?limit=1`, ''],
				['GET', `${BASE}/${id}`, ''],
				['GET', `${BASE}/${id}/preview?refresh=true`, ''],
				['GET', `${BASE}/${id}`, ''],
				['POST', `${BASE}/${id}/publish`, ''],
				['POST', `${BASE}/${id}/deprecate`, ''],
				['GET', `${BASE}/800000000000001`, ''],
				['DELETE', `${BASE}/800000000000001`, ''],
			],
		);
		for (const { headers, body } of eightByEight.requests) {
			expect(headers['authorization']).toBe(`Bearer ${eightByEight.account.apiKey}`);
			expect(headers['content-type']).toBe(body === '' ? undefined : 'application/json');
		}
		expect(getOutput(run, 'publish')).toMatchObject([{ id, success: true, status: 'PUBLISHED' }]);
		expect(getOutput(run, 'deprecate')).toMatchObject([
			{ id, success: true, status: 'DEPRECATED' },
		]);
		expect(getOutput(run, 'delete')).toEqual([{ id: '800000000000001', deleted: true }]);
	});

	test('runs a workflow that clones, previews, and publishes a flow', async () => {
		const run = await execute('8x8-new-flow');
		const [{ id } = {}] = getOutput(run, 'Create flow');
		expect(getOutput(run, 'Preview flow')[0]).toHaveProperty('preview_url');
		expect(getOutput(run, 'Publish flow')).toMatchObject([
			{ id, success: true, previous_status: 'DRAFT', status: 'PUBLISHED' },
		]);
		expect(eightByEight.flows.at(-1)).toMatchObject({ id, status: 'PUBLISHED' });
	});

	test('runs a workflow that deploys a flow from JSON, the second time without a write', async () => {
		const run = await execute('deploy-flow');
		const [json] = getOutput(run, 'Flow JSON');
		expect(getOutput(run, 'Create or update flow')).toMatchObject([
			{ name: 'Feedback', status: 'PUBLISHED', created: true, published: true },
		]);
		const flow = kaleyra.flows.find(({ name }) => name === 'Feedback');
		expect(JSON.parse(flow!.flow_json)).toEqual(json?.['flow_json']);
		kaleyra.requests = [];
		const again = await execute('deploy-flow');
		expect(getOutput(again, 'Create or update flow')).toMatchObject([
			{ status: 'PUBLISHED', created: false, changed: [], published: false },
		]);
		expect(kaleyra.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test('runs a workflow that promotes a flow from one WABA to another', async () => {
		const run = await execute('promote-flow');
		expect(getOutput(run, 'Create or update flow')).toMatchObject([
			{ name: 'Book an appointment', status: 'DRAFT', created: true },
		]);
		const [copy] = kaleyra.account.wabas.get('102290129340399') ?? [];
		const [original] = kaleyra.flows;
		expect(copy?.categories).toEqual(original?.categories);
		expect(JSON.parse(copy!.flow_json)).toEqual(JSON.parse(original!.flow_json));
	});

	test('runs a workflow that backs up all flows in a data table', async () => {
		const run = await execute('back-up-flows');
		expect(run.status).toBe('success');
		expect(
			getOutput(run, 'Save backup').map(({ flow_id, name, status, flow_json }) => [
				flow_id,
				name,
				status,
				JSON.parse(String(flow_json)),
			]),
		).toEqual(
			kaleyra.flows.map(({ id, name, status, flow_json }) => [
				id,
				name,
				status,
				JSON.parse(flow_json),
			]),
		);
	});

	test('runs a workflow that moves a flow from Kaleyra to 8x8', async () => {
		const run = await execute('move-to-8x8');
		expect(getOutput(run, 'Create or update flow')).toMatchObject([
			{ name: 'Customer survey', status: 'DRAFT', created: true },
		]);
		const original = kaleyra.flows.find(({ name }) => name === 'Customer survey')!;
		const copy = eightByEight.flows.at(-1)!;
		expect(copy).toMatchObject({ name: original.name, categories: original.categories });
		expect(JSON.parse(copy.flowJson)).toEqual(JSON.parse(original.flow_json));
	});

	test('runs HTTP Request nodes that send no API key to another origin', async () => {
		const headers = { location: `${otherServer.origin}/redirected` };
		for (const { settings } of [kaleyra, eightByEight]) {
			settings.always = ({ target }) =>
				target === '/redirect' ? { status: 302, headers } : undefined;
		}
		const run = await execute('http-request');
		expect(otherServer.received).toEqual([]);
		expect(getOutput(run, 'own API')).toEqual([expect.objectContaining({ id: '900000000000001' })]);
		for (const [provider, { origin }] of [
			['Kaleyra', kaleyra],
			['8x8', eightByEight],
		] as const) {
			expect(getOutput(run, `${provider} elsewhere`)[0]?.['error']).toMatchObject({
				message: `You can’t use the ${provider} credential for ${otherServer.origin}: its API key is sent to ${origin} only`,
				description: expect.stringContaining('No request was sent.'),
			});
			expect(getOutput(run, `${provider} redirect`)[0]?.['error']).toMatchObject({
				message: expect.stringMatching(/^302 /),
			});
		}
	});
});

describe('A flow message of 8x8', { timeout: 60_000 }, () => {
	const ID = '8x8-send-survey';
	const SOON = { timeout: 20_000, interval: 50 };
	const FIELDS = { rating: 'great', liked: ['price'], comment: '' };

	const act = async (action: string, body: unknown) => {
		const { status } = await fetch(`${eightByEight.origin}/__page/phone/${action}`, {
			method: 'POST',
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
		expect(status).toBe(204);
	};
	const replyTo = async ({ id }: { id: string }, times = 1) =>
		await act('reply', { messageId: id, fields: FIELDS, times });
	/** Executes the example from its start. @returns the message that it sent */
	const send = async () => {
		await n8n.rest('POST', `/workflows/${ID}/run`, { triggerToStartFrom: { name: 'Start' } });
		return await vi.waitFor(() => {
			expect(eightByEight.messages).toHaveLength(1);
			return eightByEight.messages[0]!;
		}, SOON);
	};
	const waitForChat = async (channel: string) =>
		await vi.waitFor(() => {
			const messages = eightByEight.chat.messages.filter((each) => each.channel === channel);
			expect(messages).not.toEqual([]);
			return messages.map(({ text }) => text);
		}, SOON);

	beforeAll(async () => {
		await n8n.publish(ID);
		const url = `${n8n.origin}/webhook/${EIGHT_BY_EIGHT_REPLIES_PATH}`;
		// n8n registers webhooks shortly after the workflow is published.
		await vi.waitFor(async () => {
			const { status } = await fetch(url, { method: 'POST', body: '{}' });
			expect(status).toBe(200);
		}, SOON);
		await act('setIncomingUrl', url);
	});

	test('is sent as documented, and its reply continues the execution that waits for it', async () => {
		const message = await send();
		expect(eightByEight.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
			'POST /api/v1/subaccounts/Mock_API/messages',
		]);
		expect(eightByEight.violations).toEqual([]);
		await replyTo(message, 2);
		expect(await waitForChat('ratings')).toEqual(['Asha rated the delivery: great.']);
	});

	test('starts the workflow of the reply trigger once with a reply that nothing waits for', async () => {
		const message = await send();
		eightByEight.messages.push({ ...message, id: 'other', flowToken: 'other' });
		await replyTo({ id: 'other' }, 2);
		expect(await waitForChat('flow-replies')).toEqual([`Asha replied: ${JSON.stringify(FIELDS)}`]);
		await replyTo(message);
		await waitForChat('ratings');
		expect(await waitForChat('flow-replies')).toHaveLength(1);
	});
});

describe('The n8n editor', { timeout: 60_000 }, () => {
	const testCredential = async (changes: object) =>
		await n8n.rest('POST', '/credentials/test', {
			credentials: { ...CREDENTIAL, data: { ...eightByEight.credential, ...changes } },
		});

	test('tests the credential and shows the error for a wrong API key', async () => {
		expect(await testCredential({})).toMatchObject({ status: 'OK' });
		const { status, message } = await testCredential({ apiKey: 'wrong-key' });
		expect(status).toBe('Error');
		expect(message).toMatch(/^Request was not authenticated properly\. Check the API key/);
	});

	test('shows names and statuses in From List', async () => {
		const path = '/dynamic-node-parameters/resource-locator-results';
		const { results } = await n8n.rest('POST', path, {
			path: 'parameters.flowId',
			methodName: 'searchFlows',
			nodeTypeAndVersion: { name: EIGHT_BY_EIGHT_TYPE, version: 1 },
			currentNodeParameters: { resource: 'flow', operation: 'get', channelId: CHANNEL },
			credentials: { [CREDENTIAL.type]: { id: CREDENTIAL.id, name: CREDENTIAL.name } },
		});
		expect(results[0]).toMatchObject({
			name: 'Book a test drive',
			value: '800000000000001',
			description: 'DRAFT',
		});
	});

	test('does not offer other domains for the credentials in HTTP Request nodes', async () => {
		const response = await fetch(`${n8n.origin}/types/credentials.json`, {
			headers: { cookie: n8n.cookie },
		});
		const types = (await response.json()) as ICredentialType[];
		for (const { type } of [KALEYRA_CREDENTIAL, CREDENTIAL]) {
			const { properties } = types.find(({ name }) => name === type)!;
			const fields = properties.filter(({ name }) => name.startsWith('allowed'));
			expect(fields.map(({ name, type }) => [name, type])).toEqual([
				['allowedHttpRequestDomains', 'hidden'],
				['allowedDomains', 'hidden'],
			]);
		}
	});

	test('offers both nodes, also as tools, each with its own icon', async () => {
		const response = await fetch(`${n8n.origin}/types/nodes.json`, {
			headers: { cookie: n8n.cookie },
		});
		const nodes = (await response.json()) as INodeTypeDescription[];
		const names = nodes.map(({ name }) => name);
		for (const type of [KALEYRA_TYPE, EIGHT_BY_EIGHT_TYPE]) {
			expect(names).toEqual(expect.arrayContaining([type, `${type}Tool`]));
		}
		const fetchIcon = async (type: string) => {
			const { iconUrl } = nodes.find(({ name }) => name === type)!;
			const icon = await fetch(`${n8n.origin}/${(iconUrl as { light: string }).light}`);
			expect(icon.headers.get('content-type')).toContain('svg');
			return await icon.text();
		};
		expect(await fetchIcon(EIGHT_BY_EIGHT_TYPE)).not.toBe(await fetchIcon(KALEYRA_TYPE));
	});

	test('never prints, logs, or stores the API key or the account ID', async () => {
		const { accountId, apiKey } = eightByEight.credential;
		const findFiles = await readTraces(n8n);
		// The search works: it finds a flow's name.
		expect(findFiles('Book a test drive').length).toBeGreaterThan(0);
		expect([...findFiles(apiKey), ...findFiles(accountId)]).toEqual([]);
	});
});
