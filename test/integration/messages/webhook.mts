import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INodeExecutionData,
	INodeType,
	IWebhookData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import type { N8nTestHarness } from '../n8nHarness.mts';
import { harness as kaleyraHarness } from '../setup.mts';

export interface WebhookRequest {
	/** Sent as it is if it's text. */
	body?: unknown;
	headers?: IncomingHttpHeaders;
	staticData?: IDataObject;
	mode?: 'webhook' | 'manual';
	/**
	 * What became of the body: by default, n8n read it; or its content type has no parser, and reading it may fail; or it
	 * was a form.
	 */
	bodyState?: 'unread' | 'unreadable' | 'consumed';
	/** The items that a waiting node continues with. */
	waitingItems?: INodeExecutionData[];
	/** Where n8n resumes waiting executions. */
	waitingBaseUrl?: string;
	nodeId?: string;
	/** Of the package that contains the node. */
	harness?: N8nTestHarness;
}

export interface WebhookResult extends IWebhookResponseData {
	/** The JSON of the items, or undefined if nothing starts. */
	items: unknown[] | undefined;
	/** What the node itself responded. */
	response: { status?: number; headers?: OutgoingHttpHeaders; body?: unknown };
	warnings: string[];
}

/** Calls a node's webhook, as n8n does after it parsed the request. */
export async function callWebhook(
	name: string,
	parameters: IDataObject,
	request: WebhookRequest = {},
): Promise<WebhookResult> {
	const { body, headers = {}, staticData = {}, mode = 'webhook', waitingItems } = request;
	const { harness = kaleyraHarness } = request;
	const type = harness.loader.getNode(name).type as INodeType;
	const node = harness.node(parameters, {
		id: request.nodeId ?? 'node',
		type: harness.node({}).type.replace(/[^.]+$/, name),
		credentials: {
			eightByEightCallbackApi: { id: '1', name: 'Callback' },
			kaleyraCallbackApi: { id: '1', name: 'Callback' },
			kaleyraFlowsEndpointApi: { id: '2', name: 'Endpoint' },
		},
	});
	const nodeTypes = Object.assign(Object.create(harness), { getByName: () => type });
	const workflow = new Workflow({
		id: 'workflow',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes,
		staticData: { 'node:Node': staticData },
	});
	const response: WebhookResult['response'] = {};
	const httpResponse = {
		status: (status: number) => Object.assign(httpResponse, { sent: (response.status = status) }),
		json: (sent: unknown) => (response.body = sent),
		writeHead: (status: number, sent: OutgoingHttpHeaders) =>
			Object.assign(response, { status, headers: sent }),
		end: (sent: unknown) => (response.body = sent),
	};
	const rawBody = Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));
	const parsed = { rawBody, body: typeof body === 'string' ? {} : body };
	const readRawBody = async () => {
		if (request.bodyState === 'unreadable') throw new Error('incorrect header check');
		return await Promise.resolve(Object.assign(httpRequest, { rawBody }));
	};
	const httpRequest = {
		headers,
		readable: request.bodyState === 'unread' || request.bodyState === 'unreadable',
		readRawBody,
		...(!request.bodyState && parsed),
	};
	const additionalData = Object.assign(harness.additionalData(), {
		httpRequest,
		httpResponse,
		...(request.waitingBaseUrl && { webhookWaitingBaseUrl: request.waitingBaseUrl }),
	});
	const runData = waitingItems
		? createRunExecutionData({
				executionData: {
					nodeExecutionStack: [{ node, data: { main: [waitingItems] }, source: null }],
				},
			})
		: null;
	const webhookData = {} as IWebhookData;
	const context = new WebhookContext(
		workflow,
		workflow.getNode('Node')!,
		additionalData,
		mode,
		webhookData,
		[],
		runData,
	);
	const warnings: string[] = [];
	const logger = { warn: (message: string) => warnings.push(message) };
	Object.defineProperty(context, 'logger', { value: logger });
	const result = await workflow.expression.withIsolate(
		async () => await type.webhook!.call(context as IWebhookFunctions),
	);
	Object.assign(staticData, workflow.staticData['node:Node']);
	const items = result.workflowData?.[0]?.map((item) => ('json' in item ? item.json : item));
	return { ...result, items, response, warnings };
}
