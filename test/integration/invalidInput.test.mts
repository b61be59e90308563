import { describe, expect, test } from 'vitest';
import type { IDataObject } from 'n8n-workflow';
import { FLOW_OPERATIONS, runOperation, toRows } from './operations.mts';
import {
	byId,
	DRAFT,
	harness,
	get,
	getMany,
	getPostRequests,
	getRequests,
	mockApi,
	setUp,
	update,
} from './setup.mts';

setUp();

const INVALID_IDS: [string, unknown, RegExp][] = [
	['empty text', '', /^'Flow ID' is empty$/],
	['only spaces', '   ', /^'Flow ID' is empty$/],
	['undefined', undefined, /^'Flow ID' is empty$/],
	['a slash', `${DRAFT}/publish`, /^'Flow ID' must contain only digits/],
	['two dots', '..', /^'Flow ID' must contain only digits/],
	['a relative path', `../${DRAFT}`, /^'Flow ID' must contain only digits/],
	['a query', `${DRAFT}?fields=id`, /^'Flow ID' must contain only digits/],
	['a hash', `${DRAFT}#x`, /^'Flow ID' must contain only digits/],
	['a space between digits', '9000 0001', /^'Flow ID' must contain only digits/],
	['a control character', '9000\u00001', /^'Flow ID' must contain only digits/],
	['letters', 'flow-1', /^'Flow ID' must contain only digits/],
	['masked digits', '11576XXXXXXXXXX0', /^'Flow ID' must contain only digits/],
	['300 characters', '9'.repeat(300), /^'Flow ID' must contain only digits/],
	['a number above 2^53', 2 ** 60, /^'Flow ID' is the number .* safe integer range$/],
	['a negative number', -5, /^'Flow ID' is the number/],
];

