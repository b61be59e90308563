import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeHelpers } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { beforeAll, expect, test } from 'vitest';
import { EIGHT_BY_EIGHT, KALEYRA } from '../n8nHarness.mts';
import { OPERATIONS, runOperation, STATUS_CHANGES } from './operations.mts';
import { CHANNEL, DRAFT, harness, INVALID_DRAFT, mockApi, setUp } from './setup.mts';

setUp();

let node: INodeTypeDescription;

beforeAll(() => {
	node = harness.loader.types.nodes.find(({ name }) => name === 'eightByEightFlows')!;
});

/** The parameters that the editor shows for an operation. */
function getShownParameters(operation: string): INodeProperties[] {
	const selected = { resource: 'flow', operation };
	const type = { typeVersion: 1 };
	const { properties } = node;
	const values = NodeHelpers.getNodeParameters(properties, selected, true, false, type, node)!;
	return properties.filter(
		(property) =>
			property.name !== 'resource' &&
			property.name !== 'operation' &&
			NodeHelpers.displayParameter(values, property, type, node),
	);
}

const findParameter = (operation: string, parameter: string) =>
	getShownParameters(operation).find(({ name }) => name === parameter)!;

const getOptions = ({ options }: INodeProperties) => options as INodePropertyOptions[];

test('the node is found by the names of the channel and the provider', () => {
	expect(node.displayName).toBe('8x8 Flows');
	expect(node.codex?.alias).toEqual(expect.arrayContaining(['WhatsApp', 'WhatsApp Flows', '8x8']));
	expect(node.codex?.categories).toContain('Communication');
});

test('the package contains a light and a dark icon of its own', () => {
	const { light, dark } = node.iconUrl as { light: string; dark: string };
	for (const url of [light, dark]) {
		const file = url.replace('icons/n8n-nodes-8x8-flows/', '');
		expect(existsSync(join(EIGHT_BY_EIGHT.folder, file))).toBe(true);
	}
	const readIcon = (folder: string, name: string) =>
		readFileSync(join(folder, 'icons', name), 'utf8');
	expect(readIcon(EIGHT_BY_EIGHT.folder, 'eightByEightFlows.svg')).not.toBe(
		readIcon(KALEYRA.folder, 'kaleyraFlows.svg'),
	);
	expect(light).not.toBe(dark);
});

test('AI agents can use the node as a tool', () => {
	expect(node.usableAsTool).toBe(true);
});

test('the node requires its credential and tests it', () => {
	expect(node.credentials).toEqual([
		{
			name: 'eightByEightChatAppsApi',
			required: true,
			testedBy: 'eightByEightChatAppsApiTest',
		},
	]);
	expect(harness.loader.types.credentials.map(({ name }) => name).sort()).toEqual([
		'eightByEightCallbackApi',
		'eightByEightChatAppsApi',
	]);
});

test('the resource Flow offers nine operations, each with an action', () => {
	const dropdown = node.properties.find(({ name }) => name === 'operation')!;
	expect(getOptions(dropdown).map(({ value, action }) => [value, action])).toEqual(
		OPERATIONS.map(({ operation, action }) => [operation, action]),
	);
});

test.each(OPERATIONS)('$operation shows the parameters $shown', ({ operation, shown }) => {
	expect(getShownParameters(operation).map(({ name }) => name)).toEqual(shown);
});

test.each(OPERATIONS)('$operation has the expected options and defaults', (fixture) => {
	const collection = findParameter(fixture.operation, 'options').options as INodeProperties[];
	const defaults = collection.map((option) => [option.name, option.default]);
	expect(Object.fromEntries(defaults)).toEqual(fixture.options);
});

test('Field Names offers camelCase and snake_case', () => {
	const collection = findParameter('get', 'options').options as INodeProperties[];
	const option = collection.find(({ name }) => name === 'fieldNames')!;
	expect(getOptions(option).map(({ name, value }) => [name, value])).toEqual([
		['camelCase (8x8)', 'camelCase'],
		['snake_case (Same as Kaleyra Flows)', 'snakeCase'],
	]);
});

