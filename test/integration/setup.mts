import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import { N8nTestHarness } from './n8nHarness.mts';
import type { RunOptions } from './n8nHarness.mts';

export let harness: N8nTestHarness;
export let mockApi: KaleyraMock;

/** An engine and a mock API for the tests of one file, fresh for each test. */
export function setUp(): void {
	beforeAll(async () => {
		[harness, mockApi] = await Promise.all([N8nTestHarness.load(), KaleyraMock.start()]);
	});
	beforeEach(() => {
		mockApi.reset();
		harness.credential = mockApi.credential;
	});
	afterEach(() => {
		expect(mockApi.violations, 'the mock API broke its own contract').toEqual([]);
	});
	afterAll(async () => await mockApi.stop());
}

export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

export const getMany = async (parameters: IDataObject = {}, options?: RunOptions) =>
	await harness.run({ resource: 'flow', operation: 'getMany', ...parameters }, options);

export const get = async (flowId: unknown, parameters: IDataObject = {}, options?: RunOptions) =>
	await harness.run(
		{ resource: 'flow', operation: 'get', flowId: byId(flowId), ...parameters },
		options,
	);

export const publish = async (flowId: unknown, options: IDataObject = {}, run?: RunOptions) =>
	await harness.run({ resource: 'flow', operation: 'publish', flowId: byId(flowId), options }, run);

export const update = async (
	flowId: unknown,
	updateFields: IDataObject,
	{ options = {}, ...run }: RunOptions & { options?: IDataObject } = {},
) =>
	await harness.run(
		{ resource: 'flow', operation: 'updateMetadata', flowId: byId(flowId), updateFields, options },
		run,
	);

/** Of the mock API's first account. */
export const WABA = '102290129340398';
export const EMPTY_WABA = '102290129340399';
export const DRAFT = '900000000000001';
export const PUBLISHED = '900000000000002';
export const FAULTY = '900000000000003';
export const NO_SUCH = '900000000000999';

/** What was sent, as `GET /<waba_id>/flows`: without what all requests share. */
export const sent = () =>
	mockApi.requests.map(
		({ method, target }) => `${method} ${target.replace('/v2/HXAP0000000000IN/whatsapp', '')}`,
	);

export const posts = () => sent().filter((line) => line.startsWith('POST'));

export const jsonOf = (items: INodeExecutionData[]) => items.map(({ json }) => json);

/** A few items with a flow ID each, for `={{ $json.id }}`. */
export const itemsOf = (...ids: unknown[]) => ids.map((id) => ({ id: id as string }));

/** An origin at which nothing listens. */
export async function closedOrigin(): Promise<string> {
	const existence = await KaleyraMock.start();
	const { origin } = existence;
	await existence.stop();
	return origin;
}
