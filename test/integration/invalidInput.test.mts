import { describe, expect, test } from 'vitest';
import type { IDataObject } from 'n8n-workflow';
import {
	byId,
	DRAFT,
	harness,
	get,
	getMany,
	itemsOf,
	posts,
	publish,
	mockApi,
	sent,
	setUp,
	update,
} from './setup.mts';

setUp();

const ID = '={{ $json.id }}';

const BAD_IDS: [string, unknown, RegExp][] = [
	['empty', '', /^Flow ID is empty$/],
	['blank', '   ', /^Flow ID is empty$/],
	['missing', undefined, /^Flow ID is empty$/],
	['a slash', `${DRAFT}/publish`, /^Flow ID must be digits only/],
	['two dots', '..', /^Flow ID must be digits only/],
	['a climb', `../${DRAFT}`, /^Flow ID must be digits only/],
	['a query', `${DRAFT}?fields=id`, /^Flow ID must be digits only/],
	['a hash', `${DRAFT}#x`, /^Flow ID must be digits only/],
	['a blank inside', '9000 0001', /^Flow ID must be digits only/],
	['a control character', '9000\u00001', /^Flow ID must be digits only/],
	['letters', 'flow-1', /^Flow ID must be digits only/],
	['masked digits', '11576XXXXXXXXXX0', /^Flow ID must be digits only/],
	['300 characters', '9'.repeat(300), /^Flow ID must be digits only/],
	['a number above 2^53', 2 ** 60, /^Flow ID is the number .* lost$/],
	['a negative number', -5, /^Flow ID is the number/],
];

const OPERATIONS: [string, (items: IDataObject[]) => ReturnType<typeof get>][] = [
	['Get', async (items) => await get(ID, {}, { items, onError: 'continueErrorOutput' })],
	['Publish', async (items) => await publish(ID, {}, { items, onError: 'continueErrorOutput' })],
	[
		'Update Metadata',
		async (items) =>
			await update(ID, { categories: ['OTHER'] }, { items, onError: 'continueErrorOutput' }),
	],
];

