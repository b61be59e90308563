import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeHelpers } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { beforeAll, describe, expect, test } from 'vitest';
import { EIGHT_BY_EIGHT, KALEYRA } from '../n8nHarness.mts';
import { DRAFT, harness, PUBLISHED, run, runOn, mockApi, setUp } from './setup.mts';

setUp();

let node: INodeTypeDescription;

beforeAll(() => {
	node = harness.loader.types.nodes.find(({ name }) => name === 'eightByEightFlows')!;
});

/** The fields that the editor shows for an operation. */
function shown(operation: string): INodeProperties[] {
	const chosen = { resource: 'flow', operation };
	const at = { typeVersion: 1 };
	const values = NodeHelpers.getNodeParameters(node.properties, chosen, true, false, at, node)!;
	return node.properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, at, node),
	);
}

describe('The node as n8n loads it', () => {
	test('is found by what people search for', () => {
		expect(node.displayName).toBe('8x8 Flows');
		expect(node.codex?.alias).toEqual(expect.arrayContaining(['WhatsApp', 'WhatsApp Flows']));
		expect(node.codex?.categories).toContain('Communication');
	});

	test('has icons of its own for light and dark that are in the package', () => {
		const { light, dark } = node.iconUrl as { light: string; dark: string };
		for (const url of [light, dark]) {
			const file = url.replace('icons/n8n-nodes-8x8-flows/', '');
			expect(existsSync(join(EIGHT_BY_EIGHT.folder, file))).toBe(true);
		}
		const icon = (folder: string, name: string) =>
			readFileSync(join(folder, 'icons', name), 'utf8');
		expect(icon(EIGHT_BY_EIGHT.folder, 'eightByEightFlows.svg')).not.toBe(
			icon(KALEYRA.folder, 'kaleyraFlows.svg'),
		);
		expect(light).not.toBe(dark);
	});

	test('can be a tool of an agent', () => {
		expect(node.usableAsTool).toBe(true);
	});

	test('has a credential that it can test itself', () => {
		expect(node.credentials).toEqual([
			{
				name: 'eightByEightChatAppsApi',
				required: true,
				testedBy: 'eightByEightChatAppsApiTest',
			},
		]);
		expect(harness.loader.types.credentials.map(({ name }) => name)).toEqual([
			'eightByEightChatAppsApi',
		]);
	});

	test('offers eight operations, each with an action for the node list', () => {
		const { options } = node.properties.find(({ name }) => name === 'operation')!;
		expect((options as INodePropertyOptions[]).map(({ value, action }) => [value, action])).toEqual(
			[
				['getMany', 'Get many flows'],
				['get', 'Get flow'],
				['preview', 'Preview flow'],
				['create', 'Create flow'],
				['update', 'Update flow'],
				['publish', 'Publish flow'],
				['deprecate', 'Deprecate flow'],
				['delete', 'Delete flow'],
			],
		);
	});

	test.each([
		['getMany', ['channelId', 'limit', 'options']],
		['get', ['channelId', 'flowId', 'options']],
		['preview', ['channelId', 'flowId', 'refresh', 'options']],
		['create', ['channelId', 'name', 'categories', 'additionalFields', 'options']],
		['update', ['channelId', 'flowId', 'updateFields', 'options']],
		['publish', ['finalNotice', 'channelId', 'flowId', 'options']],
		['deprecate', ['finalNotice', 'channelId', 'flowId', 'options']],
		['delete', ['finalNotice', 'channelId', 'flowId', 'options']],
	])('shows with %s the fields %j', (operation, names) => {
		const operationOptions = shown(operation).map(({ name }) => name);
		expect(operationOptions.filter((name) => name !== 'resource' && name !== 'operation')).toEqual(
			names,
		);
	});

	test.each([
		['getMany', { concurrency: 10, maxRetries: 4, timeout: 30 }],
		['get', { output: 'native', concurrency: 10, maxRetries: 4, timeout: 30 }],
		['publish', { validateBeforePublishing: true, concurrency: 1, maxRetries: 4, timeout: 30 }],
		['create', { output: 'native', concurrency: 1, maxRetries: 4, timeout: 30 }],
		['delete', { concurrency: 1, maxRetries: 4, timeout: 30 }],
	])('has with %s the options %j', (operation, expected) => {
		const { options } = shown(operation).find(({ name }) => name === 'options')!;
		const defaults = (options as INodeProperties[]).map((each) => [each.name, each.default]);
		expect(Object.fromEntries(defaults)).toEqual(expected);
	});

	test('offers the eight categories of 8x8’s pages, without SHOPPING', () => {
		const { options } = shown('create').find(({ name }) => name === 'categories')!;
		expect((options as INodePropertyOptions[]).map(({ value }) => value)).toEqual([
			'APPOINTMENT_BOOKING',
			'CONTACT_US',
			'CUSTOMER_SUPPORT',
			'LEAD_GENERATION',
			'OTHER',
			'SIGN_IN',
			'SIGN_UP',
			'SURVEY',
		]);
	});
});

