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
const URL = `https://business.facebook.com/wa/manage/flows/${DRAFT}/`;
const written = ({ name }: IDataObject) =>
	name === undefined ? {} : { name: String(name).trim() };
const DEPRECATED = '900000000000006';
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
		[
			'categories as JSON text',
			{ categories: '={{ \'["SIGN_IN","OTHER"]\' }}' },
			{ categories: ['SIGN_IN', 'OTHER'] },
		],
		[
			'category labels',
			{ categories: '={{ ["Sign In", "other"] }}' },
			{ categories: ['SIGN_IN', 'OTHER'] },
		],
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
		expect(toJson(main)).toEqual([{ id: DRAFT, success: true, ...written(fields), url: URL }]);
		expect(getBodies()).toEqual([body]);
		expect(findFlow(DRAFT)).toMatchObject(body);
	});

	test('returns that a published flow returned to draft', async () => {
		const { main, hints } = await update(
			PUBLISHED,
			{ name: 'Edited' },
			{ options: { returnStatus: true } },
		);
		expect(hints).toEqual([]);
		expect(toJson(main)).toEqual([
			{
				id: PUBLISHED,
				name: 'Edited',
				success: true,
				status: 'DRAFT',
				previous_status: 'PUBLISHED',
				returned_to_draft: true,
				url: `https://business.facebook.com/wa/manage/flows/${PUBLISHED}/`,
			},
		]);
		expect(getRequests()).toEqual([`GET /${PUBLISHED}`, `POST /${PUBLISHED}`, `GET /${PUBLISHED}`]);
	});

	test('returns the name and status of a draft with one extra request', async () => {
		const { main } = await update(
			DRAFT,
			{ categories: ['OTHER'] },
			{ options: { returnStatus: true } },
		);
		expect(toJson(main)).toEqual([
			{
				id: DRAFT,
				name: 'Book an appointment',
				success: true,
				status: 'DRAFT',
				previous_status: 'DRAFT',
				url: URL,
			},
		]);
		expect(getRequests()).toEqual([`GET /${DRAFT}`, `POST /${DRAFT}`]);
	});

	test('succeeds with a hint when the new status cannot be read', async () => {
		const always: (typeof mockApi)['settings']['always'] = () =>
			getRequests().length > 2 ? { status: 404, body: '' } : undefined;
		mockApi.settings.always = always;
		const { main, hints } = await update(
			PUBLISHED,
			{ name: 'Edited' },
			{ options: { returnStatus: true } },
		);
		expect(toJson(main)[0]).toMatchObject({ success: true, previous_status: 'PUBLISHED' });
		expect(toJson(main)[0]).not.toHaveProperty('status');
		expect(hints).toEqual([`Flow ${PUBLISHED} was updated, but its new status couldn't be read.`]);
	});

	test.each<[string, string, IDataObject, RegExp]>([
		[
			'the name is taken',
			DRAFT,
			{ name: 'Customer survey' },
			/^Most likely, another flow of this WABA is named "Customer survey".*Use another name/,
		],
		[
			'the flow is deprecated',
			DEPRECATED,
			{ name: 'New' },
			/^The flow is deprecated.*Clone it and change the clone/,
		],
		[
			'a category is unknown',
			DRAFT,
			{ categories: ['NEW', 'OTHER'] },
			/^Kaleyra doesn't document the category NEW\. The documented categories are .*SURVEY/,
		],
	])('fails with Kaleyra’s error and the reason when %s', async (_, id, fields, reason) => {
		const { error } = await update(id, fields);
		expect(error?.message).toBe('Refer to correct payload format');
		expect(error?.description).toMatch(reason);
		expect(error?.description).toContain('(code WA-400, HTTP 400)');
		expect(getRequests()).toEqual([`POST /${id}`, `GET /${id}`]);
	});

	test.each<[string, string, IDataObject, RegExp]>([
		[
			'the flow’s status when it is throttled',
			'900000000000004',
			{},
			/^The flow's status is THROTTLED/,
		],
		['general advice when a draft shows no reason', DRAFT, {}, /^Check the added fields/],
		[
			'general advice when a published flow shows no reason',
			PUBLISHED,
			{},
			/^Check the added fields/,
		],
		[
			'general advice when the name is the flow’s own',
			DRAFT,
			{ name: 'Book an appointment' },
			/^Check the added fields/,
		],
	])('fails with %s', async (_, id, fields, description) => {
		mockApi.settings.always = ({ method }) =>
			method === 'POST' ? { status: 400, body: { code: 'WA-400', message: 'x' } } : undefined;
		const { error } = await update(id, { categories: ['OTHER'], ...fields });
		expect(error?.description).toMatch(description);
	});

	test.each<[string, IDataObject]>([
		['an empty string', { name: 'New', endpointUri: '' }],
		['spaces', { name: 'New', endpointUri: '  ' }],
		['an empty list', { name: 'New', categories: [] }],
		['an empty JSON array', { name: 'New', categories: '={{ "[]" }}' }],
		['undefined', { name: 'New', categories: '={{ $json.nothing }}' }],
		['null', { name: 'New', endpointUri: '={{ null }}' }],
	])('leaves a field unchanged that is %s', async (_, fields) => {
		const { error } = await update(DRAFT, fields);
		expect(error).toBeUndefined();
		expect(getBodies()).toEqual([{ name: 'New' }]);
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
		expect(toJson(main)).toEqual([{ id: DRAFT, name: 'New', success: true, url: URL }]);
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
