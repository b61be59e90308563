import { describe, expect, test } from 'vitest';
import type { IDataObject } from 'n8n-workflow';
import {
	DRAFT,
	getRequests,
	PUBLISHED,
	mockApi,
	setUp,
	toJson,
	UNKNOWN_FLOW,
	update,
} from './setup.mts';

setUp();

const getBodies = () => mockApi.requests.map(({ body }) => JSON.parse(body) as unknown);
const findFlow = (id: string) => mockApi.flows.find((flow) => flow.id === id);

describe('Update Metadata', () => {
	test.each<[string, IDataObject, object]>([
		['a name', { name: ' New name ' }, { name: 'New name' }],
		['categories', { categories: ['SIGN_IN', 'OTHER'] }, { categories: ['SIGN_IN', 'OTHER'] }],
		[
			'comma-separated categories',
			{ categories: '={{ "SIGN_IN, OTHER" }}' },
			{ categories: ['SIGN_IN', 'OTHER'] },
		],
		['an undocumented category', { categories: ['NEW'] }, { categories: ['NEW'] }],
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
	])('sends only the fields that are set (%s)', async (_, fields, body) => {
		const { main } = await update(DRAFT, fields);
		expect(toJson(main)).toEqual([{ id: DRAFT, success: true }]);
		expect(getBodies()).toEqual([body]);
		expect(findFlow(DRAFT)).toMatchObject(body);
	});

	test('turns a published flow into a draft, as Kaleyra documents', async () => {
		await update(PUBLISHED, { name: 'Edited' });
		expect(findFlow(PUBLISHED)).toMatchObject({ name: 'Edited', status: 'DRAFT' });
	});

	test('fails with Kaleyra’s error and a description when the name is taken', async () => {
		const { error } = await update(DRAFT, { name: 'Customer survey' });
		expect(error?.message).toBe('Refer to correct payload format');
		expect(error?.description).toContain('a name must be unique within a WABA');
		expect(getRequests()).toHaveLength(1);
	});

	test('does not retry when the flow is unknown, although the status is 500', async () => {
		const { error } = await update(UNKNOWN_FLOW, { name: 'New' });
		expect(error?.description).toContain('Check the flow ID');
		expect(getRequests()).toEqual([`POST /${UNKNOWN_FLOW}`]);
	});

	test.each<[string, object]>([
		['an internal error', { status: 500, body: { code: 'WA-500', message: 'x' } }],
		['a dropped connection', { fault: 'reset' }],
		['a connection dropped after the update was applied', { fault: 'reset', applyFirst: true }],
	])('is retried after %s, because it is idempotent', async (_, scripted) => {
		mockApi.settings.script = [() => scripted];
		const { main } = await update(DRAFT, { name: 'New' }, { options: { maxRetries: 1 } });
		expect(toJson(main)).toEqual([{ id: DRAFT, success: true }]);
		expect(getBodies()).toEqual([{ name: 'New' }, { name: 'New' }]);
	});

	test('reports that the update may have been applied when the outcome is unknown', async () => {
		mockApi.settings.always = () => ({ status: 500, body: '' });
		const { error } = await update(DRAFT, { name: 'New' }, { options: { maxRetries: 0 } });
		expect(error?.description).toMatch(/^The update may have been applied/);
	});

	test('does not report a possible update when the API rejects it', async () => {
		const { error } = await update(UNKNOWN_FLOW, { name: 'New' });
		expect(error?.description).not.toContain('may have been made');
	});
});
