import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
import { freePort, N8n, pack } from '../../playground/n8n.mjs';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';

// The packed tarball in a real n8n, installed as users install it: n8n's own commands import and execute, and
// n8n's server answers what the editor asks.

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

async function example(file: string): Promise<Workflow> {
	const workflow = JSON.parse(await readFile(path.join(EXAMPLES, `${file}.json`), 'utf8'));
	return { id: file, ...workflow };
}

/** Three flow IDs, the middle one unknown, into one node with an error setting; both outputs lead on. */
function middleItemFails(
	id: string,
	onError: INode['onError'],
	credentialId = CREDENTIAL_ID,
): Workflow {
	const at = { typeVersion: 1, position: [0, 0] as [number, number] };
	const main = (...targets: string[]) => ({
		main: targets.map((node) => [{ node, type: 'main', index: 0 }]),
	});
	const items = [{ flow: '900000000000001' }, { flow: '999' }, { flow: '900000000000002' }];
	return {
		id,
		name: id,
		nodes: [
			{ ...at, id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
			{
				...at,
				id: '2',
				name: 'List',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: { mode: 'raw', jsonOutput: JSON.stringify({ items }), options: {} },
			},
			{
				...at,
				id: '3',
				name: 'Split',
				type: 'n8n-nodes-base.splitOut',
				parameters: { fieldToSplitOut: 'items', options: {} },
			},
			{
				...at,
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
			{ ...at, id: '5', name: 'Good', type: 'n8n-nodes-base.noOp', parameters: {} },
			{ ...at, id: '6', name: 'Bad', type: 'n8n-nodes-base.noOp', parameters: {} },
		],
		connections: {
			Start: main('List'),
			List: main('Split'),
			Split: main('Node'),
			Node: main('Good', 'Bad'),
		},
	};
}

/** Executes a workflow with n8n's own command, in a process of its own. */
async function execute(id: string): Promise<IRun> {
	const printed: string = await n8n.cli('execute', `--id=${id}`, '--rawOutput');
	return JSON.parse(printed.slice(printed.search(/^\{/m)));
}

function outputOf(run: IRun, node: string): INodeExecutionData[] {
	return run.data.resultData.runData[node]?.[0]?.data?.['main']?.[0] ?? [];
}

const jsonOf = (run: IRun, node: string): IDataObject[] =>
	outputOf(run, node).map(({ json }) => json);

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
	];
	const workflows = [
		await example('list-flows'),
		await example('get-flow'),
		await example('publish-flow'),
		await example('update-metadata'),
		middleItemFails('stop', undefined),
		middleItemFails('continue', 'continueRegularOutput'),
		middleItemFails('error-output', 'continueErrorOutput'),
		middleItemFails('wrong-key', undefined, WRONG_KEY.id),
		middleItemFails('wrong-key-continue', 'continueRegularOutput', WRONG_KEY.id),
	];
	const write = async (name: string, value: unknown) => {
		const file = path.join(folder, name);
		await writeFile(file, JSON.stringify(value));
		return file;
	};
	await n8n.cli('import:credentials', `--input=${await write('credentials.json', credentials)}`);
	const inactive = workflows.map((workflow) => ({ active: false, ...workflow }));
	await n8n.cli('import:workflow', `--input=${await write('workflows.json', inactive)}`);
}, 180_000);

afterAll(async () => {
	await n8n.stop();
	await mockApi.stop();
	await rm(folder, { recursive: true, force: true });
});

beforeEach(() => mockApi.reset());

