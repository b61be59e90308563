import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { byId, DRAFT, harness, jsonOf, run, runOn, mockApi, sent, setUp } from './setup.mts';

setUp();

const BAD_IDS: [string, unknown, RegExp][] = [
	['empty', '', /^(Flow|Channel) ID is empty$/],
	['blank', '   ', /^(Flow|Channel) ID is empty$/],
	['two dots', '..', /^(Flow|Channel) ID is no ID: "\.\."$/],
	['a climb', `../${DRAFT}`, /ID is no ID/],
	['a slash', `${DRAFT}/publish`, /ID is no ID/],
	['a query', `${DRAFT}?limit=1`, /ID is no ID/],
	['a hash', `${DRAFT}#x`, /ID is no ID/],
	['a blank inside', '8000 0001', /ID is no ID/],
	['a control character', '8000\u00001', /ID is no ID/],
	['300 characters', '9'.repeat(300), /ID is no ID: "9{60}… \(300 characters\)"/],
	['a number above 2^53', 2 ** 60, /ID is the number .* lost$/],
	['an object', { id: 1 }, /ID is empty$/],
];

const ON_A_FLOW = ['get', 'preview', 'publish', 'deprecate', 'delete', 'update'];
const ON_A_CHANNEL = ['getMany', 'create'];
const REST: IDataObject = { updateFields: { name: 'x' }, name: 'x', categories: ['OTHER'] };

describe.each(ON_A_FLOW)('%s with a flow ID that is', (operation) => {
	test.each(BAD_IDS)('%s says so and sends nothing', async (_, id, words) => {
		const { error } = await runOn(operation, '={{ $json.id }}', REST, {
			items: [{ id: id as string }],
		});
		expect(error?.message).toMatch(words);
		expect(error?.description).toMatch(/Get Many shows it|rounded/);
		expect(sent()).toEqual([]);
	});
});

describe.each([...ON_A_FLOW, ...ON_A_CHANNEL])('%s with a channel ID that is', (operation) => {
	test.each(BAD_IDS)('%s says so and sends nothing', async (_, id, words) => {
		const parameters = { ...REST, flowId: byId(DRAFT), channelId: '={{ $json.id }}' };
		const { error } = await run(operation, parameters, { items: [{ id: id as string }] });
		expect(error?.message).toMatch(words);
		expect(error?.description).toMatch(/the page Channels shows it|rounded/);
		expect(sent()).toEqual([]);
	});
});

describe('Other input', () => {
	test.each<[string, string, IDataObject, RegExp]>([
		['getMany', 'a limit of 0', { limit: 0 }, /^Limit must be a whole number, 1 to 1000: 0$/],
		['getMany', 'a limit of 1001', { limit: 1001 }, /^Limit must be .* 1 to 1000: 1001$/],
		['getMany', 'a limit with a point', { limit: 1.5 }, /^Limit must be a whole number/],
		['getMany', 'no number', { limit: 'many' }, /^Limit must be a whole number/],
		['preview', 'Refresh as text', { refresh: 'yes' }, /^Refresh is neither true nor false/],
		['create', 'no name', { name: ' ' }, /^Name is empty$/],
		['create', 'no category', { categories: '={{ [] }}' }, /^Categories is empty$/],
		['create', 'a category that is no word', { categories: [5] }, /^Categories holds something/],
		['create', 'JSON that is none', { additionalFields: { flowJson: '{' } }, /^Flow JSON is no/],
		['create', 'JSON that is a list', { additionalFields: { flowJson: '[]' } }, /^Flow JSON is no/],
		['create', 'empty JSON', { additionalFields: { flowJson: '' } }, /^Flow JSON is no JSON/],
		['create', 'plain http', { additionalFields: { endpointUri: 'http://a.b' } }, /^Endpoint URI/],
		['create', 'Publish as text', { additionalFields: { publish: 'yes' } }, /^Publish is neither/],
		['create', 'an empty clone', { additionalFields: { cloneFlowId: '' } }, /^Clone Flow ID is/],
		['update', 'nothing', { updateFields: {} }, /^There is nothing to update$/],
		['update', 'an empty name', { updateFields: { name: '' } }, /^Name is empty$/],
		['update', 'no categories', { updateFields: { categories: [] } }, /^Categories is empty$/],
		['update', 'an odd app', { updateFields: { applicationId: 'a/b' } }, /^Application ID is no/],
		['get', 'another output', { options: { output: 'xml' } }, /^Output is neither native nor/],
		['get', 'a timeout of 0', { options: { timeout: 0 } }, /^Timeout \(Seconds\) must be/],
		['get', 'too many at once', { options: { concurrency: 51 } }, /^Max Concurrent Items must be/],
	])('%s with %s says so and sends nothing', async (operation, _, parameters, words) => {
		const { error } = await runOn(operation, DRAFT, { ...REST, ...parameters });
		expect(error?.message).toMatch(words);
		expect(error?.description).not.toBe('');
		expect(sent()).toEqual([]);
	});

	test('a flow may be given by its address in WhatsApp Manager', async () => {
		const flowId = {
			__rl: true,
			mode: 'url',
			value: `https://business.facebook.com/wa/manage/flows/${DRAFT}/`,
		};
		const { main } = await run('get', { flowId });
		expect(jsonOf(main)[0]?.['flowId']).toBe(DRAFT);
	});

	test('a bad item does not keep the next one from being done', async () => {
		const { main } = await runOn(
			'get',
			'={{ $json.id }}',
			{},
			{ items: [{ id: '..' }, { id: DRAFT }], onError: 'continueRegularOutput' },
		);
		expect(jsonOf(main).map(({ error, flowId }) => error ?? flowId)).toEqual([
			'Flow ID is no ID: ".."',
			DRAFT,
		]);
	});

	test.each<[string, object, RegExp]>([
		['an empty key', { apiKey: ' ' }, /^The API Key of the 8x8 credential is empty$/],
		['a key with "Bearer"', { apiKey: 'Bearer x' }, /^The API Key of .* has a space/],
		['an empty account ID', { accountId: '' }, /^The Account ID of the 8x8 credential is empty$/],
		['a name for the account', { accountId: 'my-account' }, /^The Account ID .* is no account ID$/],
		['33 digits', { accountId: 'a'.repeat(33) }, /is no account ID$/],
		['another letter', { accountId: 'g'.repeat(32) }, /is no account ID$/],
		['a region that is none', { region: 'mars' }, /names a region that does not exist: "mars"/],
		['no domain', { apiDomain: '' }, /^The API Domain of the 8x8 credential is empty$/],
		['plain http in public', { apiDomain: 'http://a.example' }, /must start with https:\/\//],
	])('a credential with %s is told before anything is sent', async (_, changes, words) => {
		harness.credential = { ...mockApi.credential, ...changes };
		const { error } = await runOn('get', DRAFT);
		expect(error?.message).toMatch(words);
		expect(sent()).toEqual([]);
	});
});
