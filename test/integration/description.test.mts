import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeHelpers, Workflow } from 'n8n-workflow';
import type {
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import { beforeAll, describe, expect, test } from 'vitest';
import { FLOW_OPERATIONS, OPERATIONS, runOperation, toRows } from './operations.mts';
import { DRAFT, get, harness, PUBLISHED, setUp } from './setup.mts';
import * as samples from '../mock-api/samples.mts';

setUp();

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
let node: INodeTypeDescription;
let trigger: INodeTypeDescription;

beforeAll(() => {
	const { nodes } = harness.loader.types;
	node = nodes.find(({ name }) => name === 'kaleyraFlows')!;
	trigger = nodes.find(({ name }) => name === 'kaleyraFlowsTrigger')!;
});

/** The parameters that the editor displays. */
function getDisplayedParameters(parameters: Record<string, unknown>): INodeProperties[] {
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
const getDisplayedNames = (parameters: Record<string, unknown>) =>
	getDisplayedParameters(parameters)
		.map(({ name }) => name)
		.filter((name) => name !== 'resource' && name !== 'operation');

describe('The node description', () => {
	test('has the search terms, category, and documentation link', () => {
		expect(node.codex?.alias).toEqual(
			expect.arrayContaining(['WhatsApp', 'WhatsApp Flows', 'WABA']),
		);
		expect(node.codex?.categories).toContain('Communication');
		expect(node.codex?.resources?.primaryDocumentation?.[0]?.url).toMatch(/^https:/);
	});

	test('has light and dark icons that are in the package', () => {
		const { light, dark } = node.iconUrl as { light: string; dark: string };
		for (const url of [light, dark]) {
			expect(existsSync(join(PACKAGE, url.replace('icons/n8n-nodes-kaleyra-flows/', '')))).toBe(
				true,
			);
		}
		expect(light).not.toBe(dark);
	});

	test('can be used as a tool by AI agents', () => {
		expect(node.usableAsTool).toBe(true);
	});

	test('has its credentials and their tests', () => {
		const names = ['kaleyraApi', 'kaleyraFlowsEndpointApi'];
		expect(node.credentials?.map(({ name }) => name)).toEqual(names);
		for (const { testedBy } of node.credentials!) {
			expect(harness.tested.methods?.credentialTest?.[String(testedBy)]).toBeTypeOf('function');
		}
		const packaged = harness.loader.types.credentials.map(({ name }) => name);
		expect(packaged).toEqual(expect.arrayContaining(names));
	});

	test.each([
		['flow', 'getMany', ['kaleyraApi']],
		['endpoint', 'respond', ['kaleyraFlowsEndpointApi']],
		['endpoint', 'createFlowToken', ['kaleyraFlowsEndpointApi']],
		['endpoint', 'setPublicKey', ['kaleyraApi', 'kaleyraFlowsEndpointApi']],
	])('asks only for the credentials that %s: %s needs', (resource, operation, expected) => {
		const displayed = node.credentials!.filter((credential) =>
			NodeHelpers.displayParameter({ resource, operation }, credential, null, node),
		);
		expect(displayed.map(({ name }) => name)).toEqual(expected);
	});

	test.each([
		['nextScreen', 'fields', ['screen', 'screenFields']],
		['nextScreen', 'json', ['screen', 'screenData']],
		['complete', 'fields', ['paramFields']],
		['complete', 'json', ['params']],
		['error', 'json', ['errorMessage', 'screenData']],
		['expireToken', 'json', ['errorMessage']],
	])('shows the parameters of Respond for %s with %s', (responseType, inputType, expected) => {
		const parameters = { resource: 'endpoint', operation: 'respond', responseType, inputType };
		const shown = getDisplayedNames(parameters).filter((name) => !name.endsWith('Type'));
		expect(shown).toEqual(expected);
	});

	test('has the operations of the fixture in their order', () => {
		const { options } = node.properties.find(({ name }) => name === 'operation')!;
		const operations = (options as INodePropertyOptions[]).map(({ name, value }) => [name, value]);
		expect(operations).toEqual(OPERATIONS.map(({ displayName, name }) => [displayName, name]));
	});

	test('has an action for each operation', () => {
		const { options } = node.properties.find(({ name }) => name === 'operation')!;
		const actions = (options as INodePropertyOptions[]).map(({ name, value, action }) => [
			name,
			value,
			action,
		]);
		expect(actions).toEqual([
			['Get Many', 'getMany', 'Get many flows'],
			['Get', 'get', 'Get flow'],
			['Create', 'create', 'Create flow'],
			['Create or Update', 'upsert', 'Create or update flow (returns a changed flow to draft)'],
			[
				'Update Metadata',
				'updateMetadata',
				'Update flow metadata (returns a published flow to draft)',
			],
			['Update JSON', 'updateJson', 'Update flow JSON (returns a published flow to draft)'],
			['Download JSON', 'getJson', 'Download flow JSON'],
			['Publish', 'publish', 'Publish flow (cannot be deleted afterwards)'],
			['Deprecate', 'deprecate', 'Deprecate flow (cannot be undone)'],
			['Delete', 'delete', 'Delete flow (cannot be undone)'],
			['Migrate', 'migrate', 'Migrate flows to another WABA (published flows are published there)'],
		]);
	});

	test('defaults to Get Many with a limit of 50', () => {
		const defaults = NodeHelpers.getNodeParameters(
			node.properties,
			{},
			true,
			false,
			{ typeVersion: 1 },
			node,
		);
		expect(defaults).toEqual({
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

describe('The subtitle', () => {
	const getSubtitle = async (
		{ name, subtitle }: INodeTypeDescription,
		parameters: INodeParameters,
	) => {
		const type = `n8n-nodes-kaleyra-flows.${name}`;
		const position: [number, number] = [0, 0];
		const nodes = [{ id: '1', name: 'Node', type, typeVersion: 1, position, parameters }];
		const { expression } = new Workflow({
			nodes,
			connections: {},
			active: false,
			nodeTypes: Object.assign(Object.create(harness), {
				getByName: () => harness.loader.getNode(name).type,
			}),
		});
		return await expression.withIsolate(
			async () =>
				await Promise.resolve(
					expression.getSimpleParameterValue(nodes[0]!, subtitle, 'internal', {}),
				),
		);
	};

	test.each([
		['getMany', 'Get Many: Flow'],
		['updateMetadata', 'Update Metadata: Flow'],
	])('of the node says %s in words', async (operation, subtitle) => {
		expect(await getSubtitle(node, { resource: 'flow', operation })).toBe(subtitle);
	});

	test.each([
		[['statusChanged', 'flowCreated'], 'Status Changed, Flow Created'],
		['statusChanged', 'Status Changed'],
		[['somethingNew'], 'somethingNew'],
	])('of the trigger says its events in words (%j)', async (events, subtitle) => {
		expect(await getSubtitle(trigger, { events })).toBe(subtitle);
	});
});

describe('The version that workflows save', () => {
	test('is 1 for the node and the trigger', () => {
		expect([node.version, trigger.version]).toEqual([1, 1]);
	});
});

describe('The displayed parameters', () => {
	test.each([
		['get', ['flowId', 'wabaId', 'fields', 'simple', 'options']],
		['getMany', ['wabaId', 'returnAll', 'limit', 'fields', 'filters', 'options']],
		['publish', ['publishNotice', 'flowId', 'wabaId', 'options']],
		['updateMetadata', ['draftNotice', 'flowId', 'wabaId', 'updateFields', 'options']],
		['create', ['inferredNotice', 'wabaId', 'name', 'categories', 'additionalFields', 'options']],
		[
			'upsert',
			[
				'upsertNotice',
				'wabaId',
				'name',
				'categories',
				'inputType',
				'flowJson',
				'additionalFields',
				'options',
			],
		],
		['updateJson', ['draftNotice', 'flowId', 'wabaId', 'inputType', 'flowJson', 'options']],
		['getJson', ['flowId', 'wabaId', 'outputType', 'options']],
		['deprecate', ['deprecateNotice', 'flowId', 'wabaId', 'options']],
		['delete', ['deleteNotice', 'flowId', 'wabaId', 'options']],
		[
			'migrate',
			['migrateNotice', 'wabaId', 'destinationWabaId', 'allFlows', 'flowNames', 'options'],
		],
	])('of %s are %j', (operation, names) => {
		expect(getDisplayedNames({ operation })).toEqual(names);
	});

	test.each([
		['upsert', 'inputType', 'flowJson'],
		['updateJson', 'inputType', 'flowJson'],
		['getJson', 'outputType', undefined],
	])('of %s have the name of a binary field when %s is Binary File', (operation, type, json) => {
		const names = getDisplayedNames({ operation, [type]: 'file' });
		expect(names).toContain('binaryPropertyName');
		expect(names).not.toContain(json);
	});

	test('of get include Simplify, whatever the fields', () => {
		const simplify = node.properties.find(({ name }) => name === 'simple');
		expect(getDisplayedNames({ operation: 'get', fields: [] })).toContain('simple');
		expect(getDisplayedNames({ operation: 'getMany' })).not.toContain('simple');
		// As in n8n's own nodes.
		expect(simplify).toMatchObject({
			displayName: 'Simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		});
	});

	test('do not include Limit when Return All is on', () => {
		expect(getDisplayedNames({ operation: 'getMany', returnAll: true })).not.toContain('limit');
	});

	const getOptions = (operation: string) => {
		const options = getDisplayedParameters({ operation }).find(({ name }) => name === 'options');
		return Object.fromEntries(
			(options?.options as INodeProperties[]).map((option) => [option.name, option.default]),
		);
	};

	test.each([
		[
			'get',
			{
				splitValidationErrors: false,
				concurrency: 10,
				maxRetries: 4,
				rateLimitTimeout: 120,
				timeout: 30,
			},
		],
		[
			'getMany',
			{
				includeWabaId: false,
				concurrency: 10,
				maxRetries: 4,
				rateLimitTimeout: 120,
				timeout: 30,
			},
		],
		[
			'publish',
			{
				validateBeforePublishing: true,
				concurrency: 1,
				maxRetries: 4,
				rateLimitTimeout: 120,
				timeout: 30,
			},
		],
		[
			'updateMetadata',
			{
				returnStatus: true,
				concurrency: 1,
				maxRetries: 4,
				rateLimitTimeout: 120,
				timeout: 30,
			},
		],
	])('of %s include the options %j', (operation, options) => {
		expect(getOptions(operation)).toEqual(options);
	});

	test.each(toRows(FLOW_OPERATIONS))(
		'of %s let users select a flow from a list, by ID, by name, or by URL',
		(_, { name: operation }) => {
			const flow = getDisplayedParameters({ operation }).find(({ name }) => name === 'flowId');
			expect(flow?.modes?.map(({ name, type }) => [name, type])).toEqual([
				['list', 'list'],
				['id', 'string'],
				['name', 'string'],
				['url', 'string'],
			]);
			const method = flow?.modes?.[0]?.typeOptions?.searchListMethod ?? '';
			expect(harness.tested.methods?.listSearch?.[method]).toBeTypeOf('function');
		},
	);

	test('have no regular expression for a flow, which n8n aborts after 250 ms on a busy machine', () => {
		const flow = getDisplayedParameters({ operation: 'get' }).find(({ name }) => name === 'flowId');
		expect(flow?.modes?.filter((mode) => 'validation' in mode)).toEqual([]);
	});

	const getFieldOptions = (operation: string) => {
		const fields = getDisplayedParameters({ operation }).find(({ name }) => name === 'fields');
		return (fields?.options as INodePropertyOptions[]).map(({ value }) => value).sort();
	};

	test('of Get offer the fields of Get Flow Details', () => {
		expect(getFieldOptions('get')).toEqual([
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
	});

	test('of Get Many offer the fields of Get Flows', () => {
		expect(getFieldOptions('getMany')).toEqual([
			'categories',
			'id',
			'name',
			'status',
			'updated_at',
			'validation_errors',
		]);
	});
});

describe('The output schema', () => {
	const readSchema = (name: string) => {
		const path = `dist/nodes/KaleyraFlows/__schema__/v1.0.0/flow/${name}.json`;
		return JSON.parse(readFileSync(join(PACKAGE, path), 'utf8')) as {
			type: string;
			properties: Record<string, unknown>;
		};
	};

	test.each(toRows(OPERATIONS))('of %s is in the package', (_, { name }) => {
		expect(readSchema(name).type).toBe('object');
	});

	test.each(toRows(OPERATIONS))('of %s has every field of its output', async (_, operation) => {
		const { main } = await runOperation(operation, [PUBLISHED]);
		expect(Object.keys(readSchema(operation.name).properties)).toEqual(
			expect.arrayContaining(Object.keys(main[0]?.json ?? { none: true })),
		);
	});

	type Schema = { type: string; properties?: Record<string, Schema>; items?: Schema };

	/** The paths of all values, such as `health_status.entities[].id`. */
	function findPaths(value: unknown, path: string): string[] {
		if (Array.isArray(value)) return value.flatMap((each) => findPaths(each, `${path}[]`));
		if (typeof value !== 'object' || value === null) return [path];
		return Object.entries(value).flatMap(([key, each]) => findPaths(each, `${path}.${key}`));
	}
	function findSchemaPaths({ properties, items }: Schema, path: string): string[] {
		if (items) return findSchemaPaths(items, `${path}[]`);
		if (!properties) return [path];
		return Object.entries(properties).flatMap(([key, each]) =>
			findSchemaPaths(each, `${path}.${key}`),
		);
	}

	test.each<[string, string, object]>([
		['getMany', 'the list', JSON.parse(samples.FLOWS).data],
		['getMany', 'its field without a sample', { updated_at: '2026-10-01T08:00:00+0000' }],
		['get', 'a flow without fields', JSON.parse(samples.DETAILS)],
		['get', 'a flow with fields', JSON.parse(samples.DETAILS_WITH_FIELDS)],
		['get', 'validation errors', { validation_errors: JSON.parse(samples.VALIDATION_ERRORS) }],
		['get', 'fields without a nested value', { data_api_version: '3.0', endpoint_uri: 'https:' }],
	])('of %s has every value of the documented sample of %s', (name, _, sample) => {
		const rows = [sample].flat();
		const empty = /\[\]$/;
		const paths = rows.flatMap((row) => findPaths(row, '')).filter((path) => !empty.test(path));
		expect(paths.length).toBeGreaterThan(0);
		const schema: Schema = readSchema(name) as Schema;
		expect(findSchemaPaths(schema, '')).toEqual(expect.arrayContaining(paths));
	});

	test('of get has every column of a simplified health status', async () => {
		const fields = ['health_status'];
		const { main } = await get(DRAFT, { fields });
		expect(Object.keys(readSchema('get').properties)).toEqual(
			expect.arrayContaining(Object.keys(main[0]!.json)),
		);
	});
});

describe('The credential description', () => {
	const properties = () => harness.loader.types.credentials[0]!.properties;

	test('offers every pod and a custom domain', () => {
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

	test('masks the API key', () => {
		const key = properties().find(({ name }) => name === 'apiKey');
		expect(key?.typeOptions?.password).toBe(true);
	});

	test('displays API Domain only with a custom domain', () => {
		const domain = properties().find(({ name }) => name === 'apiDomain')!;
		const isDisplayed = (pod: string) => NodeHelpers.displayParameter({ pod }, domain, null, null);
		expect([isDisplayed('custom'), isDisplayed('in')]).toEqual([true, false]);
	});
});