describe('executed by n8n', { timeout: 60_000 }, () => {
	test('Get Many lists the flows of the WABA', async () => {
		const run = await execute('list-flows');
		expect(run.status).toBe('success');
		expect(jsonOf(run, 'List flows').map(({ name }) => name)).toEqual(
			mockApi.flows.map(({ name }) => name),
		);
		expect(mockApi.requests[0]!.target).toBe('/v2/HXAP0000000000IN/whatsapp/102290129340398/flows');
	});

	test('Get reads just the picked fields', async () => {
		const run = await execute('get-flow');
		expect(jsonOf(run, 'Get flow')).toEqual([
			expect.objectContaining({
				id: '900000000000002',
				name: 'Customer survey',
				status: 'PUBLISHED',
			}),
		]);
		expect(jsonOf(run, 'Get flow')[0]).not.toHaveProperty('categories');
		expect(mockApi.requests.map(({ target }) => target)).toEqual([
			'/v2/HXAP0000000000IN/whatsapp/900000000000002?fields=id%252Cname%252Cstatus%252Chealth_status%252Cendpoint_uri',
		]);
	});

	test('Publish publishes the draft, once', async () => {
		const run = await execute('publish-flow');
		expect(jsonOf(run, 'Publish flow')).toEqual([{ id: '900000000000001', success: true }]);
		expect(mockApi.flows[0]!.status).toBe('PUBLISHED');
		expect(mockApi.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	test('Update Metadata changes name and categories', async () => {
		const run = await execute('update-metadata');
		expect(jsonOf(run, 'Update metadata')).toEqual([{ id: '900000000000001', success: true }]);
		expect(mockApi.flows[0]!.name).toBe('Book a table');
	});

	test('an unknown flow in the middle stops the workflow with Kaleyra’s words', async () => {
		const printed = await n8n.cli('execute', '--id=stop').catch((error: Error) => error.message);
		expect(printed).toContain(
			'The flow_id either does not exist or does not belong to the account.',
		);
		expect(printed).toContain('Check the flow ID');
	});

	test('a wrong key is told, for each item where the node continues', async () => {
		const printed = await n8n
			.cli('execute', '--id=wrong-key')
			.catch((error: Error) => error.message);
		expect(printed).toContain('Incorrect SID or API key.');
		expect(mockApi.requests[0]!.headers['api-key']).toBe(WRONG_KEY.key);
		const run = await execute('wrong-key-continue');
		expect(jsonOf(run, 'Good').map(({ error }) => error)).toEqual(
			Array(3).fill('Incorrect SID or API key.'),
		);
	});

	test('with "continue", the good items go on and the bad one says why in its place', async () => {
		const run = await execute('continue');
		expect(jsonOf(run, 'Good').map(({ id, error }) => id ?? error)).toEqual([
			'900000000000001',
			'The flow_id either does not exist or does not belong to the account.',
			'900000000000002',
		]);
		expect(outputOf(run, 'Good').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	test('with the error output, the bad item comes out there with its input', async () => {
		const run = await execute('error-output');
		expect(jsonOf(run, 'Good').map(({ id }) => id)).toEqual(['900000000000001', '900000000000002']);
		expect(jsonOf(run, 'Bad')).toEqual([
			expect.objectContaining({
				flow: '999',
				error: 'The flow_id either does not exist or does not belong to the account.',
			}),
		]);
	});
});

describe('asked by the editor', { timeout: 60_000 }, () => {
	beforeAll(async () => {
		await n8n.start();
		await n8n.logIn({ email: 'owner@example.com', password: 'Playground1' });
	}, 60_000);

	const testCredential = async (changes: object) =>
		await n8n.rest('POST', '/credentials/test', {
			credentials: {
				id: CREDENTIAL_ID,
				name: 'Kaleyra mock API',
				type: 'kaleyraApi',
				data: { ...mockApi.credential, ...changes },
			},
		});

	test('the credential test accepts the right key', async () => {
		expect(await testCredential({})).toMatchObject({ status: 'OK' });
	});

	test('the credential test needs no WABA', async () => {
		expect(await testCredential({ wabaId: '' })).toMatchObject({ status: 'OK' });
	});

	test.each([
		[
			'a wrong key',
			{ apiKey: 'A0wrong' },
			/^Incorrect SID or API key\. Open the Kaleyra credential/,
		],
		['a host that refuses', { apiDomain: 'http://127.0.0.1:9' }, /^Nothing listens at the address/],
		['http in public', { apiDomain: 'http://api.example.com' }, /must start with https:/],
	])('the credential test tells %s in words', async (_what, changes, words) => {
		const { status, message } = await testCredential(changes);
		expect(status).toBe('Error');
		expect(message).toMatch(words);
		expect(message).not.toContain(mockApi.credential.apiKey);
	});

	test('From List shows names and statuses', async () => {
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
		expect(results[0]).toEqual({ name: 'Book an appointment (DRAFT)', value: '900000000000001' });
	});

	test('neither key nor SID is in what n8n printed, logged or stored', async () => {
		const { sid, apiKey } = mockApi.credential;
		const files = await readdir(n8n.folder, { recursive: true, withFileTypes: true });
		const stored = files
			.filter((file) => file.isFile() && !file.name.startsWith('credentials.json'))
			.map(({ parentPath, name }) => path.join(parentPath, name));
		const shown = new Map([['printed', Buffer.from(n8n.log + n8n.printed)]]);
		for (const file of stored) shown.set(file, await readFile(file));
		// What is sought would be found: the database holds the executions with their errors.
		const holds = (text: string) => [...shown].filter(([, content]) => content.includes(text));
		expect(
			holds('does not belong to the account').map(([where]) => path.basename(where)),
		).toContainEqual(expect.stringMatching(/^database\.sqlite/));
		expect(holds('Incorrect SID or API key')).not.toEqual([]);
		const hits = [...holds(sid), ...holds(apiKey), ...holds(WRONG_KEY.key)];
		expect(hits.map(([where]) => where)).toEqual([]);
	});

	test('the node is offered, as a tool too, with its icon', async () => {
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
