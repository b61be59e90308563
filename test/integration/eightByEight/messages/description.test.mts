import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers, webhookDescriptionIsNativelyResolvable } from 'n8n-workflow';
import { beforeAll, describe, expect, test } from 'vitest';
import { EIGHT_BY_EIGHT } from '../../n8nHarness.mts';
import { getRegistrationResults, REGISTERED } from '../../messages/registration.mts';
import { harness, setUp, toJson } from '../setup.mts';
import { sendFlow, sendTemplate } from './setup.mts';

setUp();

let node: INodeTypeDescription;
let trigger: INodeTypeDescription;
beforeAll(() => {
	const { nodes } = harness.loader.types;
	node = nodes.find(({ name }) => name === 'eightByEightFlows')!;
	trigger = nodes.find(({ name }) => name === 'eightByEightFlowsReplyTrigger')!;
});

const getDisplayed = (operation: string): INodeProperties[] => {
	const parameters = { resource: 'message', operation };
	const { properties } = node;
	const type = { typeVersion: 1 };
	const values = NodeHelpers.getNodeParameters(properties, parameters, true, false, type, node)!;
	return properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, type, node),
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

describe('The resource Message of 8x8 Flows', () => {
	test('has three operations, whose values n8n and workflows rely on', () => {
		const operation = getDisplayed('sendFlow').find(({ name }) => name === 'operation');
		const values = (operation?.options as INodePropertyOptions[]).map(({ value }) => value);
		expect(values).toEqual(['sendFlow', 'sendFlowTemplate', 'sendAndWait']);
	});

	const FLOW = ['subaccountId', 'to', 'flowId', 'channelId', 'bodyText', 'buttonText'];
	const SCREEN_OPTIONS = ['replyTo', 'screen', 'screenDataFields', 'screenData'];
	test.each([
		[
			'sendFlow',
			['deliveryNotice', 'sessionNotice', ...FLOW],
			['clientMessageId', 'flowAction', 'flowToken', 'footer', 'header', 'mode', ...SCREEN_OPTIONS],
		],
		[
			'sendFlowTemplate',
			['deliveryNotice', 'subaccountId', 'to', 'templateName', 'language', 'bodyVariables'],
			['buttonIndex', 'clientMessageId', 'headerVariables', ...SCREEN_OPTIONS],
		],
		[
			'sendAndWait',
			['replyTriggerNotice', 'sessionNotice', ...FLOW, 'awaitedReply'],
			[
				...['clientMessageId', 'flowAction', 'footer', 'header', 'limitWaitTime', 'mode'],
				...SCREEN_OPTIONS,
			],
		],
	])('displays the parameters and options of %s', (operation, parameters, options) => {
		expect(getNames(operation)).toEqual([...parameters, 'options']);
		expect(getOptions(operation)).toEqual([...options, ...COMMON_OPTIONS]);
	});

	test.each([
		['sendFlow', sendFlow],
		['sendFlowTemplate', sendTemplate],
	])('has an output schema with every field of %s', async (operation, send) => {
		const path = `dist/nodes/EightByEightFlows/__schema__/v1.0.0/message/${operation}.json`;
		const { properties } = JSON.parse(readFileSync(join(EIGHT_BY_EIGHT.folder, path), 'utf8'));
		const [item] = toJson((await send()).main);
		expect(Object.keys(properties)).toEqual(Object.keys(item!));
	});

	test('resumes executions by POST only, at the path that n8n signs', () => {
		expect(node.webhooks).toEqual([
			expect.objectContaining({ httpMethod: 'POST', path: '={{ $nodeId }}', restartWebhook: true }),
		]);
	});
});

describe('The 8x8 Flows Reply Trigger node', () => {
	test('receives POST, and registers nothing at 8x8', async () => {
		expect(trigger.webhooks?.map(({ httpMethod }) => httpMethod)).toEqual(['POST']);
		expect(
			await getRegistrationResults(harness.loader.getNode('eightByEightFlowsReplyTrigger').type),
		).toEqual(REGISTERED);
	});

	/** Older versions of n8n evaluate all webhooks with the expression engine. */
	const isOlder = typeof webhookDescriptionIsNativelyResolvable !== 'function';
	test.skipIf(isOlder)('needs no expression engine for a request', () => {
		expect(trigger.webhooks?.every(webhookDescriptionIsNativelyResolvable)).toBe(true);
		// n8n evaluates `options.binaryData` for nodes of version 1.
		expect(trigger.version).not.toBe(1);
	});

	test('says where its URL goes', () => {
		const notice = trigger.properties.find(({ type }) => type === 'notice');
		expect(notice?.displayName).toMatch(/8x8 Connect: Webhooks/);
	});

	test('has the filters that 8x8’s replies allow', () => {
		const options = trigger.properties.find(({ name }) => name === 'options');
		const names = (options?.options as INodeProperties[]).map(({ name }) => name);
		expect(names).toEqual(['flowTokenPrefix', 'includeRawPayload']);
	});

	test('needs a credential for the header only, which n8n tests', async () => {
		const [credential] = trigger.credentials ?? [];
		expect(credential).toMatchObject({
			name: 'eightByEightCallbackApi',
			displayOptions: { show: { authentication: ['header'] } },
		});
		const type = harness.loader.getNode('eightByEightFlowsReplyTrigger').type as unknown as {
			methods: { credentialTest: Record<string, (c: object) => Promise<{ status: string }>> };
		};
		const test = type.methods.credentialTest[String(credential?.testedBy)]!;
		const data = { headerName: 'Authorization', headerValue: 'Bearer 0123456789' };
		expect(await test({ data })).toMatchObject({ status: 'OK' });
		expect(await test({ data: { ...data, headerValue: '' } })).toMatchObject({ status: 'Error' });
	});
});