test('Categories offers the eight categories of 8x8, without SHOPPING', () => {
	expect(getOptions(findParameter('create', 'categories')).map(({ value }) => value)).toEqual([
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

test.each(STATUS_CHANGES)(
	'the notice of $operation is one sentence without a period',
	(fixture) => {
		const { displayName } = findParameter(fixture.operation, `${fixture.operation}Notice`);
		expect(displayName).toMatch(/^[A-Z].*[^.]$/);
		expect(displayName).not.toContain('. ');
	},
);

function readSchemaFields(operation: string): string[] {
	const path = `dist/nodes/EightByEightFlows/__schema__/v1.0.0/flow/${operation}.json`;
	return Object.keys(
		JSON.parse(readFileSync(join(EIGHT_BY_EIGHT.folder, path), 'utf8')).properties,
	);
}

test.each(OPERATIONS)('the schema of $operation has every field of its output', async (fixture) => {
	const isGet = fixture.operation === 'get';
	const { main } = await runOperation(isGet ? { ...fixture, flowId: INVALID_DRAFT } : fixture);
	expect(main).toHaveLength(1);
	expect(readSchemaFields(fixture.operation)).toEqual(
		expect.arrayContaining(Object.keys(main[0]!.json)),
	);
});

test.each(STATUS_CHANGES)(
	'the schema of $operation has the fields that confirm the change',
	({ operation, already }) => {
		expect(readSchemaFields(operation)).toEqual(
			expect.arrayContaining(['confirmed_by_status', ...Object.keys(already)]),
		);
	},
);

const searchFlows = async (filter?: string, channelId = CHANNEL) =>
	await harness.searchFlows(filter, undefined, { channelId });

test('From List shows the name and status of every flow in the channel', async () => {
	const { results } = await searchFlows();
	expect(results.slice(0, 2)).toEqual([
		{
			name: 'Book a test drive',
			value: DRAFT,
			description: 'DRAFT',
			url: `https://business.facebook.com/wa/manage/flows/${DRAFT}/`,
		},
		expect.objectContaining({ name: 'Delivery survey', description: 'PUBLISHED' }),
	]);
	expect(mockApi.requests[0]?.target).toMatch(/\/flows\?limit=1000$/);
});

test('From List shows the ID of a flow without a name, and "unknown status"', async () => {
	mockApi.settings.always = () => ({ body: { flows: [{ id: '7', name: null }] } });
	expect((await searchFlows()).results).toMatchObject([
		{ name: '7', value: '7', description: 'Unknown status' },
	]);
});

test.each([
	['name', 'survey', ['Delivery survey']],
	['status', 'DRAFT', ['Book a test drive', 'Example flow']],
	['ID', '822625', ['Example flow']],
	['text that no flow has', 'nothing like it', []],
])('From List filters by %s', async (_, filter, names) => {
	expect((await searchFlows(filter)).results.map(({ name }) => name)).toEqual(names);
});

test('From List reports an empty channel ID', async () => {
	await expect(searchFlows('', '')).rejects.toThrow(/Channel ID'? is empty/);
});

test('From List shows the message of 8x8 for an unknown channel', async () => {
	await expect(searchFlows('', 'unknown')).rejects.toThrow('Not found');
});

const getCredentialProperty = (property: string) =>
	harness.loader.types.credentials
		.find(({ name }) => name === 'eightByEightChatAppsApi')!
		.properties.find(({ name }) => name === property)!;

test('the credential offers every region with its host, and a custom domain', () => {
	const regions = getOptions(getCredentialProperty('region')).slice(0, -1);
	expect(regions.map(({ name, value }) => [value, name])).toEqual([
		['apac', 'Asia Pacific (chatapps.8x8.com)'],
		['us', 'North America (chatapps.us.8x8.com)'],
		['eu', 'Europe (chatapps.8x8.uk)'],
		['id', 'Indonesia (chatapps.8x8.id)'],
	]);
	expect(getOptions(getCredentialProperty('region')).at(-1)?.value).toBe('custom');
});

test('the credential masks the API key', () => {
	expect(getCredentialProperty('apiKey').typeOptions?.password).toBe(true);
});

const listDist = () =>
	readdirSync(join(EIGHT_BY_EIGHT.folder, 'dist'), { recursive: true, encoding: 'utf8' });

test('the built package contains only the shared files that it imports', () => {
	expect(listDist()).toContain('nodes/shared/node/processItems.js');
	expect(listDist()).not.toContain('nodes/shared/http/pagination.js');
	expect(listDist().filter((path) => /kaleyra/i.test(path))).toEqual([]);
});

test('the built package has the same compiled shared layer as the Kaleyra package', () => {
	const sharedFiles = listDist().filter((path) => /^nodes\/shared\/.*\.js$/.test(path));
	expect(sharedFiles.length).toBeGreaterThan(15);
	for (const file of sharedFiles) {
		const [ours, theirs] = [EIGHT_BY_EIGHT, KALEYRA].map(({ folder }) =>
			readFileSync(join(folder, 'dist', file), 'utf8'),
		);
		expect(ours, file).toBe(theirs);
	}
});
