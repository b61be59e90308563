import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Result } from './n8nHarness.mts';
import {
	closedOrigin,
	DRAFT,
	harness,
	get,
	getMany,
	itemsOf,
	jsonOf,
	publish,
	mockApi,
	sent,
	setUp,
	update,
} from './setup.mts';

setUp();

const ONCE = { options: { maxRetries: 0 } };
const TWICE = { options: { maxRetries: 1 } };

describe('A refusal', () => {
	test('of a wrong key is told in Kaleyra’s words, with the next step, and asked once', async () => {
		mockApi.account.apiKey = 'another';
		const { error } = await get(DRAFT);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'Incorrect SID or API key.',
			description:
				'Open the Kaleyra credential and check SID, API key and pod: they belong together. In the Kaleyra console, Edit API Key shows all three. (code RBC001, HTTP 401)',
			httpCode: '401',
			failure: { cause: 'credential-invalid' },
			context: { itemIndex: 0, data: { response: { code: 'RBC001', data: [] } } },
		});
		expect(sent()).toHaveLength(1);
	});

	test('that contains an errno inside a word keeps its text', async () => {
		const message = 'The deletePermission of this app is missing';
		mockApi.settings.always = () => ({ status: 400, body: { code: 'WA-400', message } });
		expect((await get(DRAFT)).error?.message).toBe(message);
	});

	test.each([
		[400, 'WA-400'],
		[500, 'WA-401'],
		[403, 'WA-403'],
		[404, 'WA-404'],
	])('with HTTP %i and code %s is not asked again', async (status, code) => {
		const error = { flow_id: 'no' };
		mockApi.settings.always = () => ({ status, body: { code, message: 'No', data: {}, error } });
		expect((await get(DRAFT)).error?.message).toBe('No');
		expect(sent()).toHaveLength(1);
	});
});

describe('A read', () => {
	test.each<[string, object]>([
		['an internal error', { status: 500, body: { code: 'WA-500', message: 'Later' } }],
		['an overloaded gateway', { status: 503, body: '<html>' }],
		['a broken connection', { fault: 'reset' }],
	])('is tried again after %s', async (_, scripted) => {
		mockApi.settings.script = [() => scripted];
		expect(jsonOf((await get(DRAFT, TWICE)).main)[0]?.['id']).toBe(DRAFT);
		expect(sent()).toHaveLength(2);
	});

	test('is tried again after a timeout, as long as the option says', async () => {
		mockApi.settings.script = [() => ({ fault: 'silence' })];
		const begun = Date.now();
		const { main } = await get(DRAFT, { options: { maxRetries: 1, timeout: 1 } });
		expect(main).toHaveLength(1);
		expect(Date.now() - begun).toBeGreaterThan(1_000);
		expect(Date.now() - begun).toBeLessThan(3_000);
	});

	test('is given up when the tries are used up', async () => {
		mockApi.settings.always = () => ({ status: 503, body: '' });
		const { error } = await get(DRAFT, TWICE);
		expect(error).toMatchObject({
			message: 'Kaleyra, or something on the way to it, had a fault',
			httpCode: '503',
			failure: { cause: 'temporarily-unavailable' },
		});
		expect(sent()).toHaveLength(2);
	});

	test('is sent once with no retries', async () => {
		mockApi.settings.always = () => ({ status: 503, body: '' });
		await get(DRAFT, ONCE);
		expect(sent()).toHaveLength(1);
	});

	test('of a host at which nothing listens says where to look', async () => {
		harness.credential = { ...harness.credential, apiDomain: await closedOrigin() };
		const { error } = await get(DRAFT, ONCE);
		expect(error).toMatchObject({
			message: 'Nothing listens at the address of Kaleyra',
			httpCode: 'ECONNREFUSED',
		});
		expect(error?.description).toContain('API Domain of the credential');
	});

	test('of a host that does not exist says where to look', async () => {
		harness.credential = { ...harness.credential, apiDomain: 'https://kaleyra.invalid' };
		const { error } = await get(DRAFT, ONCE);
		expect(error?.description).toContain('API Domain of the credential');
	});

	test('of an ID that comes as a long number keeps its digits', async () => {
		mockApi.settings.script = [() => ({ body: '{"id":90071992547409931234,"name":"a"}' })];
		expect(jsonOf((await get('90071992547409931234')).main)).toEqual([
			{ id: '90071992547409931234', name: 'a' },
		]);
	});
});

describe('Too many requests', () => {
	test('are followed by the pause that is asked for', async () => {
		mockApi.settings.script = [() => ({ status: 429, headers: { 'retry-after': '1' } })];
		expect((await get(DRAFT, TWICE)).main).toHaveLength(1);
		const [first, second] = mockApi.requests.map(({ at }) => at);
		expect(second! - first!).toBeGreaterThanOrEqual(1_000);
	});

	test('hold back the other items too', async () => {
		mockApi.settings.script = [() => ({ status: 429, headers: { 'retry-after': '1' } })];
		mockApi.settings.delay = 50;
		const items = itemsOf(...mockApi.flows.slice(0, 6).map(({ id }) => id));
		const options = { concurrency: 2, maxRetries: 1 };
		await get('={{ $json.id }}', { options }, { items });
		const [first] = mockApi.requests.map(({ at }) => at);
		const early = mockApi.requests.filter(({ at }) => at - first! < 900);
		expect(early.length).toBeLessThanOrEqual(3);
		expect(mockApi.requests).toHaveLength(7);
	});

	test('that ask for ten minutes are not sat out: the error says when to come back', async () => {
		mockApi.settings.always = () => ({ status: 429, headers: { 'retry-after': '600' } });
		const begun = Date.now();
		const { error } = await get(DRAFT);
		expect(Date.now() - begun).toBeLessThan(2_000);
		expect(error).toMatchObject({
			message: 'Too many requests',
			httpCode: '429',
			failure: { cause: 'rate-limited', retryAfterMs: 600_000 },
		});
		expect(error?.description).toContain('Come back in 10 minutes.');
		expect(sent()).toHaveLength(1);
	});
});

