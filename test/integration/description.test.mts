import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeHelpers } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { beforeAll, describe, expect, test } from 'vitest';
import { DRAFT, harness, get, getMany, publish, setUp, update } from './setup.mts';

setUp();

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const OPERATIONS = ['get', 'getMany', 'publish', 'updateMetadata'];
let node: INodeTypeDescription;

beforeAll(() => {
	node = harness.loader.types.nodes.find(({ name }) => name === 'kaleyraFlows')!;
});

/** The fields that the editor shows. */
function shown(parameters: Record<string, unknown>): INodeProperties[] {
	const values = NodeHelpers.getNodeParameters(
		node.properties,
		{ resource: 'flow', ...parameters } as never,
		true,
		false,
		{ typeVersion: 1 },
		node,
	)!;
	return node.properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, node),
	);
}
const namesShown = (parameters: Record<string, unknown>) =>
	shown(parameters)
		.map(({ name }) => name)
		.filter((name) => name !== 'resource' && name !== 'operation');

describe('The node as n8n loads it', () => {
	test('is found by what people search for', () => {
		expect(node.codex?.alias).toEqual(
			expect.arrayContaining(['WhatsApp', 'WhatsApp Flows', 'WABA']),
		);
		expect(node.codex?.categories).toContain('Communication');
		expect(node.codex?.resources?.primaryDocumentation?.[0]?.url).toMatch(/^https:/);
	});

	test('has icons for light and dark that are in the package', () => {
		const { light, dark } = node.iconUrl as { light: string; dark: string };
		for (const url of [light, dark]) {
			expect(existsSync(join(PACKAGE, url.replace('icons/n8n-nodes-kaleyra-flows/', '')))).toBe(
				true,
			);
		}
		expect(light).not.toBe(dark);
	});

	test('can be a tool of an agent', () => {
		expect(node.usableAsTool).toBe(true);
	});

	test('has a credential that it can test itself', () => {
		expect(node.credentials).toEqual([
			{ name: 'kaleyraApi', required: true, testedBy: 'kaleyraApiTest' },
		]);
		expect(harness.tested.methods?.credentialTest?.['kaleyraApiTest']).toBeTypeOf('function');
		expect(harness.loader.types.credentials.map(({ name }) => name)).toEqual(['kaleyraApi']);
	});

	test('offers four operations, each with an action for the node list', () => {
		const { options } = node.properties.find(({ name }) => name === 'operation')!;
		const operations = (options as INodePropertyOptions[]).map(({ name, value, action }) => [
			name,
			value,
			action,
		]);
		expect(operations).toEqual([
			['Get Many', 'getMany', 'Get many flows'],
			['Get', 'get', 'Get flow'],
			['Publish', 'publish', 'Publish flow'],
			['Update Metadata', 'updateMetadata', 'Update flow metadata'],
		]);
	});

	test('begins with Get Many, 50 flows at most', () => {
		const begins = NodeHelpers.getNodeParameters(
			node.properties,
			{},
			true,
			false,
			{ typeVersion: 1 },
			node,
		);
		expect(begins).toEqual({
			resource: 'flow',
			operation: 'getMany',
			wabaId: '',
			returnAll: false,
			limit: 50,
			fields: [],
			filters: {},
			options: {},
		});
	});
});

