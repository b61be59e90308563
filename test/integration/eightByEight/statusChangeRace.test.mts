import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { invalidParameter, notAuthenticated } from '../../mock-api/eightByEight/errors.mts';
import type { Scripted } from '../../mock-api/faults.mts';
import { runOperation, STATUS_CHANGES } from './operations.mts';
import type { StatusChangeFixture } from './operations.mts';
import { findFlow, getRequests, getWrites, mockApi, setUp, toJson } from './setup.mts';

// Two executions change the status of the same flow at the same time.

setUp();

const NO_RETRIES = { validateBeforePublishing: false, maxRetries: 0 };

/** Holds every write until `count` of them have arrived, so that none is sent after another was applied. */
function holdWritesUntil(count: number): void {
	const { promise, resolve } = Promise.withResolvers<undefined>();
	mockApi.settings.always = async ({ method }) => {
		if (method === 'GET') return undefined;
		if (getWrites().length >= count) resolve(undefined);
		return await promise;
	};
}

/** Makes the change in the mock API, as another execution would. */
function applyElsewhere({ flowId, to }: StatusChangeFixture): void {
	const flow = findFlow(flowId)!;
	if (to === undefined) mockApi.flows.splice(mockApi.flows.indexOf(flow), 1);
	else Object.assign(flow, { status: to });
}

describe.each(STATUS_CHANGES)('Race of $operation', (fixture) => {
	const { operation, flowId, request, output, already } = fixture;
	const read = `GET /flows/${flowId}`;
	/** Delete reads the flow first. */
	const readsBefore = operation === 'delete' ? [read] : [];
	const execute = async (options: IDataObject = NO_RETRIES) =>
		await runOperation(fixture, { options });
	/** Scripts the responses from the write on; undefined stands for the mock API's own response. */
	const script = (...responses: (() => Scripted | undefined)[]) => {
		mockApi.settings.script = [...readsBefore.map(() => () => undefined), ...responses];
	};

	test(`${operation} succeeds if it is rejected because another execution made the change`, async () => {
		script(() => void applyElsewhere(fixture));
		const { main, error } = await execute();
		expect(error).toBeUndefined();
		expect(toJson(main)).toEqual([{ ...output, ...already }]);
		expect(getRequests()).toEqual([...readsBefore, request, read]);
	});

	test(`${operation} succeeds in both of two simultaneous executions`, async () => {
		holdWritesUntil(2);
		const results = await Promise.all([execute({}), execute({})]);
		const items = results.map(({ main }) => toJson(main)[0]);
		expect(items).toContainEqual(expect.objectContaining(output));
		expect(items).toContainEqual(expect.objectContaining({ ...output, ...already }));
		expect(getWrites()).toEqual([request, request]);
	});

	test(`${operation} fails with the rejection if the flow has its old status`, async () => {
		script(() => invalidParameter);
		const { error } = await execute();
		expect(error?.message).toBe('Invalid parameter');
		expect(error?.description).not.toContain('unknown');
		expect(getRequests()).toEqual([...readsBefore, request, read]);
	});

	test(`${operation} fails with the rejection if reading the flow fails`, async () => {
		script(
			() => invalidParameter,
			() => ({ status: 502, body: '' }),
		);
		const { error } = await execute();
		expect(error?.message).toBe('Invalid parameter');
		expect(getRequests()).toEqual([...readsBefore, request, read]);
	});

	test.each<[string, Scripted]>([
		['a credential error', notAuthenticated],
		['a rate limit', { status: 429, headers: { 'retry-after': '600' } }],
	])(`${operation} does not read the flow after %s`, async (_, response) => {
		script(() => response);
		const { error } = await execute();
		expect(error).toBeDefined();
		expect(getRequests()).toEqual([...readsBefore, request]);
	});
});
