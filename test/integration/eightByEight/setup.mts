import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { EightByEightMock } from '../../mock-api/eightByEight/EightByEightMock.mts';
import { EIGHT_BY_EIGHT, N8nTestHarness } from '../n8nHarness.mts';
import type { Result, RunOptions } from '../n8nHarness.mts';

export let harness: N8nTestHarness;
export let mockApi: EightByEightMock;

/** An engine and a mock API for the tests of one file, fresh for each test. */
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
		expect(mockApi.violations, 'the mock API broke its own contract').toEqual([]);
	});
	afterAll(async () => await mockApi.stop());
}

/** Of the mock API's first account. */
export const ACCOUNT = '1a2b3c4d-0000-4000-8000-00000000008f';
export const CHANNEL = '3f1c2b4a-0000-4000-8000-0000000000c1';
export const EMPTY_CHANNEL = '3f1c2b4a-0000-4000-8000-0000000000c2';
export const DRAFT = '800000000000001';
export const PUBLISHED = '800000000000002';
export const FAULTY = '822625023859371';
export const DEPRECATED = '800000000000004';
export const NO_SUCH = '800000000000999';

export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

/** Runs one operation. Of the flow with that ID, where one is given. */
export const run = async (
	operation: string,
	parameters: IDataObject = {},
	options?: RunOptions,
): Promise<Result> =>
	await harness.run({ resource: 'flow', operation, channelId: CHANNEL, ...parameters }, options);

export const runOn = async (
	operation: string,
	flowId: unknown,
	parameters: IDataObject = {},
	options?: RunOptions,
) => await run(operation, { flowId: byId(flowId), ...parameters }, options);

/** Of the flow in the mock API. */
export const flowOf = (id: string) => mockApi.flows.find((flow) => flow.id === id);

/** What was sent, as `GET /flows/1`: without what all requests share. */
export const sent = () =>
	mockApi.requests.map(
		({ method, target }) =>
			`${method} ${target.replace(`/api/v1/accounts/${ACCOUNT}/channels/${CHANNEL}`, '')}`,
	);

export const writes = () => sent().filter((line) => !line.startsWith('GET'));

export const jsonOf = (items: INodeExecutionData[]) => items.map(({ json }) => json);
