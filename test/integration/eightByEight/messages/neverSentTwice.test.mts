import type { IDataObject, JsonObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { FAULTS } from '../../../mock-api/eightByEight/errors.mts';
import * as samples from '../../../mock-api/eightByEight/samples.mts';
import type { Scripted } from '../../../mock-api/faults.mts';
import { expectedCause } from '../../failure.mts';
import { harness, mockApi, setUp, toJson } from '../setup.mts';
import { findClosedOrigin } from '../../setup.mts';
import { sendFlow, sendTemplate } from './setup.mts';

setUp();

type Rejected = [
	name: string,
	fault: Scripted,
	message: RegExp,
	description: RegExp,
	cause: string | undefined,
];

const OPERATIONS = [
	['Send Flow on 8x8', sendFlow],
	['Send Flow Template on 8x8', sendTemplate],
] as const;

/** A 200 with 8x8's status of a message. */
const createStatus = (status: JsonObject): Scripted => ({
	status: 200,
	body: { umid: 'u', user: {}, status },
});
const { status: REJECTED } = JSON.parse(samples.REJECTED);

const createError = (status: number, code: number, message: string): Scripted => ({
	status,
	body: { code, message, errorId: 'e', timestamp: 't' },
});

describe.each(OPERATIONS)('%s', (_, send) => {
	const INDETERMINATE: [string, Scripted, IDataObject][] = [
		['a reset connection', { fault: 'reset', applyFirst: true }, {}],
		['a reset connection, not accepted', { fault: 'reset' }, {}],
		['a timeout', { fault: 'silence', applyFirst: true }, { timeout: 1 }],
		['a truncated response', { fault: 'truncated', applyFirst: true }, {}],
		['a gateway’s HTML page', { status: 504, body: '<html>', applyFirst: true }, {}],
		['an empty 200', { status: 200, body: '', applyFirst: true }, {}],
		['a 200 without a umid', { status: 200, body: { user: {} }, applyFirst: true }, {}],
		['code 2000', FAULTS['2000 after the write was applied']!, {}],
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

	test.each<Rejected>([
		[
			'a wrong number',
			FAULTS['1002 invalid format']!,
			/^Invalid MSISDN/,
			/^Enter 'To' with its country code/,
			'configuration-invalid',
		],
		[
			'a wrong subaccount',
			FAULTS['1001 wrong account with status 400']!,
			/^Provided subAccountId/,
			/^Check the subaccount ID/,
			'configuration-invalid',
		],
		[
			'a wrong API key',
			FAULTS['1200 not authenticated']!,
			/^Request was not/,
			/API key/,
			'credential-invalid',
		],
		[
			'an unknown template',
			createError(400, 3038, 'Template not found'),
			/^Template not found/,
			/name and the language of the template/,
			'configuration-invalid',
		],
		[
			'the status failed',
			createStatus({ state: 'failed', errorCode: 15, errorMessage: 'Invalid destination' }),
			/^Invalid destination$/,
			/\(status failed, code 15, HTTP 200\)/,
			undefined,
		],
		[
			'the status rejected',
			createStatus(REJECTED),
			/^Template not found/,
			/name and the language of the template.*\(status rejected, code 3038, HTTP 200\)/,
			'configuration-invalid',
		],
		[
			'the status rejected without a code',
			createStatus({ state: 'rejected' }),
			/^The request was rejected$/,
			/\(status rejected, HTTP 200\)/,
			undefined,
		],
		[
			'an unknown status and an error code',
			createStatus({ state: 'declined', errorCode: 3038 }),
			/^The template was not found$/,
			/\(status declined, code 3038, HTTP 200\)/,
			'configuration-invalid',
		],
		...[
			createError(400, 1008, 'Invalid ID'),
			createError(404, 1300, 'Not found'),
			createError(404, 9999, 'Something new'),
			{ status: 404, body: '<html>' },
		].map(
			(fault): Rejected => [
				`an ID that is wrong: ${JSON.stringify(fault)}`,
				fault,
				/./,
				/^Check 'Subaccount ID' in the node or in the credential, the flow, and 'Reply To'/,
				'configuration-invalid',
			],
		),
		[
			'a conflict',
			{ status: 409, body: '' },
			/^8x8 reported a conflict$/,
			/^8x8 doesn't document this response for messages/,
			'configuration-invalid',
		],
	])('is sent once and not accepted with %s', async (_, fault, message, description, cause) => {
		mockApi.settings.always = () => fault;
		const { error } = await send();
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
		expect(error?.description).not.toMatch(/unknown/);
		expect(error?.failure?.cause).toBe(expectedCause(cause));
		expect(mockApi.requests).toHaveLength(1);
	});

	test.each<[JsonObject]>([
		[{ state: 'declined' }],
		[{ state: 'declined', errorCode: 0 }],
		[{ state: 'sent', errorCode: 15 }],
	])('is accepted with the status %j', async (status) => {
		mockApi.settings.always = () => createStatus(status);
		expect(toJson((await send()).main)).toMatchObject([{ message_id: 'u', accepted: true }]);
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

	test('shows neither the API key nor the account ID in an error', async () => {
		const { apiKey, accountId } = mockApi.credential;
		mockApi.settings.always = () => createError(400, 1000, `No ${apiKey} in ${accountId}`);
		const { error } = await send();
		expect(error?.message).toBe('No [hidden] in [hidden]');
	});
});

test('Failed 8x8 messages are in the place of their item', async () => {
	const items = ['+6591234567', '+650', '+6591234568'].map((to) => ({ to }));
	const run = { items, onError: 'continueRegularOutput' as const };
	const { main } = await sendFlow({ concurrency: 3 }, { to: '={{ $json.to }}' }, run);
	expect(toJson(main).map(({ to, error }) => to ?? error)).toEqual([
		'+6591234567',
		expect.stringContaining("'To' isn't a phone number"),
		'+6591234568',
	]);
});