describe.each(OPERATIONS)('%s with a flow ID that is', (_, execute) => {
	test.each(BAD_IDS)(
		'%s says so, sends nothing, and does the next item',
		async (_name, id, words) => {
			const { main, errors } = await execute(itemsOf(id, DRAFT));
			expect(errors).toHaveLength(1);
			expect(errors[0]?.pairedItem).toEqual({ item: 0 });
			expect(errors[0]?.json['error']).toMatch(words);
			expect(main.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual([
				[DRAFT, { item: 1 }],
			]);
			expect(sent().filter((line) => !line.includes(DRAFT))).toEqual([]);
			expect(sent().filter((line) => line.includes('?') || line.includes('#'))).toEqual([]);
		},
	);
});

test('A WhatsApp Manager address works in place of the ID', async () => {
	const flowId = {
		__rl: true,
		mode: 'url',
		value: `https://business.facebook.com/wa/manage/flows/?waba_id=1&flow_id=${DRAFT}`,
	};
	const { main } = await harness.run({ resource: 'flow', operation: 'get', flowId });
	expect(main[0]?.json['id']).toBe(DRAFT);
});

test('An address of another host is refused before anything is sent', async () => {
	const flowId = { __rl: true, mode: 'url', value: `https://example.com/flows/${DRAFT}/` };
	const { error } = await harness.run({ resource: 'flow', operation: 'publish', flowId });
	expect(error?.message).toMatch(/^This address names no flow/);
	expect(sent()).toEqual([]);
});

describe('Get Many refuses, before anything is sent,', () => {
	test.each<[string, IDataObject, RegExp]>([
		['limit 0', { limit: 0 }, /^Limit must be a whole number, 1 or more: 0$/],
		['limit -1', { limit: -1 }, /^Limit must be/],
		['limit 1.5', { limit: 1.5 }, /^Limit must be/],
		['a limit that is a word', { limit: '={{ "many" }}' }, /^Limit must be/],
		['a limit from nothing', { limit: '={{ $json.nothing }}' }, /^Limit must be/],
		['a WABA ID with a path', { wabaId: '1/../2' }, /^WABA ID must be digits only/],
		['a masked WABA ID', { wabaId: '112xxxxxxxxxx207' }, /^WABA ID must be digits only/],
		['fields that are a number', { fields: '={{ 5 }}' }, /^Fields holds something that is no word/],
		['fields with an object', { fields: '={{ [{}] }}' }, /^Fields holds something/],
		['a status that is no word', { filters: { status: '={{ 5 }}' } }, /^Status holds something/],
		['a name that is no text', { filters: { name: '={{ 5 }}' } }, /^Name Contains is no text$/],
		['no items at once', { options: { concurrency: 0 } }, /^Max Concurrent Items must be/],
		['a timeout of none', { options: { timeout: 0 } }, /^Timeout \(Seconds\) must be/],
		['retries below zero', { options: { maxRetries: -1 } }, /^Max Retries must be/],
	])('%s', async (_, parameters, words) => {
		const { error, main } = await getMany(parameters);
		expect(error?.message).toMatch(words);
		expect(error?.description).toBeTruthy();
		expect(error?.context['itemIndex']).toBe(0);
		expect([main, sent()]).toEqual([[], []]);
	});
});

describe('Update Metadata refuses, before anything is sent,', () => {
	test.each<[string, IDataObject, RegExp]>([
		['nothing set', {}, /^There is nothing to update$/],
		['no category', { categories: [] }, /^Categories is empty$/],
		['categories from nothing', { categories: '={{ $json.nothing }}' }, /^Categories is empty$/],
		['categories that are a number', { categories: '={{ 5 }}' }, /^Categories holds something/],
		['an empty name', { name: '' }, /^Name is empty$/],
		['a name of blanks', { name: '   ' }, /^Name is empty$/],
		['a name from nothing', { name: '={{ $json.nothing }}' }, /^Name is empty$/],
		['an endpoint that is not https', { endpointUri: 'http://x.example' }, /no https address/],
		['an endpoint without a protocol', { endpointUri: 'x.example' }, /no https address/],
		['an endpoint with a blank', { endpointUri: 'https://x .example' }, /no https address/],
		['an empty endpoint', { endpointUri: '' }, /no https address/],
		['an endpoint from nothing', { endpointUri: '={{ $json.nothing }}' }, /no https address/],
		['one bad value among good ones', { name: 'New', categories: [] }, /^Categories is empty$/],
	])('%s', async (_, fields, words) => {
		const { error } = await update(DRAFT, fields);
		expect(error?.message).toMatch(words);
		expect(error?.description).toBeTruthy();
		expect(sent()).toEqual([]);
	});

	test('and does the next item, if set to continue', async () => {
		const items = [{ name: ' ' }, { name: 'New' }];
		const { main, errors } = await update(
			DRAFT,
			{ name: '={{ $json.name }}' },
			{ items, onError: 'continueErrorOutput' },
		);
		expect([main[0]?.pairedItem, errors[0]?.pairedItem]).toEqual([{ item: 1 }, { item: 0 }]);
		expect(posts()).toHaveLength(1);
	});
});

test('A name that is a number is not called empty', async () => {
	const { error } = await update(DRAFT, { name: '={{ 2026 }}' });
	expect(error?.message).not.toBe('Name is empty');
});

describe('A credential that cannot be right is said, and sends nothing:', () => {
	test.each<[string, IDataObject, RegExp]>([
		['an unknown pod', { pod: 'us' }, /names a pod that does not exist: "us"/],
		['a key with a line break', { apiKey: 'A0san\ndbox' }, /API Key .* line break/],
		['an empty key', { apiKey: ' ' }, /API Key .* is empty/],
		['a SID with a line break', { sid: 'HX\r\nAP' }, /SID .* line break/],
		['an empty SID', { sid: '' }, /SID .* is empty/],
		['plain http of a public host', { apiDomain: 'http://api.in.kaleyra.io' }, /https:\/\//],
		['a domain with a path', { apiDomain: 'api.in.kaleyra.io/v2' }, /no plain host/],
		['a domain with a user name', { apiDomain: 'https://a@example.com' }, /no plain host/],
		['no domain', { apiDomain: '' }, /API Domain .* is empty/],
		['a WABA ID with letters', { wabaId: 'waba-1' }, /^WABA ID of the credential must be digits/],
		['no WABA ID at all', { wabaId: '' }, /^WABA ID is empty, and the credential has none either/],
	])('%s', async (_, credential, words) => {
		harness.credential = { ...harness.credential, ...credential } as typeof harness.credential;
		const { error } = await getMany();
		expect(error?.message).toMatch(words);
		expect(error?.description).toBeTruthy();
		expect(error?.context['itemIndex']).toBe(0);
		expect(sent()).toEqual([]);
	});

	test('item by item, if set to continue', async () => {
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

	test('blanks around SID and key do no harm', async () => {
		const { sid, apiKey } = mockApi.credential;
		harness.credential = { ...harness.credential, sid: ` ${sid} `, apiKey: `${apiKey}\n` };
		expect((await get(DRAFT)).main[0]?.json['id']).toBe(DRAFT);
	});
});
