import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { installOlderHosts } from '../../playground/install.mjs';
import { HostProcess } from '../hosts/HostProcess.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import type { RunOptions } from './n8nHarness.mts';
import { HELPERS } from './requestNode.mts';

const HOSTS: [string, string][] = [
	['n8n 1.123', 'n8n-core-1.122'],
	['n8n 2.0', 'n8n-core-2.0'],
	['the current n8n', 'n8n-core'],
];
const WABA = '102290129340398';
const DRAFT = '900000000000001';
const PUBLISHED = '900000000000002';
const UNKNOWN = '900000000000999';
const UNKNOWN_MESSAGE = 'The flow_id either does not exist or does not belong to the account.';
const UNKNOWN_DETAILS = {
	description: expect.stringContaining('(code WA-401, HTTP 500)'),
	httpCode: '500',
	response: {
		code: 'WA-401',
		message: UNKNOWN_MESSAGE,
		data: {},
		error: { flow_id: UNKNOWN_MESSAGE },
	},
};

let mockApi: KaleyraMock;
/** Another web server, and what it receives. */
let otherOrigin: string;
let received: string[];
const otherServer = createServer(({ url, headers }, response) => {
	received.push(`${url} ${JSON.stringify(headers)}`);
	response.end('{}');
});

beforeAll(async () => {
	await installOlderHosts();
	mockApi = await KaleyraMock.start();
	await new Promise<void>((resolve) => otherServer.listen(0, '127.0.0.1', resolve));
	otherOrigin = `http://127.0.0.1:${(otherServer.address() as AddressInfo).port}`;
}, 600_000);
beforeEach(() => {
	received = [];
});
afterAll(async () => {
	otherServer.close();
	await mockApi.stop();
});

