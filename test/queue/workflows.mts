import type { IDataObject, INode } from 'n8n-workflow';

/** Workflows of the queue mode tests. */

export interface Workflow {
	name: string;
	nodes: INode[];
	connections: object;
	settings: IDataObject;
}

/** A credential that a node uses: its type, ID, and name. */
export interface UsedCredential {
	type: string;
	id: string;
	name: string;
}

const base = { typeVersion: 1, position: [0, 0] as [number, number] };
const PACKAGE = 'n8n-nodes-kaleyra-flows';

/** Connects the nodes one after the other. */
export function createWorkflow(name: string, nodes: INode[], settings: IDataObject = {}): Workflow {
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map((node, index) => [
				nodes[index]!.name,
				{ main: [[{ node: node.name, type: 'main', index: 0 }]] },
			]),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1', ...settings } };
}

/** Any node of the package. */
export function createNode(
	type: string,
	credentials: UsedCredential[],
	parameters: IDataObject,
): INode {
	return {
		...base,
		id: type,
		name: type,
		type: `${PACKAGE}.${type}`,
		webhookId: crypto.randomUUID(),
		parameters: parameters as INode['parameters'],
		credentials: Object.fromEntries(
			credentials.map(({ type: credentialType, id, name }) => [credentialType, { id, name }]),
		),
	};
}

/** Passes the body of a POST on, and responds with the first item of the last node. */
export const createWebhookNode = (path: string): INode => ({
	...base,
	id: 'webhook',
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: crypto.randomUUID(),
	parameters: { path, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
});

/** Outputs the elements of the list that was posted. */
export const createSplitNode = (): INode => ({
	...base,
	id: 'split',
	name: 'Split',
	type: 'n8n-nodes-base.splitOut',
	parameters: { fieldToSplitOut: 'body.items', options: {} },
});

/** Posts each item. */
export const createCollectorNode = (url: string): INode => ({
	...base,
	id: 'collect',
	name: 'Collect',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		method: 'POST',
		url,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ JSON.stringify($json) }}',
		options: {},
	},
});

/** An operation on the flow whose ID was posted. */
export const createFlowNode = (
	credential: UsedCredential,
	operation: string,
	parameters: IDataObject = {},
) =>
	createNode('kaleyraFlows', [credential], {
		resource: 'flow',
		operation,
		flowId: { __rl: true, mode: 'id', value: '={{ $json.body?.flow ?? $json.flow }}' },
		...parameters,
	});
