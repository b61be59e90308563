import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import { N8nTestHarness } from './n8nHarness.mts';
import type { RunOptions } from './n8nHarness.mts';

export let harness: N8nTestHarness;
export let mockApi: KaleyraMock;

/** Starts a harness and a mock API for the tests of one file, and resets both before each test. */
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

/** A resource locator in the mode By ID. */
export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

/** Reads the flow ID of an input item; see `toItems`. */
export const ITEM_ID = '={{ $json.id }}';

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
		{
			resource: 'flow',
			operation: 'updateMetadata',
			flowId: byId(flowId),
			updateFields,
			options: { returnStatus: false, ...options },
		},
		run,
	);

/** IDs in the mock API's first account. */
export const WABA = '102290129340398';
export const EMPTY_WABA = '102290129340399';
export const DRAFT = '900000000000001';
export const PUBLISHED = '900000000000002';
/** A draft with a validation error. */
export const INVALID_DRAFT = '900000000000003';
/** No account has this flow. */
export const UNKNOWN_FLOW = '900000000000999';

/** The requests so far, each as `GET /<waba_id>/flows`, without the prefix that all paths share. */
export const getRequests = () =>
	mockApi.requests.map(
		({ method, target }) => `${method} ${target.replace('/v2/HXAP0000000000IN/whatsapp', '')}`,
	);

export const getPostRequests = () => getRequests().filter((line) => line.startsWith('POST'));

export const toJson = (items: INodeExecutionData[]) => items.map(({ json }) => json);

/** Input items with one flow ID each; see `ITEM_ID`. */
export const toItems = (...ids: unknown[]) => ids.map((id) => ({ id: id as string }));

/** Resolves when the mock API has received `count` requests. */
export async function waitForRequests(count: number): Promise<void> {
	await vi.waitFor(
		() => {
			if (mockApi.requests.length < count) throw new Error(`Fewer than ${count} requests arrived`);
		},
		{ timeout: 15_000, interval: 5 },
	);
}

/**
 * Holds all responses of the mock API until `release` is called.
 *
 * @returns `release`, which also lets later requests through
 */
export function holdResponses(): () => void {
	const { promise, resolve } = Promise.withResolvers<undefined>();
	mockApi.settings.always = async () => await promise;
	return () => resolve(undefined);
}

/** Finds an origin at which nothing listens. */
export async function findClosedOrigin(): Promise<string> {
	const stopped = await KaleyraMock.start();
	const { origin } = stopped;
	await stopped.stop();
	return origin;
}
