import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { withFailure } from './failure.mts';
import type { Result } from './n8nHarness.mts';
import { OPERATIONS, runOperation, toRows } from './operations.mts';
import {
	DRAFT,
	findClosedOrigin,
	harness,
	get,
	getRequests,
	publish,
	mockApi,
	setUp,
	toItems,
	toJson,
} from './setup.mts';

setUp();

const NO_RETRIES = { options: { maxRetries: 0 } };
const ONE_RETRY = { options: { maxRetries: 1 } };

describe('API errors', () => {
	test('have Kaleyra’s message, a description, and no retry when the key is wrong', async () => {
		mockApi.account.apiKey = 'another';
		const { error } = await get(DRAFT);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'Incorrect SID or API key.',
			description:
				'Open the Kaleyra credential and check the SID, API key, and pod. Edit API Key in the Kaleyra console shows all three. (code RBC001, HTTP 401)',
			httpCode: '401',
			...withFailure('credential-invalid'),
			context: { itemIndex: 0, data: { response: { code: 'RBC001', data: [] } } },
		});
		expect(getRequests()).toHaveLength(1);
	});

	test.each(toRows(OPERATIONS))(
		'are reported by %s from its own endpoint',
		async (_, operation) => {
			const { operationId } = operation;
			mockApi.settings.faultPlan = [{ operationId, fault: 'RBC001 incorrect key' }];
			const { error } = await runOperation(operation, [DRAFT]);
			expect(error).toMatchObject({ message: 'Incorrect SID or API key.', httpCode: '401' });
			const isWrite = mockApi.requests.at(-1)?.method !== 'GET';
			expect(isWrite).toBe(operation.writes);
		},
	);

	test.each([
		['getMany', /^Check the WABA ID and the names in 'Fields'/],
		['get', /^Check the flow ID and the names in 'Fields'/],
		['create', /^Check the name and the categories/],
		['updateMetadata', /^Most likely, another flow of this WABA is named/],
		['updateJson', /^Check the flow ID and the flow's status/],
		['getJson', /^Check the flow ID\. Kaleyra doesn't say/],
		['publish', /^Only drafts can be published, and only without validation errors/],
		['deprecate', /^Only published, throttled, and blocked flows can be deprecated/],
		['delete', /^Only drafts can be deleted/],
		['migrate', /^Check both WABA IDs/],
	])('with WA-400 have a description for %s', async (name, description) => {
		const operation = OPERATIONS.find((each) => each.name === name)!;
		const { operationId } = operation;
		mockApi.settings.faultPlan = [{ operationId, fault: 'WA-400 incorrect payload' }];
		const { error } = await runOperation(operation, [DRAFT]);
		expect(error?.message).toBe('Refer to correct payload format');
		expect(error?.description).toMatch(description);
		expect(error?.description).toMatch(/\(code WA-400, HTTP 400\)$/);
	});

	test('for the wrong account first suggest to check the credential', async () => {
		mockApi.account.enabled = false;
		const { error } = await publish(DRAFT);
		expect(error?.description).toMatch(
			/^Wrong account: check that the right credential is selected\..*Kaleyra support/,
		);
	});

	test('keep a message that contains an error code as part of a word', async () => {
		const message = 'The deletePermission of this app is missing';
		mockApi.settings.always = () => ({ status: 400, body: { code: 'WA-400', message } });
		expect((await get(DRAFT)).error?.message).toBe(message);
	});

	test.each([
		[400, 'WA-400'],
		[500, 'WA-401'],
		[403, 'WA-403'],
		[404, 'WA-404'],
	])('with HTTP %i and code %s are not retried', async (status, code) => {
		const error = { flow_id: 'no' };
		mockApi.settings.always = () => ({ status, body: { code, message: 'No', data: {}, error } });
		expect((await get(DRAFT)).error?.message).toBe('No');
		expect(getRequests()).toHaveLength(1);
	});
});

