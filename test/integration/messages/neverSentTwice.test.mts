import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { expectedCause } from '../failure.mts';
import { KALEYRA_FAULTS } from '../../mock-api/errors.mts';
import type { Scripted } from '../../mock-api/KaleyraMock.mts';
import { findClosedOrigin, harness, mockApi, setUp, toJson } from '../setup.mts';
import { sendFlow, sendTemplate } from './setup.mts';

setUp();

const OPERATIONS = [
	['Send Flow', sendFlow],
	['Send Flow Template', sendTemplate],
] as const;

describe.each(OPERATIONS)('%s', (_, send) => {
	const INDETERMINATE: [string, Scripted, IDataObject][] = [
		['a reset connection', { fault: 'reset', applyFirst: true }, {}],
		['a reset connection, not accepted', { fault: 'reset' }, {}],
		['a timeout', { fault: 'silence', applyFirst: true }, { timeout: 1 }],
		['a truncated response', { fault: 'truncated', applyFirst: true }, {}],
		['a gateway’s HTML page', { status: 504, body: '<html>', applyFirst: true }, {}],
		['an empty 200', { status: 200, body: '', applyFirst: true }, {}],
		['a 200 with null', { status: 200, body: 'null', applyFirst: true }, {}],
		['a 200 without an ID and code', { status: 200, body: {}, applyFirst: true }, {}],
		['WA-500', { ...KALEYRA_FAULTS['WA-500 internal error'], applyFirst: true }, {}],
		['WA-500 with 200', KALEYRA_FAULTS['WA-500 with status 200 after the write was applied']!, {}],
		['WA-500 with 400', KALEYRA_FAULTS['WA-500 with status 400 after the write was applied']!, {}],
		['a 408', { status: 408, body: '' }, {}],
	];
	test.each(INDETERMINATE)(
		'is sent once and reported as unknown after %s',
		async (_, fault, options) => {
			mockApi.settings.always = () => fault;
			const { error } = await send(options);
			expect(error?.description).toMatch(/^It's unknown whether the message was sent/);
			expect(mockApi.requests).toHaveLength(1);
		},
	);

	test('says where to look for it after a reset connection', async () => {
		mockApi.settings.always = () => ({ fault: 'reset' });
		expect((await send()).error?.description).toBe(
			"It's unknown whether the message was sent, so the node didn't send it again. Look for it in Kaleyra's message logs before you send it again. (ECONNRESET)",
		);
	});

	test('names Kaleyra’s advice for WA500', async () => {
		mockApi.settings.always = () => KALEYRA_FAULTS['WA-500 internal error'];
		const { error } = await send();
		expect(error?.description).toContain('up to 3 times, after 5, 10, and 15 minutes');
	});

	test.each([
		['E110 balance', 'Insufficient balance', /Top up the account/, 'quota-exhausted'],
		['WAV2101 daily limit', 'Daily limit reached', /tomorrow/, 'quota-exhausted'],
		[
			'WA-400 incorrect payload',
			'Refer to correct payload format',
			/Check the phone numbers/,
			'configuration-invalid',
		],
		[
			'WA401 number not configured',
			'The number is not configured for this account.',
			/'From' is a number of this account/,
			'configuration-invalid',
		],
		['RBC001 incorrect key', 'Incorrect SID or API key.', /SID, API key/, 'credential-invalid'],
	])('is sent once and not accepted with %s', async (fault, message, description, cause) => {
		mockApi.settings.always = () => KALEYRA_FAULTS[fault];
		const { error } = await send();
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(description);
		expect(error?.description).not.toMatch(/unknown/);
		expect(error?.failure?.cause).toBe(expectedCause(cause));
		expect(mockApi.requests).toHaveLength(1);
	});

	test('is sent again after a rate limit', async () => {
		mockApi.settings.script = [() => ({ status: 429, headers: { 'retry-after': '0' } })];
		const { main } = await send();
		expect(toJson(main)).toEqual([expect.objectContaining({ accepted: true })]);
		expect(mockApi.messages).toHaveLength(1);
	});

	test('fails before sending when n8n would repeat it, with Retry On Fail', async () => {
		const { error } = await send({}, {}, { node: { retryOnFail: true, waitBetweenTries: 0 } });
		expect(error?.message).toMatch(/^'Retry On Fail' is on/);
		expect(mockApi.requests).toEqual([]);
	});

	test('is retried when the connection is refused', async () => {
		harness.credential = { ...harness.credential, apiDomain: await findClosedOrigin() };
		const { error } = await send({ maxRetries: 1 });
		expect(error?.message).toBe('Connection refused');
		expect(error?.description).not.toMatch(/unknown/);
	});

	test.each([
		[{ messages: [{ id: 'wamid.1' }] }, 'wamid.1'],
		[{ code: 'WA200', data: { id: 'abc' } }, 'abc'],
		[{ code: 'WA200', data: [{ message_id: 'abc' }] }, 'abc'],
		[{ code: 'WA200', data: { message_id: '', id: 'abc' } }, 'abc'],
		[{ code: 'WA200', message_id: 'abc' }, 'abc'],
		[{ id: 'abc' }, 'abc'],
		[{ success: true }, ''],
		[{ code: 'WA200', data: {} }, ''],
	])('is accepted with the response %j', async (body, id) => {
		mockApi.settings.script = [() => ({ status: 200, body })];
		const { main } = await send();
		expect(toJson(main)).toEqual([
			expect.objectContaining({ message_id: id, accepted: true, api_response: body }),
		]);
	});
});

describe('Messages to several customers', () => {
	const items = ['+919876543210', '+910', '+919876543211'].map((to) => ({ to }));
	const toEach = { to: '={{ $json.to }}' };

	test('are output in the order of the items, with failed ones in their place', async () => {
		const run = { items, onError: 'continueRegularOutput' as const };
		const { main } = await sendFlow({ concurrency: 3 }, toEach, run);
		expect(toJson(main).map(({ to, error }) => to ?? error)).toEqual([
			'+919876543210',
			expect.stringContaining("'To' isn't a phone number"),
			'+919876543211',
		]);
		expect(main.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	test('stop at the first that fails, and the error names those that were sent', async () => {
		const { error } = await sendFlow({}, toEach, { items });
		expect(error?.description).toContain('Succeeded: item 0');
		expect(error?.description).toContain('Not started: 1 more.');
		expect(mockApi.messages).toHaveLength(1);
	});

	test('are not sent after a rate limit of more than a minute', async () => {
		const headers = { 'retry-after': '600' };
		mockApi.settings.always = () => ({ status: 429, headers });
		const run = { items, onError: 'continueRegularOutput' as const };
		const { main } = await sendFlow({}, { to: '+919876543210' }, run);
		expect(toJson(main).map(({ error }) => error)).toEqual(Array(3).fill(expect.any(String)));
		expect(mockApi.requests).toHaveLength(1);
	});
});
