import type { INodeType, IWebhookDescription } from 'n8n-workflow';
import {
	nodeParametersAreStatic,
	resolveWebhookDescriptionField,
	webhookDescriptionIsNativelyResolvable,
	Workflow,
} from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { harness, setUp } from './setup.mts';

setUp();

const TRIGGERS = ['kaleyraFlowsEndpointTrigger', 'kaleyraFlowsReplyTrigger'];

/** Creates a workflow with the trigger; n8n adds the default values of its parameters. */
function createTrigger(name: string) {
	const type = harness.loader.getNode(name).type as INodeType;
	const workflow = new Workflow({
		nodes: [harness.node({ path: 'booking' }, { type: `n8n-nodes-kaleyra-flows.${name}` })],
		connections: {},
		active: true,
		nodeTypes: Object.assign(Object.create(harness), { getByName: () => type }),
	});
	const { webhooks = [], version } = type.description;
	return { workflow, node: workflow.getNode('Node')!, webhooks, version };
}

describe.each(TRIGGERS)('The webhooks of %s', (name) => {
	test('need no expression engine', () => {
		const { node, webhooks, version } = createTrigger(name);
		expect(nodeParametersAreStatic(node)).toBe(true);
		expect(webhooks).not.toEqual([]);
		expect(webhooks.every(webhookDescriptionIsNativelyResolvable)).toBe(true);
		// n8n evaluates `options.binaryData` for nodes of version 1.
		expect(version).not.toBe(1);
	});

	test('have the same fields with the expression engine', async () => {
		const { workflow, node, webhooks } = createTrigger(name);
		const evaluate = (value: string | boolean) =>
			workflow.expression.getSimpleParameterValue(node, value, 'internal', {});
		for (const webhook of webhooks) {
			for (const field of ['path', 'responseCode'] satisfies (keyof IWebhookDescription)[]) {
				const template = webhook[field];
				if (template === undefined) continue;
				const resolved = resolveWebhookDescriptionField(node, webhook, field);
				const value = await workflow.expression.withIsolate(
					async () => await Promise.resolve(evaluate(template)),
				);
				expect(resolved).toEqual({ resolved: true, value });
			}
		}
	});
});