describe('Reads', () => {
	test.each<[string, object]>([
		['an internal error', { status: 500, body: { code: 'WA-500', message: 'Later' } }],
		['an overloaded gateway', { status: 503, body: '<html>' }],
		['a dropped connection', { fault: 'reset' }],
	])('are retried after %s', async (_, scripted) => {
		mockApi.settings.script = [() => scripted];
		expect(toJson((await get(DRAFT, ONE_RETRY)).main)[0]?.['id']).toBe(DRAFT);
		expect(getRequests()).toHaveLength(2);
	});

	test('are retried after the timeout set in the options', async () => {
		mockApi.settings.script = [() => ({ fault: 'silence' })];
		const start = Date.now();
		const { main } = await get(DRAFT, { options: { maxRetries: 1, timeout: 1 } });
		expect(main).toHaveLength(1);
		expect(Date.now() - start).toBeGreaterThan(1_000);
		// The default timeout is 30 seconds.
		expect(Date.now() - start).toBeLessThan(15_000);
	});

	test('fail when the retries are exhausted', async () => {
		mockApi.settings.always = () => ({ status: 503, body: '' });
		const { error } = await get(DRAFT, ONE_RETRY);
		expect(error).toMatchObject({
			message: 'Server error from Kaleyra or a server in between',
			httpCode: '503',
			...withFailure('temporarily-unavailable'),
		});
		expect(getRequests()).toHaveLength(2);
	});

	test('are not retried after a server error that asks to wait ten minutes', async () => {
		mockApi.settings.always = () => ({ status: 503, headers: { 'retry-after': '600' } });
		const { error } = await get(DRAFT, ONE_RETRY);
		expect(error?.httpCode).toBe('503');
		expect(getRequests()).toHaveLength(1);
	});

	test('are sent once when Max Retries is 0', async () => {
		mockApi.settings.always = () => ({ status: 503, body: '' });
		await get(DRAFT, NO_RETRIES);
		expect(getRequests()).toHaveLength(1);
	});

	test('name the API Domain in the error when the connection is refused', async () => {
		harness.credential = { ...harness.credential, apiDomain: await findClosedOrigin() };
		const { error } = await get(DRAFT, NO_RETRIES);
		expect(error).toMatchObject({
			message: 'Connection refused',
			httpCode: 'ECONNREFUSED',
		});
		expect(error?.description).toContain('API Domain in the credential');
	});

	test('name the API Domain in the error when the host does not exist', async () => {
		harness.credential = { ...harness.credential, apiDomain: 'https://kaleyra.invalid' };
		const { error } = await get(DRAFT, NO_RETRIES);
		expect(error?.description).toContain('API Domain in the credential');
	});

	test('keep all digits of a long numeric ID', async () => {
		mockApi.settings.script = [() => ({ body: '{"id":90071992547409931234,"name":"a"}' })];
		expect(toJson((await get('90071992547409931234')).main)).toEqual([
			{ id: '90071992547409931234', name: 'a' },
		]);
	});
});

describe('Rate limits', () => {
	test('delay the retry by Retry-After', async () => {
		mockApi.settings.script = [() => ({ status: 429, headers: { 'retry-after': '1' } })];
		expect((await get(DRAFT, ONE_RETRY)).main).toHaveLength(1);
		const [first, second] = mockApi.requests.map(({ at }) => at);
		expect(second! - first!).toBeGreaterThanOrEqual(1_000);
	});

	test('pause the requests of the other items', async () => {
		mockApi.settings.script = [() => ({ status: 429, headers: { 'retry-after': '1' } })];
		mockApi.settings.delay = 50;
		const items = toItems(...mockApi.flows.slice(0, 6).map(({ id }) => id));
		const options = { concurrency: 2, maxRetries: 1 };
		await get('={{ $json.id }}', { options }, { items });
		const [first] = mockApi.requests.map(({ at }) => at);
		const early = mockApi.requests.filter(({ at }) => at - first! < 900);
		expect(early.length).toBeLessThanOrEqual(3);
		expect(mockApi.requests).toHaveLength(7);
	});

	test('fail at once with the time to retry when Retry-After is ten minutes', async () => {
		mockApi.settings.always = () => ({ status: 429, headers: { 'retry-after': '600' } });
		const { error } = await get(DRAFT);
		expect(error).toMatchObject({
			message: 'Too many requests',
			httpCode: '429',
			...withFailure('rate-limited', { retryAfterMs: 600_000 }),
		});
		expect(error?.description).toContain('Try again in 10 minutes.');
		expect(getRequests()).toHaveLength(1);
	});
});