/** A second web server, and every request that it got. */
async function elsewhere(): Promise<{ origin: string; got: string[]; stop: () => void }> {
	const got: string[] = [];
	const server = createServer((request, response) => {
		got.push(`${request.method} ${request.url} ${String(request.headers['api-key'])}`);
		response.end('{"id":"1"}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { origin: `http://127.0.0.1:${port}`, got, stop: () => server.close() };
}

describe('A redirect', () => {
	const OPERATIONS: [string, () => Promise<Result>][] = [
		['Get', async () => await get(DRAFT)],
		['Get Many', async () => await getMany()],
		['Publish', async () => await publish(DRAFT, { validateBeforePublishing: false })],
		['Update Metadata', async () => await update(DRAFT, { name: 'New' })],
	];
	test.each(OPERATIONS)(
		'is not followed by %s, because the key would go with it',
		async (_, run) => {
			const { origin, got, stop } = await elsewhere();
			for (const status of [301, 302, 307, 308]) {
				mockApi.requests = [];
				mockApi.settings.always = () => ({ status, headers: { location: `${origin}/caught` } });
				const { error } = await run();
				expect(error?.message).toBe('The address answered with a redirect');
				expect(sent()).toHaveLength(1);
			}
			stop();
			expect(got).toEqual([]);
		},
	);

	test('is not followed by the test of the credential', async () => {
		const { origin, got, stop } = await elsewhere();
		mockApi.settings.always = () => ({ status: 302, headers: { location: `${origin}/caught` } });
		expect(await harness.testCredential()).toMatchObject({ status: 'Error' });
		stop();
		expect(got).toEqual([]);
	});
});

describe('Neither key nor SID is in anything that is shown', () => {
	const echo = () => {
		const { sid, apiKey } = mockApi.account;
		return {
			code: 'WA-400',
			message: `The key ${apiKey} of ${sid} may not do this`,
			data: { [sid]: [apiKey], url: `/v2/${sid}/x?key=${encodeURIComponent(apiKey)}` },
			error: { [apiKey]: sid },
		};
	};
	/** Everything of an error that n8n, a log or an agent may show. */
	const everything = ({ error, run, hints }: Result) =>
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
	const redactSecrets = (text: string) => {
		const { sid, apiKey } = mockApi.account;
		expect([text.includes(apiKey), text.includes(sid)]).toEqual([false, false]);
	};

	test.each<[string, object]>([
		['a refusal that repeats both', { status: 400 }],
		['a fault that repeats both', { status: 500 }],
		['a success that is none', { status: 200 }],
	])('after %s', async (_, { status }: { status?: number }) => {
		mockApi.settings.always = () => ({ status: status!, body: echo() });
		for (const onError of [undefined, 'continueRegularOutput', 'continueErrorOutput'] as const) {
			const result = await get(DRAFT, ONCE, { ...(onError && { onError }) });
			expect(everything(result)).toContain('[hidden]');
			redactSecrets(everything(result));
		}
	});

	test('after a web page that repeats both', async () => {
		mockApi.settings.always = () => ({ status: 502, body: `<html>${JSON.stringify(echo())}` });
		redactSecrets(everything(await get(DRAFT, ONCE)));
	});

	test.each<[string, object]>([
		['a broken connection', { fault: 'reset' }],
		['networkError', { fault: 'silence' }],
	])('after %s', async (_, scripted) => {
		mockApi.settings.always = () => scripted;
		redactSecrets(everything(await get(DRAFT, { options: { maxRetries: 0, timeout: 1 } })));
	});

	test('after a write whose outcome is not known', async () => {
		mockApi.settings.always = ({ method }) =>
			method === 'POST'
				? { status: 500, body: { ...echo(), code: 'WA-500' } }
				: { status: 400, body: echo() };
		const result = await publish(DRAFT, { validateBeforePublishing: false, maxRetries: 0 });
		expect(result.error?.description).toContain('not known');
		redactSecrets(everything(result));
	});

	test('where the host cannot be reached', async () => {
		harness.credential = { ...harness.credential, apiDomain: await closedOrigin() };
		redactSecrets(everything(await get(DRAFT, ONCE)));
	});

	test('where the API Domain was pasted with them in it', async () => {
		const { sid, apiKey } = mockApi.account;
		const apiDomain = `https://api.in.kaleyra.io/v2/${sid}?api-key=${apiKey}`;
		harness.credential = { ...harness.credential, apiDomain };
		const result = await get(DRAFT);
		expect(result.error?.message).toContain('no plain host');
		redactSecrets(everything(result));
		redactSecrets(JSON.stringify(await harness.testCredential()));
	});
});