describe.each(toRows(FLOW_OPERATIONS))('%s', (_, operation) => {
	test.each(INVALID_IDS)(
		'rejects %s as flow ID without a request and processes the next item',
		async (_name, id, message) => {
			const { main, errors } = await runOperation(operation, [id, DRAFT], {
				onError: 'continueErrorOutput',
			});
			expect(errors).toHaveLength(1);
			expect(errors[0]?.pairedItem).toEqual({ item: 0 });
			expect(errors[0]?.json['error']).toMatch(message);
			expect(main.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual([
				[DRAFT, { item: 1 }],
			]);
			expect(getRequests().filter((line) => !line.includes(DRAFT))).toEqual([]);
			expect(getRequests().filter((line) => line.includes('?') || line.includes('#'))).toEqual([]);
		},
	);
});

test('Get accepts a WhatsApp Manager URL in place of the flow ID', async () => {
	const flowId = {
		__rl: true,
		mode: 'url',
		value: `https://business.facebook.com/wa/manage/flows/?waba_id=1&flow_id=${DRAFT}`,
	};
	const { main } = await harness.run({ resource: 'flow', operation: 'get', flowId });
	expect(main[0]?.json['id']).toBe(DRAFT);
});

test('Publish rejects a flow URL of another host without a request', async () => {
	const flowId = { __rl: true, mode: 'url', value: `=https://example.com/flows/${DRAFT}/` };
	const { error } = await harness.run({ resource: 'flow', operation: 'publish', flowId });
	expect(error?.message).toMatch(/^'Flow' isn't the URL of a flow/);
	expect(error?.description).toContain('/wa/manage/flows/822625023859371/, or select By ID.');
	expect(getRequests()).toEqual([]);
});

describe('Get Many', () => {
	test.each<[string, IDataObject, RegExp, RegExp]>([
		['Limit 0', { limit: 0 }, /^'Limit' must be an integer, 1 or more: 0$/, /1 or more/],
		['Limit -1', { limit: -1 }, /^'Limit' must be/, /1 or more/],
		['Limit 1.5', { limit: 1.5 }, /^'Limit' must be/, /1 or more/],
		['text for Limit', { limit: '={{ "many" }}' }, /^'Limit' must be/, /1 or more/],
		['undefined for Limit', { limit: '={{ $json.nothing }}' }, /^'Limit' must be/, /1 or more/],
		[
			'a WABA ID with a path',
			{ wabaId: '1/../2' },
			/^'WABA ID' must contain only digits/,
			/such as 102290129340398/,
		],
		[
			'a WABA ID with masked digits',
			{ wabaId: '112xxxxxxxxxx207' },
			/^'WABA ID' must contain only digits/,
			/X .* hidden digit/,
		],
		[
			'a number for Fields',
			{ fields: '={{ 5 }}' },
			/^'Fields' must contain only names/,
			/such as id,name,status/,
		],
		[
			'an object in Fields',
			{ fields: '={{ [{}] }}' },
			/^'Fields' must contain only names/,
			/such as id,name,status/,
		],
		[
			'a number for Status',
			{ filters: { status: '={{ 5 }}' } },
			/^'Status' must contain only names/,
			/such as DRAFT,PUBLISHED/,
		],
		[
			'a number for Category',
			{ filters: { category: '={{ 5 }}' } },
			/^'Category' must contain only names/,
			/such as SIGN_UP,OTHER/,
		],
		[
			'a number for Name Contains',
			{ filters: { name: '={{ 5 }}' } },
			/^'Name Contains' must be text$/,
			/part of the name/,
		],
		[
			'0 for Max Concurrent Items',
			{ options: { concurrency: 0 } },
			/^'Max Concurrent Items' must be/,
			/1 to 50/,
		],
		['0 for Timeout', { options: { timeout: 0 } }, /^'Timeout \(Seconds\)' must be/, /1 to 300/],
		['-1 for Max Retries', { options: { maxRetries: -1 } }, /^'Max Retries' must be/, /0 to 10/],
	])('rejects %s without a request', async (_, parameters, message, description) => {
		const { error, main } = await getMany(parameters);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
		expect(error?.context['itemIndex']).toBe(0);
		expect([main, getRequests()]).toEqual([[], []]);
	});
});

describe('Update Metadata', () => {
	test.each<[string, IDataObject, RegExp, RegExp]>([
		['no fields', {}, /^'Update Fields' is empty/, /name, categories, or an endpoint URI/],
		[
			'only blank fields',
			{ name: ' ', categories: "={{ ['', ' '] }}", endpointUri: '={{ $json.nothing }}' },
			/^'Update Fields' is empty/,
			/A blank field is left unchanged/,
		],
		[
			'a number for Categories',
			{ categories: '={{ 5 }}' },
			/^'Categories' must contain only names/,
			/such as SIGN_UP,OTHER/,
		],
		[
			'an http:// endpoint',
			{ endpointUri: 'http://x.example' },
			/isn't an https URL/,
			/starts with https:/,
		],
		[
			'an endpoint without a protocol',
			{ endpointUri: 'x.example' },
			/isn't an https URL/,
			/starts with https:/,
		],
		[
			'a number as endpoint',
			{ endpointUri: '={{ 5 }}' },
			/isn't an https URL: 5$/,
			/starts with https:/,
		],
		[
			'an http:// endpoint with https:// in its path',
			{ endpointUri: 'http://x.example/https://x.example' },
			/isn't an https URL/,
			/starts with https:/,
		],
		[
			'an endpoint with a space',
			{ endpointUri: 'https://x .example' },
			/isn't an https URL/,
			/starts with https:/,
		],
		[
			'one invalid field among valid ones',
			{ name: 'New', categories: '={{ 5 }}' },
			/^'Categories' must contain only names/,
			/such as SIGN_UP,OTHER/,
		],
	])('rejects %s without a request', async (_, fields, message, description) => {
		const { error } = await update(DRAFT, fields);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
		expect(getRequests()).toEqual([]);
	});

	test('processes the next item after an invalid one on "Continue"', async () => {
		const items = [{ name: ' ' }, { name: 'New' }];
		const { main, errors } = await update(
			DRAFT,
			{ name: '={{ $json.name }}' },
			{ items, onError: 'continueErrorOutput' },
		);
		expect([main[0]?.pairedItem, errors[0]?.pairedItem]).toEqual([{ item: 1 }, { item: 0 }]);
		const details = { description: expect.stringContaining('A blank field is left unchanged') };
		expect(errors[0]?.json['details']).toEqual(details);
		expect(getPostRequests()).toHaveLength(1);
	});
});

test('Update Metadata sends a numeric name as text', async () => {
	const { error } = await update(DRAFT, { name: '={{ 2026 }}' });
	expect(error).toBeUndefined();
	expect(mockApi.requests.map(({ body }) => body)).toEqual(['{"name":"2026"}']);
});

describe('A credential', () => {
	test.each<[string, IDataObject, RegExp, RegExp]>([
		[
			'an unknown pod',
			{ pod: 'us' },
			/'Pod' in the Kaleyra credential is unknown: "us"/,
			/select a pod: in, sg/,
		],
		[
			'a key with a line break',
			{ apiKey: 'A0mock\napi' },
			/'API Key' .* line break/,
			/Copy the API Key again/,
		],
		['an empty key', { apiKey: ' ' }, /'API Key' .* is empty/, /Edit API Key shows/],
		['a SID with a line break', { sid: 'HX\r\nAP' }, /'SID' .* line break/, /Copy the SID again/],
		['an empty SID', { sid: '' }, /'SID' .* is empty/, /Edit API Key shows/],
		[
			'http:// with a public host',
			{ apiDomain: 'http://api.in.kaleyra.io' },
			/https:\/\//,
			/localhost only/,
		],
		[
			'a domain with a path',
			{ apiDomain: 'api.in.kaleyra.io/v2' },
			/isn't a host/,
			/Leave out the path/,
		],
		[
			'a domain with a user name',
			{ apiDomain: 'https://a@example.com' },
			/isn't a host/,
			/Leave out the path and the user name/,
		],
		['an empty domain', { apiDomain: '' }, /'API Domain' .* is empty/, /such as api.in.kaleyra.io/],
		[
			'a WABA ID with letters',
			{ wabaId: 'waba-1' },
			/^'WABA ID' in the credential must contain only digits/,
			/such as 102290129340398/,
		],
		[
			'no WABA ID in credential and node',
			{ wabaId: '' },
			/^'WABA ID' is empty, and the credential has no WABA ID/,
			/in the node or in the credential/,
		],
	])('with %s fails without a request', async (_, credential, message, description) => {
		harness.credential = { ...harness.credential, ...credential } as typeof harness.credential;
		const { error } = await getMany();
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
		expect(error?.context['itemIndex']).toBe(0);
		expect(getRequests()).toEqual([]);
	});

	test('that is invalid fails every item on "Continue"', async () => {
		harness.credential = { ...harness.credential, pod: 'us' };
		const { errors } = await harness.run(
			{ resource: 'flow', operation: 'get', flowId: byId(DRAFT) },
			{ items: [{ a: 1 }, { a: 2 }], onError: 'continueErrorOutput' },
		);
		expect(errors.map(({ json, pairedItem }) => [json['a'], pairedItem])).toEqual([
			[1, { item: 0 }],
			[2, { item: 1 }],
		]);
	});

	test('with spaces around SID and API key works', async () => {
		const { sid, apiKey } = mockApi.credential;
		harness.credential = { ...harness.credential, sid: ` ${sid} `, apiKey: `${apiKey}\n` };
		expect((await get(DRAFT)).main[0]?.json['id']).toBe(DRAFT);
	});
});
