import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { freePort, N8n, pack } from '../../playground/n8n.mjs';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import { decide } from '../mock-api/model/decide.mts';
import type { ToolCall } from '../mock-api/model/ModelServer.mts';
import { ModelServer } from '../mock-api/model/ModelServer.mts';
import { clickButton, sendChatMessage, waitForChatMessage } from './agents/chat.mts';
import { CONVERSATIONS } from './agents/conversations.mts';
import { connectMcpClient } from './agents/mcpClient.mts';
import { AGENT_WEBHOOK, agentWorkflow, MCP_PATH, mcpWorkflow } from './agents/toolWorkflows.mts';

// The node as a tool of n8n's AI Agent, with a scripted model, and of n8n's MCP server, with a real client.

const EXAMPLES = path.resolve(import.meta.dirname, '../../examples');
const ASK = 'ask-about-your-flows';
const MCP_SERVER = 'mcp-server';
const MCP_TOKEN = 'mcp-token';

let folder: string;
let mockApi: KaleyraMock;
let n8n: N8n;

/** The tool calls to make, by the user's message. */
const scripts = new Map<string, ToolCall[]>();
const model = new ModelServer((userMessage, results) => {
	const script = scripts.get(userMessage);
	return script ? (script[results.length] ?? 'Done') : decide(userMessage, results);
});
const getReceived = (userMessage: string) => model.received.get(userMessage)!;

const readExample = async (id: string) => ({
	id,
	active: false,
	...JSON.parse(await readFile(path.join(EXAMPLES, `${id}.json`), 'utf8')),
});

async function activate(id: string): Promise<void> {
	const { versionId } = await n8n.rest('GET', `/workflows/${id}`);
	await n8n.rest('POST', `/workflows/${id}/activate`, { versionId });
}

/** Sends a chat message to the agent and waits for its reply. */
async function chat(chatInput: string): Promise<unknown> {
	const response = await fetch(`${n8n.origin}/webhook/${AGENT_WEBHOOK}/chat`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ action: 'sendMessage', sessionId: chatInput, chatInput }),
	});
	return await response.json();
}

const copyFlows = () => structuredClone(mockApi.flows);

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'kaleyra-flows-'));
	mockApi = await KaleyraMock.start();
	await model.start();
	n8n = new N8n({ folder, port: await freePort(), brokerPort: await freePort() });
	await n8n.installPackages(await pack(path.join(folder, 'packed')));
	const importJson = async (kind: string, entities: object[]) => {
		const file = path.join(folder, `${kind}.json`);
		await writeFile(file, JSON.stringify(entities));
		await n8n.cli(`import:${kind}`, `--input=${file}`);
	};
	await importJson('credentials', [
		{
			id: 'kaleyraMockApi01',
			name: 'Kaleyra mock API',
			type: 'kaleyraApi',
			data: mockApi.credential,
		},
		{
			id: 'mockModel0000001',
			name: 'Mock model',
			type: 'openAiApi',
			data: model.credential,
		},
		{
			id: 'mcpBearerAuth001',
			name: 'MCP token',
			type: 'httpBearerAuth',
			data: { token: MCP_TOKEN },
		},
	]);
	await importJson('workflow', [
		agentWorkflow,
		mcpWorkflow,
		await readExample(ASK),
		await readExample(MCP_SERVER),
	]);
	await n8n.start();
	await n8n.logIn({ email: 'owner@example.com', password: 'Playground1' });
	await activate(agentWorkflow.id);
	await activate(mcpWorkflow.id);
	await activate(MCP_SERVER);
	// n8n registers the webhooks of an activated workflow a moment later.
	scripts.set('Hello', []);
	await vi.waitFor(async () => expect(await chat('Hello')).toEqual({ output: 'Done' }), 30_000);
}, 240_000);

afterAll(async () => {
	await n8n.stop();
	await mockApi.stop();
	model.stop();
	await rm(folder, { recursive: true, force: true });
});

beforeEach(() => mockApi.reset());

describe('A model that', { timeout: 60_000 }, () => {
	test.each(CONVERSATIONS)(
		'$title reads what happened, and only the intended flow changes',
		async ({ title, calls, results, changes = {} }) => {
			scripts.set(title, calls);
			const expected = copyFlows().map((flow) => ({ ...flow, ...changes[flow.id] }));
			expect(await chat(title)).toEqual({ output: 'Done' });
			expect(getReceived(title).results).toEqual(
				results.map((result) => expect.stringMatching(result)),
			);
			expect(mockApi.flows).toEqual(expected);
		},
	);

	test('lists the tools reads which of them are irreversible or have side effects', async () => {
		const { tools } = getReceived(CONVERSATIONS[0]!.title);
		expect(Object.fromEntries(tools.map(({ name, description }) => [name, description]))).toEqual({
			Get_many_flows: 'Get many flows in Kaleyra Flows',
			Get_flow: 'Get flow in Kaleyra Flows',
			Get_flow_by_ID: 'Get flow in Kaleyra Flows',
			Publish_flow: 'Publish flow (cannot be deleted afterwards) in Kaleyra Flows',
			Publish_flow_by_ID: 'Publish flow (cannot be deleted afterwards) in Kaleyra Flows',
			Update_flow: 'Update flow metadata (returns a published flow to draft) in Kaleyra Flows',
		});
	});
});