describe('The fields that are shown', () => {
	test.each([
		['get', ['wabaId', 'flowId', 'fields', 'options']],
		['getMany', ['wabaId', 'returnAll', 'limit', 'fields', 'filters', 'options']],
		['publish', ['finalNotice', 'wabaId', 'flowId', 'options']],
		['updateMetadata', ['draftNotice', 'wabaId', 'flowId', 'updateFields', 'options']],
	])('with %s are its own: %j', (operation, names) => {
		expect(namesShown({ operation })).toEqual(names);
	});

	test('with Return All have no limit', () => {
		expect(namesShown({ operation: 'getMany', returnAll: true })).not.toContain('limit');
	});

	const optionsOf = (operation: string) =>
		Object.fromEntries(
			(
				shown({ operation }).find(({ name }) => name === 'options')?.options as INodeProperties[]
			).map((option) => [option.name, option.default]),
		);

	test.each([
		['get', { concurrency: 10, maxRetries: 4, timeout: 30 }],
		['getMany', { concurrency: 10, maxRetries: 4, timeout: 30 }],
		['publish', { validateBeforePublishing: true, concurrency: 1, maxRetries: 4, timeout: 30 }],
		['updateMetadata', { concurrency: 1, maxRetries: 4, timeout: 30 }],
	])('with %s have the options %j', (operation, options) => {
		expect(optionsOf(operation)).toEqual(options);
	});

	test.each(['get', 'publish', 'updateMetadata'])(
		'with %s let people choose a flow from a list, by ID or by URL',
		(operation) => {
			const flow = shown({ operation }).find(({ name }) => name === 'flowId');
			expect(flow?.modes?.map(({ name, type }) => [name, type])).toEqual([
				['list', 'list'],
				['id', 'string'],
				['url', 'string'],
			]);
			const method = flow?.modes?.[0]?.typeOptions?.searchListMethod ?? '';
			expect(harness.tested.methods?.listSearch?.[method]).toBeTypeOf('function');
		},
	);

	test('with Get offer the fields of its page, with Get Many those of its own', () => {
		const offered = (operation: string) =>
			(
				shown({ operation }).find(({ name }) => name === 'fields')
					?.options as INodePropertyOptions[]
			).map(({ value }) => value);
		expect(offered('get').sort()).toEqual([
			'application',
			'categories',
			'data_api_version',
			'endpoint_uri',
			'health_status',
			'id',
			'json_version',
			'name',
			'status',
			'validation_errors',
			'whatsapp_business_account',
		]);
		expect(offered('getMany').sort()).toEqual([
			'categories',
			'id',
			'name',
			'status',
			'updated_at',
			'validation_errors',
		]);
	});
});

describe('The preview of the output', () => {
	const schemaOf = (operation: string) => {
		const path = `dist/nodes/KaleyraFlows/__schema__/v1.0.0/flow/${operation}.json`;
		return JSON.parse(readFileSync(join(PACKAGE, path), 'utf8')) as {
			type: string;
			properties: Record<string, unknown>;
		};
	};

	test.each(OPERATIONS)('is in the package for %s', (operation) => {
		expect(schemaOf(operation).type).toBe('object');
	});

	test('shows what each operation really gives', async () => {
		const results = {
			get: await get(DRAFT),
			getMany: await getMany({ limit: 1 }),
			publish: await publish(DRAFT),
			updateMetadata: await update(DRAFT, { name: 'New' }),
		};
		for (const [operation, { main }] of Object.entries(results)) {
			expect(Object.keys(schemaOf(operation).properties)).toEqual(
				expect.arrayContaining(Object.keys(main[0]?.json ?? { none: true })),
			);
		}
	});
});

describe('The credential', () => {
	const properties = () => harness.loader.types.credentials[0]!.properties;

	test('offers every pod with its host, and a domain of one’s own', () => {
		const pod = properties().find(({ name }) => name === 'pod');
		expect((pod?.options as INodePropertyOptions[]).map(({ value }) => value)).toEqual([
			'in',
			'sg',
			'sgLegacy',
			'eu',
			'na',
			'custom',
		]);
	});

	test('hides the key while it is typed', () => {
		const key = properties().find(({ name }) => name === 'apiKey');
		expect(key?.typeOptions?.password).toBe(true);
	});

	test('asks for an API Domain only with a domain of one’s own', () => {
		const domain = properties().find(({ name }) => name === 'apiDomain')!;
		const isShown = (pod: string) => NodeHelpers.displayParameter({ pod }, domain, null, null);
		expect([isShown('custom'), isShown('in')]).toEqual([true, false]);
	});
});
