import type { INodeType, IWebhookDescription } from 'n8n-workflow';
import {
	nodeParametersAreStatic,
	resolveWebhookDescriptionField,
	webhookDescriptionIsNativelyResolvable,
	Workflow,
} from 'n8n-workflow';
import { beforeAll, describe, expect, test } from 'vitest';
import { EIGHT_BY_EIGHT, KALEYRA, N8nTestHarness } from './n8nHarness.mts';

const TRIGGERS = [
	{ name: 'kaleyraFlowsEndpointTrigger', subject: KALEYRA },
	{ name: 'kaleyraFlowsReplyTrigger', subject: KALEYRA },
	{ name: 'eightByEightFlowsReplyTrigger', subject: EIGHT_BY_EIGHT },
];

/** Creates a workflow with the trigger; n8n adds the default values of its parameters. */
function createTrigger(harness: N8nTestHarness, name: string) {
	const type = harness.loader.getNode(name).type as INodeType;
	const workflow = new Workflow({
		nodes: [harness.node({ path: 'booking' }, { type: name })],
		connections: {},
		active: true,
		nodeTypes: Object.assign(Object.create(harness), { getByNameAndVersion: () => type }),
	});
	const { webhooks = [], version } = type.description;
	return { workflow, node: workflow.getNode('Node')!, webhooks, version };
}

/** Older versions of n8n evaluate all webhooks with the expression engine. */
const HAS_NATIVE_WEBHOOKS = typeof nodeParametersAreStatic === 'function';

describe.skipIf(!HAS_NATIVE_WEBHOOKS).each(TRIGGERS)(
	'The webhooks of $name',
	({ name, subject }) => {
		let harness: N8nTestHarness;
		beforeAll(async () => {
			harness = await N8nTestHarness.load(subject);
		});

		test('need no expression engine', () => {
			const { node, webhooks, version } = createTrigger(harness, name);
			expect(nodeParametersAreStatic(node)).toBe(true);
			expect(webhooks).not.toEqual([]);
			expect(webhooks.every(webhookDescriptionIsNativelyResolvable)).toBe(true);
			// n8n evaluates `options.binaryData` for nodes of version 1.
			expect(version).not.toBe(1);
		});

		test('have the same fields with the expression engine', async () => {
			const { workflow, node, webhooks } = createTrigger(harness, name);
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
	},
);