/** Starts a second web server, which records the requests that it receives. */
async function startOtherHost(): Promise<{
	origin: string;
	received: string[];
	stop: () => void;
}> {
	const received: string[] = [];
	const server = createServer((request, response) => {
		received.push(`${request.method} ${request.url} ${String(request.headers['api-key'])}`);
		response.end('{"id":"1"}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { origin: `http://127.0.0.1:${port}`, received, stop: () => server.close() };
}

describe('Redirects', () => {
	test.each(toRows(OPERATIONS))('are not followed by %s', async (_, operation) => {
		const { origin, received, stop } = await startOtherHost();
		for (const status of [301, 302, 307, 308]) {
			mockApi.requests = [];
			mockApi.settings.always = () => ({ status, headers: { location: `${origin}/caught` } });
			const { error } = await runOperation(operation, [DRAFT], {
				// So that the first request of Publish is its POST.
				options: { validateBeforePublishing: false },
			});
			expect(error?.message).toBe('The server responded with a redirect');
			expect(getRequests()).toHaveLength(1);
		}
		stop();
		expect(received).toEqual([]);
	});

	test('are not followed by the credential test', async () => {
		const { origin, received, stop } = await startOtherHost();
		mockApi.settings.always = () => ({ status: 302, headers: { location: `${origin}/caught` } });
		expect(await harness.testCredential()).toMatchObject({ status: 'Error' });
		stop();
		expect(received).toEqual([]);
	});
});

describe('Secrets', () => {
	/** A body that repeats the API key and the SID in every place. */
	const createEcho = () => {
		const { sid, apiKey } = mockApi.account;
		return {
			code: 'WA-400',
			message: `The key ${apiKey} of ${sid} may not do this`,
			data: { [sid]: [apiKey], url: `/v2/${sid}/x?key=${encodeURIComponent(apiKey)}` },
			error: { [apiKey]: sid },
		};
	};
	/** Everything about an error that n8n, a log or an AI agent may show. */
	const getVisibleText = ({ error, run, hints }: Result) =>
		[
			inspect(error, { depth: 10, showHidden: true }),
			JSON.stringify(error),
			error?.message,
			error?.description,
			JSON.stringify(error?.context),
			error?.stack,
			String(error?.cause),
			JSON.stringify(run),
			...hints,
		].join('\n');
	const expectNoSecrets = (text: string) => {
		const { sid, apiKey } = mockApi.account;
		expect([text.includes(apiKey), text.includes(sid)]).toEqual([false, false]);
	};

	test.each([
		['an API error', 400],
		['a server error', 500],
		['a response with status 200 and an error code', 200],
	])('are hidden in an error from %s that contains them', async (_, status) => {
		mockApi.settings.always = () => ({ status, body: createEcho() });
		for (const onError of [undefined, 'continueRegularOutput', 'continueErrorOutput'] as const) {
			const result = await get(DRAFT, NO_RETRIES, { ...(onError && { onError }) });
			expect(getVisibleText(result)).toContain('[hidden]');
			expectNoSecrets(getVisibleText(result));
		}
	});

	test('are hidden in an error from an HTML page that contains them', async () => {
		const body = `<html>${JSON.stringify(createEcho())}`;
		mockApi.settings.always = () => ({ status: 502, body });
		const result = await get(DRAFT, NO_RETRIES);
		expect(result.error?.httpCode).toBe('502');
		expect(getVisibleText(result)).toContain('<html>');
		expect(getVisibleText(result)).toContain('[hidden]');
		expectNoSecrets(getVisibleText(result));
	});

	test.each([
		['a dropped connection', 'reset', /^ECONNRESET$/],
		['a timeout', 'silence', /^(ECONNABORTED|ETIMEDOUT)$/],
	] as const)('are not part of an error from %s', async (_, fault, code) => {
		mockApi.settings.always = () => ({ fault });
		const result = await get(DRAFT, { options: { maxRetries: 0, timeout: 1 } });
		expect(result.error?.httpCode).toMatch(code);
		expectNoSecrets(getVisibleText(result));
	});

	test('are hidden in the error of a write with an unknown outcome', async () => {
		mockApi.settings.always = ({ method }) =>
			method === 'POST'
				? { status: 500, body: { ...createEcho(), code: 'WA-500' } }
				: { status: 400, body: createEcho() };
		const result = await publish(DRAFT, { validateBeforePublishing: false, maxRetries: 0 });
		expect(result.error?.description).toContain("It's unknown");
		expect(getVisibleText(result)).toContain('[hidden]');
		expectNoSecrets(getVisibleText(result));
	});

	test('are not part of an error from an unreachable host', async () => {
		harness.credential = { ...harness.credential, apiDomain: await findClosedOrigin() };
		const result = await get(DRAFT, NO_RETRIES);
		expect(result.error?.httpCode).toBe('ECONNREFUSED');
		expectNoSecrets(getVisibleText(result));
	});

	test('are not shown when the API Domain contains them', async () => {
		const { sid, apiKey } = mockApi.account;
		const apiDomain = `https://api.in.kaleyra.io/v2/${sid}?api-key=${apiKey}`;
		harness.credential = { ...harness.credential, apiDomain };
		const result = await get(DRAFT);
		expect(result.error?.message).toContain("isn't a host");
		expectNoSecrets(getVisibleText(result));
		expectNoSecrets(JSON.stringify(await harness.testCredential()));
	});
});
