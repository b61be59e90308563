import type { IDataObject, INode } from 'n8n-workflow';

// Workflows with an agent or an MCP server whose tools let the model fill in every parameter.

export const AGENT_WEBHOOK = 'agent-conversations';
export const MCP_PATH = 'every-operation';

const TOOL_TYPE = 'n8n-nodes-kaleyra-flows.kaleyraFlowsTool';
const LANGCHAIN = '@n8n/n8n-nodes-langchain';

/** What n8n's "Let the model define this parameter" enters: without a description. */
const fromAi = (name: string) =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${name}', \`\`, 'string') }}`;

const locator = (mode: 'id' | 'name') => ({ __rl: true, mode, value: fromAi('Flow') });

/** By the tool's name for the model. */
const TOOLS: Record<string, IDataObject> = {
	Get_many_flows: {
		operation: 'getMany',
		wabaId: fromAi('WABA_ID'),
		returnAll: true,
		fields: fromAi('Fields'),
		filters: {
			status: fromAi('Status'),
			category: fromAi('Category'),
			name: fromAi('Name_Contains'),
		},
	},
	Get_flow: { operation: 'get', flowId: locator('name') },
	Get_flow_by_ID: { operation: 'get', flowId: locator('id'), fields: fromAi('Fields') },
	Publish_flow: { operation: 'publish', flowId: locator('name') },
	Publish_flow_by_ID: { operation: 'publish', flowId: locator('id') },
	Update_flow: {
		operation: 'updateMetadata',
		flowId: locator('name'),
		updateFields: {
			name: fromAi('Name'),
			categories: fromAi('Categories'),
			endpointUri: fromAi('Endpoint_URI'),
		},
	},
};

const createNode = (name: string, type: string, node: Partial<INode>): Partial<INode> => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...node,
});

const tools = Object.entries(TOOLS).map(([name, parameters]) =>
	createNode(name.replaceAll('_', ' '), TOOL_TYPE, {
		parameters: { resource: 'flow', options: {}, ...parameters } as INode['parameters'],
		credentials: { kaleyraApi: { id: 'kaleyraMockApi01', name: 'Kaleyra mock API' } },
	}),
);

const connect = (type: string, node: string) => ({ [type]: [[{ node, type, index: 0 }]] });
const connectTools = (node: string) =>
	Object.fromEntries(tools.map(({ name }) => [name, connect('ai_tool', node)]));

/** An agent that answers at a webhook, with a scripted model. */
export const agentWorkflow = {
	id: 'agentWorkflow001',
	name: 'Agent',
	active: false,
	nodes: [
		createNode('Chat', `${LANGCHAIN}.chatTrigger`, {
			typeVersion: 1.4,
			webhookId: AGENT_WEBHOOK,
			parameters: { public: true, mode: 'webhook', options: { responseMode: 'lastNode' } },
		}),
		createNode('Agent', `${LANGCHAIN}.agent`, { typeVersion: 3.1, parameters: { options: {} } }),
		createNode('Model', `${LANGCHAIN}.lmChatOpenAi`, {
			typeVersion: 1.3,
			parameters: {
				model: { __rl: true, mode: 'id', value: 'mock' },
				responsesApiEnabled: false,
				options: {},
			},
			credentials: { openAiApi: { id: 'mockModel0000001', name: 'Mock model' } },
		}),
		...tools,
	],
	connections: {
		Chat: connect('main', 'Agent'),
		Model: connect('ai_languageModel', 'Agent'),
		...connectTools('Agent'),
	},
	settings: { executionOrder: 'v1' },
};

/** The same tools behind an MCP server. */
export const mcpWorkflow = {
	id: 'mcpWorkflow00001',
	name: 'MCP server',
	active: false,
	nodes: [
		createNode('MCP server', `${LANGCHAIN}.mcpTrigger`, {
			typeVersion: 2,
			webhookId: MCP_PATH,
			parameters: { path: MCP_PATH, authentication: 'none' },
		}),
		...tools,
	],
	connections: connectTools('MCP server'),
	settings: { executionOrder: 'v1' },
};
