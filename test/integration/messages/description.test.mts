import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { beforeAll, describe, expect, test } from 'vitest';
import { harness, setUp, toJson } from '../setup.mts';
import { getRegistrationResults, REGISTERED } from './registration.mts';
import { sendFlow, sendTemplate } from './setup.mts';

setUp();

let node: INodeTypeDescription;
let trigger: INodeTypeDescription;
beforeAll(() => {
	const { nodes } = harness.loader.types;
	node = nodes.find(({ name }) => name === 'kaleyraFlows')!;
	trigger = nodes.find(({ name }) => name === 'kaleyraFlowsReplyTrigger')!;
});

const getDisplayed = (operation: string): INodeProperties[] => {
	const parameters = { resource: 'message', operation };
	const context = { typeVersion: 1 };
	const values = NodeHelpers.getNodeParameters(
		node.properties,
		parameters,
		true,
		false,
		context,
		node,
	)!;
	return node.properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, context, node),
	);
};
const getNames = (operation: string) =>
	getDisplayed(operation)
		.map(({ name }) => name)
		.filter((name) => name !== 'resource' && name !== 'operation');
const getOptions = (operation: string) => {
	const options = getDisplayed(operation).find(({ name }) => name === 'options');
	return (options?.options as INodeProperties[]).map(({ name }) => name);
};
const COMMON_OPTIONS = ['concurrency', 'maxRetries', 'rateLimitTimeout', 'timeout'];

describe('The resource Message', () => {
	test('has three operations, whose values n8n and workflows rely on', () => {
		const operation = getDisplayed('sendFlow').find(({ name }) => name === 'operation');
		const values = (operation?.options as INodePropertyOptions[]).map(({ value }) => value);
		expect(values).toEqual(['sendFlow', 'sendFlowTemplate', 'sendAndWait']);
	});

	const FLOW_PARAMETERS = ['from', 'to', 'flowId', 'wabaId', 'bodyText', 'buttonText'];
	const FLOW_OPTIONS = ['flowAction', 'flowToken', 'footer', 'header'];
	const SCREEN_OPTIONS = ['replyTo', 'screen', 'screenDataFields', 'screenData'];
	test.each([
		[
			'sendFlow',
			['deliveryNotice', 'sessionNotice', ...FLOW_PARAMETERS],
			[...FLOW_OPTIONS, 'mode', 'ref', 'ref1', 'ref2', ...SCREEN_OPTIONS],
		],
		[
			'sendFlowTemplate',
			['deliveryNotice', 'from', 'to', 'templateName', 'language', 'bodyVariables'],
			[
				...['buttonIndex', 'flowToken', 'headerVariables', 'ref', 'ref1', 'ref2', 'replyTo'],
				...['screenDataFields', 'screenData'],
			],
		],
		[
			'sendAndWait',
			['replyTriggerNotice', 'sessionNotice', ...FLOW_PARAMETERS, 'awaitedReply'],
			[...FLOW_OPTIONS, 'limitWaitTime', 'mode', 'ref1', 'ref2', ...SCREEN_OPTIONS],
		],
	])('displays the parameters and options of %s', (operation, parameters, options) => {
		expect(getNames(operation)).toEqual([...parameters, 'options']);
		expect(getOptions(operation)).toEqual([...options, ...COMMON_OPTIONS]);
	});

	test.each([
		['sendFlow', sendFlow],
		['sendFlowTemplate', sendTemplate],
	])('has an output schema with every field of %s', async (operation, send) => {
		const folder = fileURLToPath(new URL('../../../dist/nodes/KaleyraFlows/', import.meta.url));
		const path = join(folder, `__schema__/v1.0.0/message/${operation}.json`);
		const { properties } = JSON.parse(readFileSync(path, 'utf8')) as { properties: object };
		const [item] = toJson((await send()).main);
		expect(Object.keys(properties)).toEqual(Object.keys(item!));
	});

	test('resumes executions by POST only, at the path that n8n signs', () => {
		expect(node.webhooks).toEqual([
			expect.objectContaining({ httpMethod: 'POST', path: '={{ $nodeId }}', restartWebhook: true }),
		]);
	});
});

describe('The reply trigger', () => {
	test('receives POST and GET, and registers nothing at Kaleyra', async () => {
		expect(trigger.webhooks?.map(({ httpMethod }) => httpMethod)).toEqual(['POST', 'GET']);
		expect(
			await getRegistrationResults(harness.loader.getNode('kaleyraFlowsReplyTrigger').type),
		).toEqual(REGISTERED);
	});

	test('says where its URL goes', () => {
		const notice = trigger.properties.find(({ type }) => type === 'notice');
		expect(notice?.displayName).toMatch(/Incoming URL/);
	});

	test('warns of replies by others without authentication, and leaves its path random', () => {
		const find = (name: string) => trigger.properties.find((each) => each.name === name);
		expect(find('authenticationNotice')?.displayOptions).toEqual({
			show: { authentication: ['none'] },
		});
		expect(find('path')?.default).toBe('');
	});

	test('needs a credential for the header only', () => {
		const [credential] = trigger.credentials ?? [];
		expect(credential?.displayOptions).toEqual({ show: { authentication: ['header'] } });
		const type = harness.loader.getNode('kaleyraFlowsReplyTrigger').type as {
			methods: { credentialTest: object };
		};
		expect(type.methods.credentialTest).toHaveProperty(String(credential?.testedBy));
	});
});
