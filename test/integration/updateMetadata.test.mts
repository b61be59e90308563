import { describe, expect, test } from 'vitest';
import type { IDataObject } from 'n8n-workflow';
import {
	DRAFT,
	jsonOf,
	NO_SUCH,
	PUBLISHED,
	harness,
	byId,
	mockApi,
	sent,
	setUp,
	update,
} from './setup.mts';

setUp();

const bodies = () => mockApi.requests.map(({ body }) => JSON.parse(body) as unknown);
const flowOf = (id: string) => mockApi.flows.find((flow) => flow.id === id);
const withRetries = async (maxRetries: number, updateFields: IDataObject) =>
	await harness.run({
		resource: 'flow',
		operation: 'updateMetadata',
		flowId: byId(DRAFT),
		updateFields,
		options: { maxRetries },
	});

describe('Update Metadata', () => {
	test.each<[string, IDataObject, object]>([
		['a name', { name: ' New name ' }, { name: 'New name' }],
		['categories', { categories: ['SIGN_IN', 'OTHER'] }, { categories: ['SIGN_IN', 'OTHER'] }],
		[
			'categories from text',
			{ categories: '={{ "SIGN_IN, OTHER" }}' },
			{ categories: ['SIGN_IN', 'OTHER'] },
		],
		['a category that no page names', { categories: ['NEW'] }, { categories: ['NEW'] }],
		[
			'an endpoint URI',
			{ endpointUri: ' https://x.example/flow?a=1 ' },
			{ endpoint_uri: 'https://x.example/flow?a=1' },
		],
		[
			'name and endpoint URI',
			{ name: 'New', endpointUri: 'https://x.example' },
			{ name: 'New', endpoint_uri: 'https://x.example' },
		],
	])('sends only what is set: %s', async (_, fields, body) => {
		const { main } = await update(DRAFT, fields);
		expect(jsonOf(main)).toEqual([{ id: DRAFT, success: true }]);
		expect(bodies()).toEqual([body]);
		expect(flowOf(DRAFT)).toMatchObject(body);
	});

	test('puts a published flow back to draft, as Kaleyra does', async () => {
		await update(PUBLISHED, { name: 'Edited' });
		expect(flowOf(PUBLISHED)).toMatchObject({ name: 'Edited', status: 'DRAFT' });
	});

	test('with a name that is taken tells Kaleyra’s refusal, and what to look at', async () => {
		const { error } = await update(DRAFT, { name: 'Customer survey' });
		expect(error?.message).toBe('Refer to correct payload format');
		expect(error?.description).toContain('a name can be used once per WABA');
		expect(sent()).toHaveLength(1);
	});

	test('of a flow that is not there is sent once, though that is said with HTTP 500', async () => {
		const { error } = await update(NO_SUCH, { name: 'New' });
		expect(error?.description).toContain('Check the flow ID');
		expect(sent()).toEqual([`POST /${NO_SUCH}`]);
	});

	test.each<[string, object]>([
		['an internal error', { status: 500, body: { code: 'WA-500', message: 'x' } }],
		['a broken connection', { fault: 'reset' }],
		['a broken connection after it worked', { fault: 'reset', applyFirst: true }],
	])('is sent again after %s, because that does no harm', async (_, scripted) => {
		mockApi.settings.script = [() => scripted];
		const { main } = await withRetries(1, { name: 'New' });
		expect(jsonOf(main)).toEqual([{ id: DRAFT, success: true }]);
		expect(bodies()).toEqual([{ name: 'New' }, { name: 'New' }]);
	});

	test('with an outcome that is not known says that the change may have been made', async () => {
		mockApi.settings.always = () => ({ status: 500, body: '' });
		const { error } = await withRetries(0, { name: 'New' });
		expect(error?.description).toMatch(/^The change may have been made all the same/);
	});

	test('that was refused does not say that the change may have been made', async () => {
		const { error } = await update(NO_SUCH, { name: 'New' });
		expect(error?.description).not.toContain('may have been made');
	});
});
