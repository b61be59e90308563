import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeTypeDescription,
	IRun,
} from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EXAMPLE_URLS, readExamples } from '../../playground/examples.mjs';
import { freePort, N8n, pack } from '../../playground/n8n.mjs';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import {
	createEndpointWorkflows,
	describeDataExchange,
	ENDPOINT_CREDENTIALS,
	getEndpointSecrets,
} from './endpoint.mts';
import { readTraces } from './readTraces.mts';

// Installs the packed package in a real n8n, as users do. The n8n CLI imports the workflows; the n8n server executes
// them and handles the editor's requests.

const EXAMPLES = path.resolve(import.meta.dirname, '../../examples');
const CREDENTIAL_ID = 'kaleyraMockApi01';
const WRONG_KEY = { id: 'kaleyraWrongKey1', key: 'A0wrong0wrong0wrong0wrong0wrong00' };
const TYPE = 'n8n-nodes-kaleyra-flows.kaleyraFlows';

let folder: string;
let mockApi: KaleyraMock;
let n8n: N8n;

interface Workflow {
	id: string;
	name: string;
	nodes: Partial<INode>[];
	connections: object;
	settings?: object;
}

async function readExample(file: string): Promise<Workflow> {
	const workflow = JSON.parse(await readFile(path.join(EXAMPLES, `${file}.json`), 'utf8'));
	return { id: file, ...workflow };
}

/** The hourly example, with an interval of a few seconds. */
async function readScheduledExample(): Promise<Workflow> {
	const examples: Workflow[] = await readExamples({ ...EXAMPLE_URLS, kaleyra: mockApi.origin });
	const workflow = examples.find(({ id }) => id === 'watch-flows-hourly')!;
	const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.scheduleTrigger')!;
	expect(trigger.parameters).toEqual({ rule: { interval: [{ field: 'hours' }] } });
	trigger.parameters = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
	return workflow;
}

/** Creates a workflow that gets three flows, the second of which is unknown. */
function createFailingWorkflow(
	id: string,
	onError: INode['onError'],
	credentialId = CREDENTIAL_ID,
): Workflow {
	const base = { typeVersion: 1, position: [0, 0] as [number, number] };
	const connectTo = (...targets: string[]) => ({
		main: targets.map((node) => [{ node, type: 'main', index: 0 }]),
	});
	const items = [{ flow: '900000000000001' }, { flow: '999' }, { flow: '900000000000002' }];
	return {
		id,
		name: id,
		nodes: [
			{ ...base, id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
			{
				...base,
				id: '2',
				name: 'List',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: { mode: 'raw', jsonOutput: JSON.stringify({ items }), options: {} },
			},
			{
				...base,
				id: '3',
				name: 'Split',
				type: 'n8n-nodes-base.splitOut',
				parameters: { fieldToSplitOut: 'items', options: {} },
			},
			{
				...base,
				id: '4',
				name: 'Node',
				type: TYPE,
				parameters: {
					resource: 'flow',
					operation: 'get',
					flowId: { __rl: true, mode: 'id', value: '={{ $json.flow }}' },
					options: {},
				},
				credentials: { kaleyraApi: { id: credentialId, name: 'Kaleyra mock API' } },
				...(onError && { onError }),
			},
			{ ...base, id: '5', name: 'Success', type: 'n8n-nodes-base.noOp', parameters: {} },
			{ ...base, id: '6', name: 'Error', type: 'n8n-nodes-base.noOp', parameters: {} },
		],
		connections: {
			Start: connectTo('List'),
			List: connectTo('Split'),
			Split: connectTo('Node'),
			Node: connectTo('Success', 'Error'),
		},
	};
}

const execute = async (id: string): Promise<IRun> => await n8n.execute(id);

function getItems(run: IRun, node: string): INodeExecutionData[] {
	return run.data.resultData.runData[node]?.[0]?.data?.['main']?.[0] ?? [];
}

const getOutput = (run: IRun, node: string): IDataObject[] =>
	getItems(run, node).map(({ json }) => json);

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'kaleyra-flows-'));
	mockApi = await KaleyraMock.start();
	n8n = new N8n({ folder, port: await freePort(), brokerPort: await freePort() });
	await n8n.installPackages(await pack(path.join(folder, 'packed')));
	const credentials = [
		{ id: CREDENTIAL_ID, name: 'Kaleyra mock API', type: 'kaleyraApi', data: mockApi.credential },
		{
			id: WRONG_KEY.id,
			name: 'Wrong key',
			type: 'kaleyraApi',
			data: { ...mockApi.credential, apiKey: WRONG_KEY.key },
		},
		...ENDPOINT_CREDENTIALS,
	];
	const workflows = [
		await readExample('list-flows'),
		await readExample('get-flow'),
		await readExample('publish-flow'),
		await readExample('update-metadata'),
		await readScheduledExample(),
		createFailingWorkflow('stop', undefined),
		createFailingWorkflow('continue', 'continueRegularOutput'),
		createFailingWorkflow('error-output', 'continueErrorOutput'),
		createFailingWorkflow('wrong-key', undefined, WRONG_KEY.id),
		createFailingWorkflow('wrong-key-continue', 'continueRegularOutput', WRONG_KEY.id),
		...(await createEndpointWorkflows()),
	];
	const writeJson = async (name: string, value: unknown) => {
		const file = path.join(folder, name);
		await writeFile(file, JSON.stringify(value));
		return file;
	};
	await n8n.cli(
		'import:credentials',
		`--input=${await writeJson('credentials.json', credentials)}`,
	);
	const inactive = workflows.map((workflow) => ({ active: false, ...workflow }));
	await n8n.cli('import:workflow', `--input=${await writeJson('workflows.json', inactive)}`);
	await n8n.start();
	await n8n.logIn({ email: 'owner@example.com', password: 'Playground1' });
}, 240_000);