describe('An MCP client', { timeout: 60_000 }, () => {
	test('lists the tools, and reads results and errors with how to fix them', async () => {
		const client = await connectMcpClient(`${n8n.origin}/mcp/${MCP_PATH}`);
		const { tools } = await client.listTools();
		expect(tools.map(({ name }) => name).sort()).toEqual(
			mcpWorkflow.nodes
				.slice(1)
				.map(({ name }) => String(name).replaceAll(' ', '_'))
				.sort(),
		);
		const call = async (name: string, input: object) => {
			const { isError = false, content } = await client.callTool({ name, arguments: input });
			return { isError, text: content.map(({ text }) => text).join('') };
		};
		const published = await call('Publish_flow', { Flow: 'Book an appointment' });
		expect(published).toEqual({
			isError: false,
			text: expect.stringContaining('"previous_status":"DRAFT"'),
		});
		const failed = await call('Publish_flow', { Flow: 'Sign up for the newsletter' });
		expect(failed.isError).toBe(true);
		expect(failed.text).toMatch(/1 validation error .*Fix the flow JSON in WhatsApp Manager/);
		expect(failed.text.match(/Fix the flow JSON/g)).toHaveLength(1);
		await client.close();
	});
});

describe('The example "Ask about your flows"', { timeout: 60_000 }, () => {
	const publish = {
		tool: 'Publish_flow',
		input: { toolParameters: { flow: 'Book an appointment' }, hitlParameters: {} },
	};
	const getStatus = () => mockApi.flows[0]!.status;

	test.each([
		['Approve', 'PUBLISHED', /"success":true,"status":"PUBLISHED"/],
		['Decline', 'DRAFT', /User rejected the tool call/],
	])('waits with publishing for a person, who clicks %s', async (button, status, result) => {
		const message = `${button} publishing`;
		const list = { tool: 'Get_many_flows', input: { name_contains: 'book', status: '' } };
		scripts.set(message, [list, publish]);
		const executionId = await sendChatMessage(n8n, ASK, message);
		const approval = await waitForChatMessage(n8n, executionId, 'Approve publish');
		expect(approval).toMatchObject({
			text: "Publish the flow Book an appointment? You can't delete it afterwards.",
		});
		expect(getStatus()).toBe('DRAFT');
		await clickButton(approval, button);
		expect(await waitForChatMessage(n8n, executionId, 'Reply')).toBe('Done');
		const { results } = getReceived(message);
		expect(results[0]).toMatch(/^\[\{"id":"900000000000001"[^{]*\}\]$/);
		expect(results[1]).toMatch(result);
		expect(getStatus()).toBe(status);
	});

	test('waits with an update for a person', async () => {
		const message = 'Rename the survey';
		const input = { flow: 'Customer survey', new_name: 'Survey', categories: '' };
		const call = { tool: 'Update_flow', input: { toolParameters: input, hitlParameters: {} } };
		scripts.set(message, [call]);
		const executionId = await sendChatMessage(n8n, ASK, message);
		const approval = await waitForChatMessage(n8n, executionId, 'Approve update');
		expect(approval).toMatchObject({
			text: expect.stringMatching(/^Update the flow Customer survey\?.*"new_name":"Survey"/s),
		});
		await clickButton(approval, 'Approve');
		await waitForChatMessage(n8n, executionId, 'Reply');
		expect(getReceived(message).results[0]).toMatch(/"returned_to_draft":true/);
	});

	test.each([
		['Which flows have problems?', '- Track an order: THROTTLED\n- Pay an invoice: BLOCKED'],
		['Which flows are there?', expect.stringContaining('- Customer survey: PUBLISHED')],
	])('answers with the mock model: %s', async (question, answer) => {
		const executionId = await sendChatMessage(n8n, ASK, question);
		expect(await waitForChatMessage(n8n, executionId, 'Reply')).toEqual(answer);
	});

	test('renames a flow with the mock model after an approval', async () => {
		const message = 'Rename "Book an appointment" to "Book a table"';
		const executionId = await sendChatMessage(n8n, ASK, message);
		await clickButton(await waitForChatMessage(n8n, executionId, 'Approve update'), 'Approve');
		expect(await waitForChatMessage(n8n, executionId, 'Reply')).toBe(
			'Done. Book a table was DRAFT and is DRAFT.',
		);
	});

	test('describes each parameter that the model fills in', () => {
		const { tools } = getReceived('Rename the survey');
		const schemas = JSON.stringify(tools.map(({ parameters }) => parameters));
		expect(schemas).not.toMatch(/\{"type":"string"\}/);
	});
});

describe('The example of an MCP server', { timeout: 60_000 }, () => {
	const url = () => `${n8n.origin}/mcp/kaleyra-flows`;

	test('rejects clients without the token', async () => {
		await expect(connectMcpClient(url())).rejects.toThrow();
		await expect(connectMcpClient(url(), 'wrong')).rejects.toThrow();
	});

	test('lets a client list, get, and update flows, but not publish them', async () => {
		const client = await connectMcpClient(url(), MCP_TOKEN);
		const { tools } = await client.listTools();
		expect(tools.map(({ name }) => name).sort()).toEqual([
			'Get_flow',
			'Get_many_flows',
			'Update_flow',
		]);
		const { content } = await client.callTool({
			name: 'Get_flow',
			arguments: { flow: 'Track an order' },
		});
		expect(content[0]?.text).toMatch(/"status":"THROTTLED".*"flow_can_send_message":"LIMITED"/);
		await client.close();
	});
});