describe('The preview of the output', () => {
	const schemaOf = (operation: string) =>
		JSON.parse(
			readFileSync(
				join(
					EIGHT_BY_EIGHT.folder,
					`dist/nodes/EightByEightFlows/__schema__/v1.0.0/flow/${operation}.json`,
				),
				'utf8',
			),
		) as { type: string; properties: Record<string, unknown> };

	test('shows what each operation really gives', async () => {
		const content = { name: 'New', categories: ['OTHER'] };
		const results = {
			getMany: await run('getMany', { limit: 1 }),
			get: await runOn('get', '822625023859371'),
			preview: await runOn('preview', DRAFT),
			create: await run('create', content),
			update: await runOn('update', DRAFT, { updateFields: { name: 'Other' } }),
			publish: await runOn('publish', DRAFT),
			deprecate: await runOn('deprecate', PUBLISHED),
			delete: await runOn('delete', mockApi.flows.at(-1)!.id),
		};
		for (const [operation, { main }] of Object.entries(results)) {
			expect(Object.keys(schemaOf(operation).properties)).toEqual(
				expect.arrayContaining(Object.keys(main[0]?.json ?? { none: true })),
			);
		}
	});
});

describe('From List', () => {
	const search = async (filter?: string, channelId = '3f1c2b4a-0000-4000-8000-0000000000c1') =>
		await harness.searchFlows(filter, undefined, { channelId });

	test('shows names and statuses of the channel’s flows', async () => {
		expect((await search()).results.slice(0, 2)).toEqual([
			{ name: 'Book a test drive (DRAFT)', value: DRAFT },
			{ name: 'Delivery survey (PUBLISHED)', value: PUBLISHED },
		]);
		expect(mockApi.requests[0]?.target).toMatch(/\/flows\?limit=1000$/);
	});

	test.each([
		['survey', ['Delivery survey (PUBLISHED)']],
		['DRAFT', ['Book a test drive (DRAFT)', 'Example flow (DRAFT)']],
		['822625', ['Example flow (DRAFT)']],
		['nothing like it', []],
	])('finds by %s', async (filter, names) => {
		expect((await search(filter)).results.map(({ name }) => name)).toEqual(names);
	});

	test('says that the channel is missing, and what 8x8 refuses', async () => {
		await expect(search('', '')).rejects.toThrow('Channel ID is empty');
		await expect(search('', 'unknown')).rejects.toThrow('Not found');
	});
});

describe('The credential', () => {
	const properties = () => harness.loader.types.credentials[0]!.properties;

	test('offers every region with its host, and a domain of one’s own', () => {
		const region = properties().find(({ name }) => name === 'region');
		expect(
			(region?.options as INodePropertyOptions[]).map(({ name, value }) => [value, name]),
		).toEqual([
			['apac', 'Asia Pacific (chatapps.8x8.com)'],
			['us', 'North America (chatapps.us.8x8.com)'],
			['eu', 'Europe (chatapps.8x8.uk)'],
			['id', 'Indonesia (chatapps.8x8.id)'],
			['custom', 'Another Domain'],
		]);
	});

	test('hides the key while it is typed', () => {
		const key = properties().find(({ name }) => name === 'apiKey');
		expect(key?.typeOptions?.password).toBe(true);
	});
});

describe('What is published', () => {
	const dist = () =>
		readdirSync(join(EIGHT_BY_EIGHT.folder, 'dist'), { recursive: true, encoding: 'utf8' });

	test('holds of the shared floors what it needs, and nothing of Kaleyra’s', () => {
		expect(dist()).toContain('nodes/shared/node/processItems.js');
		// The list has no next page.
		expect(dist()).not.toContain('nodes/shared/http/pagination.js');
		expect(dist().filter((path) => /kaleyra/i.test(path))).toEqual([]);
	});

	test('contains the same compiled shared layer as the Kaleyra package', () => {
		const sharedFiles = dist().filter((path) => /^nodes\/shared\/.*\.js$/.test(path));
		expect(sharedFiles.length).toBeGreaterThan(15);
		for (const file of sharedFiles) {
			const [ours, theirs] = [EIGHT_BY_EIGHT, KALEYRA].map(({ folder }) =>
				readFileSync(join(folder, 'dist', file), 'utf8'),
			);
			expect(ours, file).toBe(theirs);
		}
	});
});