describe.each(HOSTS)('In %s', (_, engine) => {
	let host: HostProcess;
	beforeAll(async () => {
		host = new HostProcess(engine);
		host.credential = mockApi.credential;
		// Loading an engine takes long on a busy machine.
		await host.testCredential();
	});
	beforeEach(() => {
		mockApi.reset();
		host.credential = mockApi.credential;
	});
	afterAll(() => host.stop());

	const get = async (
		ids: string[],
		options: RunOptions = {},
		parameters: IDataObject = {},
		cancelAfter?: number,
	) =>
		await host.run(
			{
				resource: 'flow',
				operation: 'get',
				flowId: { __rl: true, mode: 'id', value: '={{ $json.flow }}' },
				...parameters,
			},
			{ items: ids.map((flow, index) => ({ flow, row: index + 1 })), ...options },
			cancelAfter,
		);

	test('Get returns one item per input item, paired with it', async () => {
		const { main, status } = await get([PUBLISHED, DRAFT]);
		expect(status).toBe('success');
		expect(main.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual([
			[PUBLISHED, { item: 0 }],
			[DRAFT, { item: 1 }],
		]);
	});

	test('a failed item stops the workflow with the error of the API', async () => {
		const { main, error, status } = await get([DRAFT, UNKNOWN]);
		expect([main, status]).toEqual([[], 'error']);
		expect(error).toMatchObject({
			message: UNKNOWN_MESSAGE,
			description: UNKNOWN_DETAILS.description,
			httpCode: '500',
			context: { itemIndex: 1, data: { response: UNKNOWN_DETAILS.response } },
		});
	});

	test('a failed item has error and details on the regular output', async () => {
		const { main, status } = await get([DRAFT, UNKNOWN, PUBLISHED], {
			onError: 'continueRegularOutput',
		});
		expect(status).toBe('success');
		expect(main).toEqual([
			{ json: expect.objectContaining({ id: DRAFT }), pairedItem: { item: 0 } },
			{ json: { error: UNKNOWN_MESSAGE, details: UNKNOWN_DETAILS }, pairedItem: { item: 1 } },
			{ json: expect.objectContaining({ id: PUBLISHED }), pairedItem: { item: 2 } },
		]);
	});

	test('a failed item goes to the error output with the fields of its input item', async () => {
		const { main, errors, status } = await get([DRAFT, UNKNOWN, PUBLISHED], {
			onError: 'continueErrorOutput',
		});
		expect(status).toBe('success');
		expect(main.map(({ json, pairedItem }) => [json['id'], pairedItem])).toEqual([
			[DRAFT, { item: 0 }],
			[PUBLISHED, { item: 2 }],
		]);
		expect(errors).toEqual([
			{
				json: { flow: UNKNOWN, row: 2, error: UNKNOWN_MESSAGE, details: UNKNOWN_DETAILS },
				pairedItem: { item: 1 },
			},
		]);
	});

	test('an item with invalid input goes to the error output', async () => {
		const { errors } = await get([DRAFT, 'no ID'], { onError: 'continueErrorOutput' });
		expect(errors).toEqual([
			{
				json: {
					flow: 'no ID',
					row: 2,
					error: expect.stringContaining('Flow'),
					details: { description: expect.any(String) },
				},
				pairedItem: { item: 1 },
			},
		]);
	});

	test.each([undefined, 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'the stored execution has neither key nor SID nor request headers (On Error: %s)',
		async (onError) => {
			const { sid, apiKey } = mockApi.account;
			const body = { code: 'WA-400', message: `${apiKey} of ${sid}`, error: { [apiKey]: sid } };
			mockApi.settings.always = () => ({ status: 400, body });
			const { run } = await get([DRAFT], { ...(onError && { onError }) });
			const stored = JSON.stringify(run);
			expect(stored).toContain('[hidden] of [hidden]');
			const secrets = [sid, apiKey, 'api-key', 'headers'];
			expect(secrets.filter((secret) => stored.includes(secret))).toEqual([]);
		},
	);

	test('Get is sent again after a dropped connection', async () => {
		mockApi.settings.script = [() => ({ fault: 'reset' })];
		const { main } = await get([DRAFT], {}, { options: { maxRetries: 1 } });
		expect(main).toHaveLength(1);
		expect(mockApi.requests).toHaveLength(2);
	});

	test('Update JSON sends the documented form', async () => {
		const flowJson = JSON.stringify({ version: '7.1', screens: [], text: 'Grüße 👋' });
		const { error } = await host.run({
			resource: 'flow',
			operation: 'updateJson',
			flowId: { __rl: true, mode: 'id', value: DRAFT },
			flowJson,
		});
		expect(error).toBeUndefined();
		const json = Buffer.from(flowJson);
		const upload = mockApi.requests.find(({ method }) => method === 'POST');
		expect(upload?.parts).toEqual([
			{ name: 'file', filename: 'flow.json', contentType: 'application/json', content: json },
			{ name: 'name', content: Buffer.from('flow.json') },
			{ name: 'asset_type', content: Buffer.from('FLOW_JSON') },
		]);
		expect(upload?.headers['api-key']).toBe(mockApi.account.apiKey);
	});

	test('Download JSON follows a redirect to another host without the API key', async () => {
		const files = await mockApi.files.start();
		const location = await mockApi.files.serve('/moved', '{"moved":true}');
		files.files.set('/old', { status: 302, headers: { location } });
		const asset = { asset_type: 'FLOW_JSON', download_url: `${files.origin}/old` };
		mockApi.settings.always = () => ({ status: 200, body: { data: [asset] } });
		const { main } = await host.run({
			resource: 'flow',
			operation: 'getJson',
			flowId: { __rl: true, mode: 'id', value: DRAFT },
		});
		expect(main[0]?.json['flow_json']).toEqual({ moved: true });
		expect(files.requests).toHaveLength(2);
		for (const { head } of files.requests) expect(head).not.toMatch(/api-key/i);
	});

	test('Download JSON stops at 10 MB', async () => {
		await mockApi.files.start();
		mockApi.flows.find(({ id }) => id === DRAFT)!.flow_json = ' '.repeat(20 * 1024 * 1024);
		const { error } = await host.run({
			resource: 'flow',
			operation: 'getJson',
			flowId: { __rl: true, mode: 'id', value: DRAFT },
		});
		expect(error?.message).toBe('The file is larger than 10 MB');
	});

	test('a refused connection fails with a message that says so', async () => {
		host.credential = { ...host.credential, apiDomain: 'http://127.0.0.1:9' };
		const { error } = await get([DRAFT], {}, { options: { maxRetries: 0 } });
		expect(error).toMatchObject({ message: 'Connection refused', httpCode: 'ECONNREFUSED' });
	});

	test('canceling the execution ends a retry delay of a minute', async () => {
		mockApi.settings.always = () => ({ status: 429, headers: { 'retry-after': '60' } });
		const start = Date.now();
		const ids = Array.from({ length: 20 }, (_value, index) => `${DRAFT}${index}`);
		const { status } = await get(ids, {}, {}, 500);
		expect(status).toBe('canceled');
		expect(Date.now() - start).toBeLessThan(15_000);
	});

	test('Get Many shows its hint', async () => {
		mockApi.settings.cursors = 'ignored';
		mockApi.settings.pageSize = 2;
		const { main, hints } = await host.run({
			resource: 'flow',
			operation: 'getMany',
			returnAll: true,
		});
		expect(main).toHaveLength(2);
		expect(hints).toEqual([expect.stringContaining(`WABA ${WABA}`)]);
	});

	// The current version always does.
	test.skipIf(engine === 'n8n-core')(
		'Send Flow and Wait for Reply lets n8n check the signature of the resume URL',
		async () => {
			const { status, run } = await host.run({
				resource: 'message',
				operation: 'sendAndWait',
				to: '+919876543210',
				flowId: { __rl: true, mode: 'id', value: PUBLISHED },
				bodyText: 'Hello',
				buttonText: 'Start',
			});
			expect(status).toBe('waiting');
			expect(run.data).toMatchObject({ validateSignature: true });
		},
	);

	test('the From List dropdown lists flows', async () => {
		const { results } = await host.searchFlows('');
		expect(results[0]).toEqual({
			name: 'Book an appointment',
			value: DRAFT,
			description: 'DRAFT',
			url: `https://business.facebook.com/wa/manage/flows/${DRAFT}/`,
		});
	});

	test('the credential test accepts the right key and rejects a wrong one', async () => {
		expect(await host.testCredential()).toMatchObject({ status: 'OK' });
		host.credential = { ...host.credential, apiKey: 'A0wrong' };
		expect(await host.testCredential()).toMatchObject({ status: 'Error' });
	});

	describe.each(Object.entries(HELPERS))('%s with the credential', (helper, urlOption) => {
		const request = async (url: string) =>
			await host.run(
				{ helper, options: { method: 'GET', [urlOption]: url, followRedirect: true } },
				{ node: { type: 'request' } },
			);

		test('sends a request to its API with the key', async () => {
			const { status } = await request(
				`${mockApi.origin}/v2/${mockApi.account.sid}/whatsapp/${DRAFT}`,
			);
			expect(status).toBe('success');
			expect(mockApi.requests[0]?.headers['api-key']).toBe(mockApi.account.apiKey);
		});

		test('sends no request to another origin', async () => {
			const { error, run } = await request(`${otherOrigin}/collect`);
			expect(error?.message).toContain(`You can’t use the Kaleyra credential for ${otherOrigin}`);
			expect(JSON.stringify(run)).not.toContain(mockApi.account.apiKey);
			expect(received).toEqual([]);
		});

		test('does not follow a redirect to another origin', async () => {
			const headers = { location: `${otherOrigin}/collect` };
			mockApi.settings.always = () => ({ status: 302, headers });
			const { status } = await request(`${mockApi.origin}/v2/x`);
			expect(received).toEqual([]);
			expect(status).toBe('error');
			expect(mockApi.requests).toHaveLength(1);
		});
	});
});
