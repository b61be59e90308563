import type { IDataObject, INode } from 'n8n-workflow';

/** Workflows with the reply trigger and with Send Flow and Wait for Reply. */

export const KALEYRA_CREDENTIAL = { id: 'kaleyraMockApi01', name: 'Kaleyra mock API' };
export const CALLBACK_CREDENTIAL = { id: 'kaleyraCallbk001', name: 'Callback' };
export const SECRET_HEADER = { name: 'X-Callback-Secret', value: 'c4llb4ck-s3cr3t-0123456789' };

export const PACKAGE = 'n8n-nodes-kaleyra-flows';

const base = { typeVersion: 1, position: [0, 0] as [number, number] };

/** Posts each item to the collector. */
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

const connect = (...names: string[]) =>
	Object.fromEntries(
		names
			.slice(0, -1)
			.map((name, index) => [
				name,
				{ main: [[{ node: names[index + 1], type: 'main', index: 0 }]] },
			]),
	);

/** A reply trigger whose path is the workflow's ID. */
export function createReplyWorkflow(
	id: string,
	collectorUrl: string,
	parameters: IDataObject = {},
) {
	const trigger = {
		...base,
		id: `${id}-trigger`,
		name: 'Reply',
		type: `${PACKAGE}.kaleyraFlowsReplyTrigger`,
		typeVersion: 1.1,
		webhookId: `${id}-webhook`,
		parameters: { path: id, ...parameters },
		credentials: { kaleyraCallbackApi: CALLBACK_CREDENTIAL },
	};
	return {
		id,
		name: id,
		active: false,
		nodes: [trigger, createCollectorNode(collectorUrl)],
		connections: connect('Reply', 'Collect'),
		settings: { executionOrder: 'v1' },
	};
}

/** Started by a POST with `{ to }`; sends a flow to the number and waits for the reply. */
export function createWaitingWorkflow(id: string, collectorUrl: string, options: IDataObject = {}) {
	const webhook = {
		...base,
		id: `${id}-start`,
		name: 'Start',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: `${id}-webhook`,
		parameters: { path: id, httpMethod: 'POST', options: {} },
	};
	const send = {
		...base,
		id: `${id}-send`,
		name: 'Ask',
		type: `${PACKAGE}.kaleyraFlows`,
		webhookId: `${id}-send-webhook`,
		parameters: {
			resource: 'message',
			operation: 'sendAndWait',
			to: '={{ $json.body.to }}',
			flowId: { __rl: true, mode: 'id', value: '900000000000002' },
			bodyText: 'How was your order?',
			buttonText: 'Rate',
			options,
		},
		credentials: { kaleyraApi: KALEYRA_CREDENTIAL },
	};
	return {
		id,
		name: id,
		active: false,
		nodes: [webhook, send, createCollectorNode(collectorUrl)],
		connections: connect('Start', 'Ask', 'Collect'),
		settings: { executionOrder: 'v1' },
	};
}
