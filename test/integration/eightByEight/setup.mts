import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { EightByEightMock } from '../../mock-api/eightByEight/EightByEightMock.mts';
import { EIGHT_BY_EIGHT, N8nTestHarness } from '../n8nHarness.mts';
import type { Result, RunOptions } from '../n8nHarness.mts';

export let harness: N8nTestHarness;
export let mockApi: EightByEightMock;

/** Starts the harness and the mock API for the tests of one file, and resets both before each test. */
export function setUp(): void {
	beforeAll(async () => {
		[harness, mockApi] = await Promise.all([
			N8nTestHarness.load(EIGHT_BY_EIGHT),
			EightByEightMock.start(),
		]);
	});
	beforeEach(() => {
		mockApi.reset();
		harness.credential = mockApi.credential;
	});
	afterEach(() => {
		expect(mockApi.violations, 'responses that violate the mock API’s OpenAPI document').toEqual(
			[],
		);
	});
	afterAll(async () => await mockApi.stop());
}

/** IDs of the mock API's first account. */
export const ACCOUNT = '1a2b3c4d-0000-4000-8000-00000000008f';
export const CHANNEL = '3f1c2b4a-0000-4000-8000-0000000000c1';
export const EMPTY_CHANNEL = '3f1c2b4a-0000-4000-8000-0000000000c2';
export const DRAFT = '800000000000001';
export const PUBLISHED = '800000000000002';
export const INVALID_DRAFT = '822625023859371';
export const DEPRECATED = '800000000000004';
export const NONEXISTENT = '800000000000999';

export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

/** Executes an operation on the channel. */
export const run = async (
	operation: string,
	parameters: IDataObject = {},
	options?: RunOptions,
): Promise<Result> =>
	await harness.run({ resource: 'flow', operation, channelId: CHANNEL, ...parameters }, options);

/** Executes an operation on a flow of the channel. */
export const runOnFlow = async (
	operation: string,
	flowId: unknown,
	parameters: IDataObject = {},
	options?: RunOptions,
) => await run(operation, { flowId: byId(flowId), ...parameters }, options);

/** The flow as the mock API has it now. */
export const findFlow = (id: string) => mockApi.flows.find((flow) => flow.id === id);

/** Method and path below the channel of every request, such as `GET /flows/1`. */
export const getRequests = () =>
	mockApi.requests.map(
		({ method, target }) =>
			`${method} ${target.replace(`/api/v1/accounts/${ACCOUNT}/channels/${CHANNEL}`, '')}`,
	);

export const getWrites = () => getRequests().filter((request) => !request.startsWith('GET'));

export const toJson = (items: INodeExecutionData[]) => items.map(({ json }) => json);