afterAll(async () => {
	await n8n.stop();
	await mockApi.stop();
	await rm(folder, { recursive: true, force: true });
});

beforeEach(() => mockApi.reset());

describe('An execution in n8n', { timeout: 60_000 }, () => {
	test('runs Get Many, which lists the flows of the WABA', async () => {
		const run = await execute('list-flows');
		expect(run.status).toBe('success');
		expect(getOutput(run, 'List flows').map(({ name }) => name)).toEqual(
			mockApi.flows.map(({ name }) => name),
		);
		expect(mockApi.requests[0]!.target).toBe('/v2/HXAP0000000000IN/whatsapp/102290129340398/flows');
	});

	test('runs Get, which requests only the selected fields', async () => {
		const run = await execute('get-flow');
		expect(getOutput(run, 'Get flow')).toEqual([
			expect.objectContaining({
				id: '900000000000002',
				name: 'Customer survey',
				status: 'PUBLISHED',
			}),
		]);
		expect(getOutput(run, 'Get flow')[0]).not.toHaveProperty('categories');
		expect(mockApi.requests.map(({ target }) => target)).toEqual([
			'/v2/HXAP0000000000IN/whatsapp/900000000000002?fields=id%252Cname%252Cstatus%252Chealth_status%252Cendpoint_uri',
		]);
	});

	test('runs Publish, which publishes the draft with one request', async () => {
		const run = await execute('publish-flow');
		expect(getOutput(run, 'Publish flow')).toEqual([
			{
				id: '900000000000001',
				name: 'Book an appointment',
				success: true,
				status: 'PUBLISHED',
				previous_status: 'DRAFT',
				url: 'https://business.facebook.com/wa/manage/flows/900000000000001/',
			},
		]);
		expect(mockApi.flows[0]!.status).toBe('PUBLISHED');
		expect(mockApi.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	test('runs Update Metadata, which changes the name', async () => {
		const run = await execute('update-metadata');
		expect(getOutput(run, 'Update metadata')).toMatchObject([
			{ id: '900000000000001', name: 'Book a table', success: true, status: 'DRAFT' },
		]);
		expect(mockApi.flows[0]!.name).toBe('Book a table');
	});

	test('stops the workflow at an unknown flow with Kaleyra’s message', async () => {
		const { status, data } = await execute('stop');
		expect(status).toBe('error');
		expect(data.resultData.error).toMatchObject({
			message: 'The flow_id either does not exist or does not belong to the account.',
			description: expect.stringContaining('Check the flow ID'),
		});
	});

	test('reports a wrong API key, and for each item on "Continue"', async () => {
		const { data } = await execute('wrong-key');
		expect(data.resultData.error?.message).toBe('Incorrect SID or API key.');
		expect(mockApi.requests[0]!.headers['api-key']).toBe(WRONG_KEY.key);
		const run = await execute('wrong-key-continue');
		expect(getOutput(run, 'Success').map(({ error }) => error)).toEqual(
			Array(3).fill('Incorrect SID or API key.'),
		);
	});

	test('replaces the failed item with an error item on "Continue"', async () => {
		const run = await execute('continue');
		expect(getOutput(run, 'Success').map(({ id, error }) => id ?? error)).toEqual([
			'900000000000001',
			'The flow_id either does not exist or does not belong to the account.',
			'900000000000002',
		]);
		expect(getItems(run, 'Success').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	test('sends the failed item to the error output with its input data', async () => {
		const run = await execute('error-output');
		expect(getOutput(run, 'Success').map(({ id }) => id)).toEqual([
			'900000000000001',
			'900000000000002',
		]);
		expect(getOutput(run, 'Error')).toEqual([
			expect.objectContaining({
				flow: '999',
				error: 'The flow_id either does not exist or does not belong to the account.',
			}),
		]);
	});
});

test('A Schedule Trigger starts the hourly example, which reports the unhealthy flows', async () => {
	const run = await n8n.executeOnce('watch-flows-hourly');
	expect([run.mode, run.status]).toEqual(['trigger', 'success']);
	expect(getOutput(run, 'Every hour')[0]).toHaveProperty('timestamp');
	const messages = getOutput(run, 'Create message').map(({ text }) => text);
	expect(messages).toEqual([
		"Sign up for the newsletter (900000000000003) is DRAFT: Invalid value found for property 'type'.",
		'Track an order (900000000000004) is THROTTLED',
		'Pay an invoice (900000000000005) is BLOCKED',
	]);
	expect(mockApi.chat.messages.map(({ text }) => text).slice(0, 3)).toEqual(messages);
	expect(mockApi.requests[0]!.target).toBe('/v2/HXAP0000000000IN/whatsapp/102290129340398/flows');
}, 60_000);

describeDataExchange(
	() => n8n,
	() => mockApi,
);

describe('The n8n editor', { timeout: 60_000 }, () => {
	const testCredential = async (changes: object) =>
		await n8n.rest('POST', '/credentials/test', {
			credentials: {
				id: CREDENTIAL_ID,
				name: 'Kaleyra mock API',
				type: 'kaleyraApi',
				data: { ...mockApi.credential, ...changes },
			},
		});

	test('passes the credential test with the right API key', async () => {
		expect(await testCredential({})).toMatchObject({ status: 'OK' });
	});

	test('passes the credential test without a WABA', async () => {
		expect(await testCredential({ wabaId: '' })).toMatchObject({ status: 'OK' });
	});

	test.each([
		[
			'a wrong key',
			{ apiKey: 'A0wrong' },
			/^Incorrect SID or API key\. Check the SID, API key, and pod/,
		],
		['a refused connection', { apiDomain: 'http://127.0.0.1:9' }, /^Connection refused/],
		[
			'http:// with a public host',
			{ apiDomain: 'http://api.example.com' },
			/must start with https:/,
		],
	])('fails the credential test with a message for %s', async (_, changes, expected) => {
		const { status, message } = await testCredential(changes);
		expect(status).toBe('Error');
		expect(message).toMatch(expected);
		expect(message).not.toContain(mockApi.credential.apiKey);
	});

	test('shows names in From List, and statuses as their descriptions', async () => {
		const { results } = await n8n.rest(
			'POST',
			'/dynamic-node-parameters/resource-locator-results',
			{
				path: 'parameters.flowId',
				methodName: 'searchFlows',
				nodeTypeAndVersion: { name: TYPE, version: 1 },
				currentNodeParameters: { resource: 'flow', operation: 'get', wabaId: '' },
				credentials: { kaleyraApi: { id: CREDENTIAL_ID, name: 'Kaleyra mock API' } },
			},
		);
		expect(results[0]).toEqual({
			name: 'Book an appointment',
			value: '900000000000001',
			description: 'DRAFT',
			url: 'https://business.facebook.com/wa/manage/flows/900000000000001/',
		});
	});

	test('never prints, logs, or stores the SID, keys, passphrases, or app secrets', async () => {
		const { sid, apiKey } = mockApi.credential;
		const findFiles = await readTraces(n8n);
		// The search works: it finds the errors of the executions in the database.
		expect(findFiles('does not belong to the account')).toContainEqual(
			expect.stringMatching(/^database\.sqlite/),
		);
		expect(findFiles('Incorrect SID or API key')).not.toEqual([]);
		const secrets = [sid, apiKey, WRONG_KEY.key, ...getEndpointSecrets()];
		expect(secrets.flatMap(findFiles)).toEqual([]);
	});

	test('offers the node, also as a tool, with its icon', async () => {
		const types = await fetch(`${n8n.origin}/types/nodes.json`, {
			headers: { cookie: n8n.cookie },
		});
		const nodes = (await types.json()) as INodeTypeDescription[];
		const node = nodes.find(({ name }) => name === TYPE)!;
		expect(node.codex).toHaveProperty('alias');
		expect(nodes.map(({ name }) => name)).toContain(`${TYPE}Tool`);
		const { light } = node.iconUrl as { light: string };
		const icon = await fetch(`${n8n.origin}/${light}`);
		expect(icon.headers.get('content-type')).toContain('svg');
	});
});
