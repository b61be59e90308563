import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { IDataObject } from 'n8n-workflow';
import { Sandbox } from '../sandbox/sandbox.mts';
import { Engine } from './n8n.mts';
import type { RunOptions } from './n8n.mts';

export let engine: Engine;
export let sandbox: Sandbox;

/** An engine and a sandbox for the tests of one file, fresh for each test. */
export function setUp(): void {
	beforeAll(async () => {
		[engine, sandbox] = await Promise.all([Engine.load(), Sandbox.start()]);
	});
	beforeEach(() => {
		sandbox.reset();
		engine.credential = sandbox.credential;
	});
	afterEach(() => {
		expect(sandbox.violations, 'the sandbox broke its own contract').toEqual([]);
	});
	afterAll(async () => await sandbox.stop());
}

export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

export const getMany = async (parameters: IDataObject = {}, options?: RunOptions) =>
	await engine.run({ resource: 'flow', operation: 'getMany', ...parameters }, options);

export const get = async (flowId: unknown, parameters: IDataObject = {}, options?: RunOptions) =>
	await engine.run(
		{ resource: 'flow', operation: 'get', flowId: byId(flowId), ...parameters },
		options,
	);

export const publish = async (flowId: unknown, options: IDataObject = {}, run?: RunOptions) =>
	await engine.run({ resource: 'flow', operation: 'publish', flowId: byId(flowId), options }, run);

export const update = async (flowId: unknown, updateFields: IDataObject, run?: RunOptions) =>
	await engine.run(
		{ resource: 'flow', operation: 'updateMetadata', flowId: byId(flowId), updateFields },
		run,
	);
