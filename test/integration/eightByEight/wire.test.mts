import { describe, expect, test } from 'vitest';
import {
	ACCOUNT,
	CHANNEL,
	DRAFT,
	harness,
	PUBLISHED,
	run,
	runOn,
	mockApi,
	sent,
	setUp,
} from './setup.mts';

setUp();

const BASE = `/api/v1/accounts/${ACCOUNT}/channels/${CHANNEL}`;
const KEY = 'Authorization: Bearer K8mockapi0mockapi0mockapi0mockapi';
const SHARED = /^(accept|accept-encoding|user-agent|host|connection): /i;

/** Request lines and headers as they came, but for those that n8n gives to every request. */
const heads = () =>
	mockApi.requests.map(({ head }) => head.split('\r\n').filter((line) => !SHARED.test(line)));

describe('On the wire', () => {
	test('Get Many is a GET with the limit', async () => {
		await run('getMany', { limit: 7 });
		expect(heads()).toEqual([[`GET ${BASE}/flows?limit=7 HTTP/1.1`, KEY]]);
		expect(mockApi.requests[0]?.body).toBe('');
	});

	test('Get is a GET', async () => {
		await runOn('get', DRAFT);
		expect(heads()).toEqual([[`GET ${BASE}/flows/${DRAFT} HTTP/1.1`, KEY]]);
	});

	test('Preview is a GET, and asks for a new link only where that is wanted', async () => {
		await runOn('preview', DRAFT);
		await runOn('preview', DRAFT, { refresh: true });
		expect(heads()).toEqual([
			[`GET ${BASE}/flows/${DRAFT}/preview HTTP/1.1`, KEY],
			[`GET ${BASE}/flows/${DRAFT}/preview?refresh=true HTTP/1.1`, KEY],
		]);
	});

	test('Create is a POST with JSON: flowJson as text, and endPointUri with its capital P', async () => {
		const flowJson = '{ "version": "7.1", "screens": [] }';
		await run('create', {
			name: 'Größe & Maß',
			categories: ['SIGN_UP', 'OTHER'],
			additionalFields: {
				flowJson,
				endpointUri: 'https://example.com/endpoint',
				cloneFlowId: DRAFT,
				publish: true,
			},
		});
		const body = JSON.stringify({
			name: 'Größe & Maß',
			categories: ['SIGN_UP', 'OTHER'],
			publish: true,
			flowJson,
			cloneFlowId: DRAFT,
			endPointUri: 'https://example.com/endpoint',
		});
		expect(heads()).toEqual([
			[
				`POST ${BASE}/flows HTTP/1.1`,
				'Content-Type: application/json',
				KEY,
				`Content-Length: ${Buffer.byteLength(body)}`,
			],
		]);
		expect(mockApi.requests[0]?.body).toBe(body);
	});

	test('Create sends nothing that was not given', async () => {
		await run('create', { name: 'New', categories: ['OTHER'] });
		expect(mockApi.requests[0]?.body).toBe('{"name":"New","categories":["OTHER"]}');
	});

	test('Update is a PUT with JSON, with what was added and nothing else', async () => {
		await runOn('update', DRAFT, {
			updateFields: { applicationId: 123456789, flowJson: { version: '7.1', screens: [] } },
		});
		const body =
			'{"flowJson":"{\\"version\\":\\"7.1\\",\\"screens\\":[]}","applicationId":"123456789"}';
		expect(heads()).toEqual([
			[
				`PUT ${BASE}/flows/${DRAFT} HTTP/1.1`,
				'Content-Type: application/json',
				KEY,
				`Content-Length: ${body.length}`,
			],
		]);
		expect(mockApi.requests[0]?.body).toBe(body);
	});

	test.each([
		['publish', 'POST', DRAFT, '/publish', ['Content-Length: 0']],
		['deprecate', 'POST', PUBLISHED, '/deprecate', ['Content-Length: 0']],
		['delete', 'DELETE', DRAFT, '', []],
	])('%s is a %s without a body', async (operation, method, id, path, length) => {
		await runOn(operation, id, { options: { validateBeforePublishing: false } });
		// Delete looks before.
		const last = heads().slice(-1);
		expect(last.map(([line, ...rest]) => [line, rest.sort()])).toEqual([
			[`${method} ${BASE}/flows/${id}${path} HTTP/1.1`, [KEY, ...length].sort()],
		]);
		expect(mockApi.requests.at(-1)?.body).toBe('');
	});

	test('an ID is one part of the address, whatever is in it', async () => {
		await runOn('get', 'a%2Fb&c=ü');
		expect(sent()).toEqual(['GET /flows/a%252Fb%26c%3D%C3%BC']);
	});

	test('an account ID goes as it was typed, with or without hyphens', async () => {
		const accountId = ACCOUNT.replaceAll('-', '').toUpperCase();
		harness.credential = { ...harness.credential, accountId: ` ${accountId} ` };
		const { main } = await runOn('get', DRAFT);
		expect(main).toHaveLength(1);
		expect(mockApi.requests[0]?.target).toContain(`/accounts/${accountId}/channels/`);
	});

	test('a redirect is not followed, because the key would go along', async () => {
		const location = `${mockApi.origin}/elsewhere`;
		mockApi.settings.always = () => ({ status: 302, headers: { location } });
		const { error } = await runOn('get', DRAFT);
		expect(error?.message).toBe('The address answered with a redirect');
		expect(mockApi.requests).toHaveLength(1);
	});
});
