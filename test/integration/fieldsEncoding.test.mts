import { beforeEach, describe, expect, test } from 'vitest';
import {
	DRAFT,
	FAULTY,
	get,
	getMany,
	itemsOf,
	jsonOf,
	PUBLISHED,
	mockApi,
	sent,
	setUp,
	WABA,
} from './setup.mts';

setUp();

const ID = '={{ $json.id }}';
const THREE = { items: itemsOf(DRAFT, PUBLISHED, FAULTY) };
/** One after the other, so that the second item can know what the first one learned. */
const PICKED = { fields: ['name', 'status'], options: { concurrency: 1 } };
const DOUBLE = '?fields=name%252Cstatus';
const PLAIN = '?fields=name%2Cstatus';
const GIVEN = [
	{ id: DRAFT, name: 'Book an appointment', status: 'DRAFT' },
	{ id: PUBLISHED, name: 'Customer survey', status: 'PUBLISHED' },
	{ id: FAULTY, name: 'Sign up for the newsletter', status: 'DRAFT' },
];

describe('Where the documented form of fields is understood', () => {
	test.each(['double', 'either'] as const)('(%s) nothing is read twice', async (fields) => {
		mockApi.settings.fields = fields;
		expect(jsonOf((await get(ID, PICKED, THREE)).main)).toEqual(GIVEN);
		expect(sent()).toEqual(GIVEN.map(({ id }) => `GET /${id}${DOUBLE}`));
	});
});

describe.each(['reject', 'ignore'] as const)(
	'Where the service can only %s the documented form of fields',
	(unknownFields) => {
		beforeEach(() => {
			mockApi.settings.fields = 'single';
			mockApi.settings.unknownFields = unknownFields;
		});

		test('Get uses the plain one, and keeps it for the items that follow', async () => {
			const { main, errors } = await get(ID, PICKED, THREE);
			expect([jsonOf(main), errors]).toEqual([GIVEN, []]);
			expect(sent()).toEqual([
				`GET /${DRAFT}${DOUBLE}`,
				`GET /${DRAFT}${PLAIN}`,
				`GET /${PUBLISHED}${PLAIN}`,
				`GET /${FAULTY}${PLAIN}`,
			]);
		});

		test('Get Many uses the plain one, and keeps it for the pages that follow', async () => {
			mockApi.settings.pageSize = 3;
			const { main } = await getMany({ returnAll: true, fields: ['name'] });
			expect(main).toHaveLength(7);
			expect(jsonOf(main)[1]).toEqual({ id: PUBLISHED, name: 'Customer survey' });
			expect(sent()).toEqual([
				`GET /${WABA}/flows?fields=id%252Cname`,
				`GET /${WABA}/flows?fields=id%2Cname`,
				`GET /${WABA}/flows?fields=id%2Cname&after=Mw%3D%3D`,
				`GET /${WABA}/flows?fields=id%2Cname&after=Ng%3D%3D`,
				`GET /${WABA}/flows?fields=id%2Cname&after=Nw%3D%3D`,
			]);
		});

		test('a single field, written alike in both forms, is read once', async () => {
			await get(DRAFT, { fields: ['name'] });
			expect(sent()).toEqual([`GET /${DRAFT}?fields=name`]);
		});

		test('a read without fields is read once', async () => {
			await get(DRAFT);
			expect(sent()).toEqual([`GET /${DRAFT}`]);
		});
	},
);

test('Where both forms are refused, the refusal is told as it came', async () => {
	mockApi.settings.always = () => ({
		status: 400,
		body: { code: 'WA-400', message: 'Refer to correct payload format', data: {}, error: {} },
	});
	const { error } = await get(DRAFT, PICKED);
	expect(error?.message).toBe('Refer to correct payload format');
	expect(sent()).toHaveLength(2);
});

test('Where Meta refuses a field (100), the plain form is tried too', async () => {
	mockApi.settings.script = [
		() => ({ status: 400, body: { error: { code: 100, message: 'nonexisting field' } } }),
	];
	expect(jsonOf((await get(DRAFT, PICKED)).main)).toEqual([GIVEN[0]]);
	expect(sent()).toEqual([`GET /${DRAFT}${DOUBLE}`, `GET /${DRAFT}${PLAIN}`]);
});

test('Where fields exist but no flow has a value for them, the answer counts', async () => {
	const { main } = await get(DRAFT, { fields: ['endpoint_uri', 'data_api_version'] });
	expect(jsonOf(main)).toEqual([{ id: DRAFT }]);
});

test('A wrong key is not asked about twice', async () => {
	mockApi.account.apiKey = 'another';
	const { error } = await get(DRAFT, PICKED);
	expect(error?.message).toBe('Incorrect SID or API key.');
	expect(sent()).toHaveLength(1);
});
