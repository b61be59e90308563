import { describe, expect, test } from 'vitest';
import type { IDataObject, INode } from 'n8n-workflow';
import {
	byId,
	EMPTY_WABA,
	getRequests,
	harness,
	INVALID_DRAFT,
	setUp,
	toJson,
	WABA,
} from './setup.mts';

// n8n derives this type from a node that is usable as a tool.
const TOOL = 'n8n-nodes-kaleyra-flows.kaleyraFlowsTool';

setUp();

const runTool = async (operation: string, parameters: IDataObject, node: Partial<INode> = {}) =>
	await harness.run(
		{ resource: 'flow', operation, ...parameters },
		{ node: { type: TOOL, ...node } },
	);

describe('A tool’s error message', () => {
	test.each<[string, string, IDataObject, RegExp]>([
		[
			'an API error',
			'get',
			{ flowId: byId('999') },
			/^The flow_id either does not exist .* account\. Check the flow ID/,
		],
		[
			'an invalid value',
			'get',
			{ flowId: byId('=survey.2026') },
			/^'Flow ID' must contain only digits: "survey\.2026"\. A flow ID contains only digits/,
		],
		[
			'a flow that can’t be published',
			'publish',
			{ flowId: byId(INVALID_DRAFT) },
			/was not published\. Invalid value .*Fix the flow JSON in WhatsApp Manager, then publish again\.$/,
		],
	])('contains how to fix %s', async (_, operation, parameters, message) => {
		const { error } = await runTool(operation, parameters);
		expect(error?.message).toMatch(message);
		expect(error?.message).toContain(error?.description);
	});

	test('contains how to fix an invalid credential', async () => {
		harness.credential = { ...harness.credential, apiKey: '' };
		const { error } = await runTool('getMany', {});
		expect(error?.message).toMatch(/^'API Key' .* is empty\. In the Kaleyra console/);
	});

	test('is in the item on "Continue"', async () => {
		const { main } = await runTool(
			'get',
			{ flowId: byId('999') },
			{ onError: 'continueRegularOutput' },
		);
		expect(toJson(main)[0]?.['error']).toMatch(/Check the flow ID/);
	});

	test('stays one line if the node isn’t a tool', async () => {
		const { error } = await harness.run({
			resource: 'flow',
			operation: 'get',
			flowId: byId('=survey'),
		});
		expect(error?.message).toBe('\'Flow ID\' must contain only digits: "survey"');
	});
});

describe('A tool that looks for flows', () => {
	test.each<[string, IDataObject, RegExp]>([
		['a WABA without flows', { wabaId: EMPTY_WABA }, /^WABA \d+ has no flows\.$/],
		[
			'filters that none matches',
			{ filters: { name: 'nothing like it' } },
			/has flows, but none matches the filters/,
		],
	])('returns one item that says so (%s)', async (_, parameters, message) => {
		const { main } = await runTool('getMany', parameters);
		expect(toJson(main)).toEqual([{ flows_found: 0, message: expect.stringMatching(message) }]);
	});

	test('returns the flows if there are any', async () => {
		const { main } = await runTool('getMany', { filters: { name: 'survey' } });
		expect(toJson(main)).toEqual([expect.objectContaining({ name: 'Customer survey' })]);
	});

	test('returns one item when there is nothing to migrate', async () => {
		const parameters = { wabaId: EMPTY_WABA, destinationWabaId: WABA, allFlows: true };
		expect(toJson((await runTool('migrate', parameters)).main)).toEqual([
			{ flows_found: 0, message: `WABA ${EMPTY_WABA} has no flows to migrate.` },
		]);
	});

	test('returns no item if the node isn’t a tool', async () => {
		const { main } = await harness.run({
			resource: 'flow',
			operation: 'getMany',
			wabaId: EMPTY_WABA,
		});
		expect(main).toEqual([]);
		expect(getRequests()).toHaveLength(1);
	});
});
