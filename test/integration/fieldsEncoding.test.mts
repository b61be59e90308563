import { beforeEach, describe, expect, test } from 'vitest';
import {
	DRAFT,
	get,
	getMany,
	getRequests,
	INVALID_DRAFT,
	ITEM_ID,
	PUBLISHED,
	mockApi,
	setUp,
	toItems,
	toJson,
	WABA,
} from './setup.mts';

setUp();

const THREE_FLOWS = { items: toItems(DRAFT, PUBLISHED, INVALID_DRAFT) };
/** Sequential, so that the second item reuses the encoding that worked for the first. */
const TWO_FIELDS = { fields: ['name', 'status'], options: { concurrency: 1 } };
const DOUBLE = '?fields=name%252Cstatus';
const SINGLE = '?fields=name%2Cstatus';
const EXPECTED_FLOWS = [
	{ id: DRAFT, name: 'Book an appointment', status: 'DRAFT' },
	{ id: PUBLISHED, name: 'Customer survey', status: 'PUBLISHED' },
	{ id: INVALID_DRAFT, name: 'Sign up for the newsletter', status: 'DRAFT' },
];

describe('Double-encoded fields', () => {
	test.each(['double', 'either'] as const)(
		'are requested once per flow when the API decodes them (%s)',
		async (fields) => {
			mockApi.settings.fields = fields;
			expect(toJson((await get(ITEM_ID, TWO_FIELDS, THREE_FLOWS)).main)).toEqual(EXPECTED_FLOWS);
			expect(getRequests()).toEqual(EXPECTED_FLOWS.map(({ id }) => `GET /${id}${DOUBLE}`));
		},
	);
});

describe.each([
	['rejects', 'reject'],
	['ignores', 'ignore'],
] as const)('Fields when the API %s double encoding', (_, unknownFields) => {
	beforeEach(() => {
		mockApi.settings.fields = 'single';
		mockApi.settings.unknownFields = unknownFields;
	});

	test('are requested again with single encoding by Get, which then keeps it', async () => {
		const { main, errors } = await get(ITEM_ID, TWO_FIELDS, THREE_FLOWS);
		expect([toJson(main), errors]).toEqual([EXPECTED_FLOWS, []]);
		expect(getRequests()).toEqual([
			`GET /${DRAFT}${DOUBLE}`,
			`GET /${DRAFT}${SINGLE}`,
			`GET /${PUBLISHED}${SINGLE}`,
			`GET /${INVALID_DRAFT}${SINGLE}`,
		]);
	});

	test('are requested again with single encoding by Get Many, which then keeps it', async () => {
		mockApi.settings.pageSize = 3;
		const { main } = await getMany({ returnAll: true, fields: ['name'] });
		expect(main).toHaveLength(7);
		expect(toJson(main)[1]).toEqual({ id: PUBLISHED, name: 'Customer survey' });
		expect(getRequests()).toEqual([
			`GET /${WABA}/flows?fields=id%252Cname`,
			`GET /${WABA}/flows?fields=id%2Cname`,
			`GET /${WABA}/flows?fields=id%2Cname&after=Mw%3D%3D`,
			`GET /${WABA}/flows?fields=id%2Cname&after=Ng%3D%3D`,
			`GET /${WABA}/flows?fields=id%2Cname&after=Nw%3D%3D`,
		]);
	});

	test('are requested once when there is only one', async () => {
		await get(DRAFT, { fields: ['name'] });
		expect(getRequests()).toEqual([`GET /${DRAFT}?fields=name`]);
	});

	test('are not requested when none is selected', async () => {
		await get(DRAFT);
		expect(getRequests()).toEqual([`GET /${DRAFT}`]);
	});
});

describe('Fields that not every flow has', () => {
	const THROTTLED = '900000000000004';
	const ENDPOINT = { fields: ['endpoint_uri', 'data_api_version'], options: { concurrency: 1 } };
	const WITHOUT = { id: DRAFT };
	const WITH = { id: THROTTLED, endpoint_uri: expect.any(String), data_api_version: '3.0' };

	test.each(['double', 'single'] as const)(
		'are returned by an API that ignores encodings other than %s, after a flow without them',
		async (fields) => {
			Object.assign(mockApi.settings, { fields, unknownFields: 'ignore' });
			const { main } = await get(ITEM_ID, ENDPOINT, { items: toItems(DRAFT, THROTTLED) });
			expect(toJson(main)).toEqual([WITHOUT, WITH]);
		},
	);

	test.each(['double', 'single'] as const)(
		'cause no error if the API rejects encodings other than %s',
		async (fields) => {
			Object.assign(mockApi.settings, { fields, unknownFields: 'reject' });
			expect(toJson((await get(DRAFT, ENDPOINT)).main)).toEqual([WITHOUT]);
		},
	);

	test('are requested once for a flow without them, after a flow with them', async () => {
		const { main } = await get(ITEM_ID, ENDPOINT, { items: toItems(THROTTLED, DRAFT) });
		expect(toJson(main)).toEqual([WITH, WITHOUT]);
		expect(getRequests()).toHaveLength(2);
	});

	test('keep the first response if the second one lacks them too', async () => {
		mockApi.settings.script = [WITHOUT, { ...WITHOUT, name: 'x' }].map((body) => () => ({ body }));
		expect(toJson((await get(DRAFT, ENDPOINT)).main)).toEqual([WITHOUT]);
	});
});

test('Fields that are rejected in both encodings fail with the API’s error', async () => {
	mockApi.settings.always = () => ({
		status: 400,
		body: { code: 'WA-400', message: 'Refer to correct payload format', data: {}, error: {} },
	});
	const { error } = await get(DRAFT, TWO_FIELDS);
	expect(error?.message).toBe('Refer to correct payload format');
	expect(getRequests()).toHaveLength(2);
});

test('Fields that Meta rejects (code 100) are requested again with single encoding', async () => {
	mockApi.settings.script = [
		() => ({ status: 400, body: { error: { code: 100, message: 'nonexisting field' } } }),
	];
	expect(toJson((await get(DRAFT, TWO_FIELDS)).main)).toEqual([EXPECTED_FLOWS[0]]);
	expect(getRequests()).toEqual([`GET /${DRAFT}${DOUBLE}`, `GET /${DRAFT}${SINGLE}`]);
});

test('Fields without a value are not requested again when the API knows them', async () => {
	const { main } = await get(DRAFT, { fields: ['endpoint_uri', 'data_api_version'] });
	expect(toJson(main)).toEqual([{ id: DRAFT }]);
});

test('Fields are requested once when the API key is wrong', async () => {
	mockApi.account.apiKey = 'another';
	const { error } = await get(DRAFT, TWO_FIELDS);
	expect(error?.message).toBe('Incorrect SID or API key.');
	expect(getRequests()).toHaveLength(1);
});
