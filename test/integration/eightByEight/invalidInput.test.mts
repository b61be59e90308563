import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import type { Result } from '../n8nHarness.mts';
import { FLOW_OPERATIONS, OPERATIONS, runOperation } from './operations.mts';
import type { OperationFixture } from './operations.mts';
import {
	byId,
	DRAFT,
	getRequests,
	harness,
	mockApi,
	run,
	runOnFlow,
	setUp,
	toJson,
} from './setup.mts';

setUp();

const EMPTY = /^'?(Flow|Channel) ID'? is empty$/;
const INVALID = /^'(Flow|Channel) ID' isn't a valid ID: /;
const INVALID_IDS: [string, unknown, RegExp][] = [
	['an empty string', '', EMPTY],
	['spaces only', '   ', EMPTY],
	['two dots', '..', /^'(Flow|Channel) ID' isn't a valid ID: "\.\."$/],
	['a relative path', `../${DRAFT}`, INVALID],
	['a slash', `${DRAFT}/publish`, INVALID],
	['a query string', `${DRAFT}?limit=1`, INVALID],
	['a fragment', `${DRAFT}#x`, INVALID],
	['a space inside', '8000 0001', INVALID],
	['a control character', '8000\u00001', INVALID],
	['300 characters', '9'.repeat(300), /isn't a valid ID: "9{60}… \(300 characters\)"/],
	['a number above 2^53', 2 ** 60, /^'?(Flow|Channel) ID'? is (the|a) number/],
	['an object', { id: 1 }, /^'(Flow|Channel) ID' must be text or a number: /],
];

function expectInvalid({ error }: Result, message: RegExp): void {
	expect(error?.message).toMatch(message);
	expect(error?.description).toMatch(/\.$/);
	expect(getRequests()).toEqual([]);
}

const fromItem = (id: unknown) => ({ items: [{ id: id as string }] });

describe.each(FLOW_OPERATIONS)('Flow ID of $operation', (fixture) => {
	test.each(INVALID_IDS)(
		`${fixture.operation} rejects a flow ID with %s before any request`,
		async (_, id, message) => {
			const changes = { flowId: byId('={{ $json.id }}') };
			expectInvalid(await runOperation(fixture, changes, fromItem(id)), message);
		},
	);
});

describe.each(OPERATIONS)('Channel ID of $operation', (fixture) => {
	test.each(INVALID_IDS)(
		`${fixture.operation} rejects a channel ID with %s before any request`,
		async (_, id, message) => {
			const changes = { channelId: '={{ $json.id }}' };
			expectInvalid(await runOperation(fixture, changes, fromItem(id)), message);
		},
	);
});

const findOperation = (name: string): OperationFixture =>
	OPERATIONS.find(({ operation }) => operation === name)!;

const add = (additionalFields: IDataObject) => ({ additionalFields });
const change = (updateFields: IDataObject) => ({ updateFields });
const setOption = (options: IDataObject) => ({ options });

test.each<[string, string, IDataObject, RegExp]>([
	['getMany', "a 'Limit' of 0", { limit: 0 }, /^'?Limit'? must be .*1 to 1000/],
	['getMany', "a 'Limit' of 1001", { limit: 1001 }, /^'?Limit'? must be .*1 to 1000/],
	['getMany', "a fractional 'Limit'", { limit: 1.5 }, /^'?Limit'? must be/],
	['getMany', "text as 'Limit'", { limit: 'many' }, /^'?Limit'? must be/],
	['preview', "text as 'Refresh'", { refresh: 'yes' }, /^'Refresh' must be a boolean/],
	['create', "an empty 'Name'", { name: ' ' }, /^'Name' is empty$/],
	['create', "empty 'Categories'", { categories: '={{ [] }}' }, /^'Categories' is empty$/],
	['create', "a number in 'Categories'", { categories: [5] }, /^'?Categories'? /],
	['create', 'truncated flow JSON', add({ flowJson: '{' }), /^'Flow JSON' must be/],
	['create', 'a JSON array as flow JSON', add({ flowJson: '[]' }), /^'Flow JSON' must be/],
	['create', "an empty 'Flow JSON'", add({ flowJson: '' }), /^'Flow JSON' must be/],
	[
		'create',
		'an http endpoint',
		add({ endpointUri: 'http://a.b' }),
		/^'Endpoint URI' isn't an https URL/,
	],
	['create', "text as 'Publish'", add({ publish: 'yes' }), /^'Publish' must be a boolean/],
	['create', "an empty 'Clone Flow ID'", add({ cloneFlowId: '' }), /^'?Clone Flow ID'? is empty/],
	['update', 'no fields', change({}), /^'Update Fields' is empty$/],
	['update', "an empty 'Name'", change({ name: '' }), /^'Update Fields' is empty$/],
	['update', "empty 'Categories'", change({ categories: [] }), /^'Update Fields' is empty$/],
	['update', 'an invalid app ID', change({ applicationId: 'a/b' }), /^'Application ID' isn't a/],
	['get', "an unknown 'Field Names'", setOption({ fieldNames: 'xml' }), /^'Field Names' must be/],
	['get', 'a timeout of 0', setOption({ timeout: 0 }), /^'?Timeout \(Seconds\)'? must be/],
	['get', '51 concurrent items', setOption({ concurrency: 51 }), /^'?Max Concurrent Items'? must/],
	[
		'publish',
		"text as 'Validate Before Publishing'",
		setOption({ validateBeforePublishing: 'false' }),
		/^'Validate Before Publishing' must be a boolean/,
	],
])('%s rejects %s before any request', async (operation, _, changes, message) => {
	expectInvalid(await runOperation(findOperation(operation), changes), message);
});

test('a flow can be identified by its URL in WhatsApp Manager', async () => {
	const value = `https://business.facebook.com/wa/manage/flows/${DRAFT}/`;
	const { main } = await run('get', { flowId: { __rl: true, mode: 'url', value } });
	expect(toJson(main)[0]?.['id']).toBe(DRAFT);
});

test('an item with invalid input does not stop the next item on Continue', async () => {
	const items = [{ id: '..' }, { id: DRAFT }];
	const onError = 'continueRegularOutput';
	const { main } = await runOnFlow('get', '={{ $json.id }}', {}, { items, onError });
	expect(toJson(main).map(({ error, id }) => error ?? id)).toEqual([
		"'Flow ID' isn't a valid ID: \"..\"",
		DRAFT,
	]);
});

test.each<[string, object, RegExp]>([
	['an empty API key', { apiKey: ' ' }, /API Key.* is empty$/],
	['an API key with "Bearer"', { apiKey: 'Bearer x' }, /API Key.* space/],
	['an empty account ID', { accountId: '' }, /Account ID.* is empty$/],
	['a name as account ID', { accountId: 'my-account' }, /isn't a valid account ID$/],
	['an account ID of 33 digits', { accountId: 'a'.repeat(33) }, /isn't a valid account ID$/],
	[
		'a letter above f in the account ID',
		{ accountId: 'g'.repeat(32) },
		/isn't a valid account ID$/,
	],
	['an unknown region', { region: 'mars' }, /isn't a known region: "mars"$/],
	['an empty API domain', { apiDomain: '' }, /API Domain.* is empty$/],
	['a public http domain', { apiDomain: 'http://a.example' }, /must start with https:\/\//],
])('a credential with %s is rejected before any request', async (_, changes, message) => {
	harness.credential = { ...mockApi.credential, ...changes };
	expectInvalid(await runOnFlow('get', DRAFT), message);
});
