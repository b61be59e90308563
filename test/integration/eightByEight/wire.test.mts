import { expect, test } from 'vitest';
import { OPERATIONS, runOperation, STATUS_CHANGES } from './operations.mts';
import {
	ACCOUNT,
	CHANNEL,
	DRAFT,
	getRequests,
	harness,
	mockApi,
	run,
	runOnFlow,
	setUp,
} from './setup.mts';

setUp();

const BASE = `/api/v1/accounts/${ACCOUNT}/channels/${CHANNEL}`;
const AUTHORIZATION = 'Authorization: Bearer K8mockapi0mockapi0mockapi0mockapi';
/** Headers that n8n adds to every request. */
const N8N_HEADERS = /^(accept|accept-encoding|user-agent|host|connection): /i;

/** Request line and headers as sent, without n8n's own headers. */
const getHeads = () =>
	mockApi.requests.map(({ head }) => head.split('\r\n').filter((line) => !N8N_HEADERS.test(line)));

test.each(OPERATIONS)('$operation sends $request', async (fixture) => {
	const { error } = await runOperation(fixture);
	expect(error).toBeUndefined();
	expect(getRequests()).toContain(fixture.request);
});

test('getMany sends a GET with the limit and no body', async () => {
	await run('getMany', { limit: 7 });
	expect(getHeads()).toEqual([[`GET ${BASE}/flows?limit=7 HTTP/1.1`, AUTHORIZATION]]);
	expect(mockApi.requests[0]?.body).toBe('');
});

test('get sends a GET without Content-Type', async () => {
	await runOnFlow('get', DRAFT);
	expect(getHeads()).toEqual([[`GET ${BASE}/flows/${DRAFT} HTTP/1.1`, AUTHORIZATION]]);
});

test('preview sends refresh=true only with Refresh', async () => {
	await runOnFlow('preview', DRAFT);
	await runOnFlow('preview', DRAFT, { refresh: true });
	expect(getHeads()).toEqual([
		[`GET ${BASE}/flows/${DRAFT}/preview HTTP/1.1`, AUTHORIZATION],
		[`GET ${BASE}/flows/${DRAFT}/preview?refresh=true HTTP/1.1`, AUTHORIZATION],
	]);
});

test('create sends JSON with flowJson as text and endPointUri with a capital P', async () => {
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
	expect(getHeads()).toEqual([
		[
			`POST ${BASE}/flows HTTP/1.1`,
			'Content-Type: application/json',
			AUTHORIZATION,
			`Content-Length: ${Buffer.byteLength(body)}`,
		],
	]);
	expect(mockApi.requests[0]?.body).toBe(body);
});

test('create sends only the fields that the user set', async () => {
	await run('create', { name: 'New', categories: ['OTHER'] });
	expect(mockApi.requests[0]?.body).toBe('{"name":"New","categories":["OTHER"]}');
});

test('update sends JSON with only the added fields', async () => {
	await runOnFlow('update', DRAFT, {
		updateFields: { applicationId: 123456789, flowJson: { version: '7.1', screens: [] } },
	});
	const body =
		'{"flowJson":"{\\"version\\":\\"7.1\\",\\"screens\\":[]}","applicationId":"123456789"}';
	expect(getHeads()).toEqual([
		[
			`PUT ${BASE}/flows/${DRAFT} HTTP/1.1`,
			'Content-Type: application/json',
			AUTHORIZATION,
			`Content-Length: ${body.length}`,
		],
	]);
	expect(mockApi.requests[0]?.body).toBe(body);
});

test.each(STATUS_CHANGES)('$operation sends no body and no Content-Type', async (fixture) => {
	await runOperation(fixture);
	const [requestLine, ...headers] = getHeads().at(-1)!;
	const isPost = requestLine!.startsWith('POST');
	expect(headers.sort()).toEqual([AUTHORIZATION, ...(isPost ? ['Content-Length: 0'] : [])]);
	expect(mockApi.requests.at(-1)?.body).toBe('');
});

test('an ID is encoded as one path segment', async () => {
	await runOnFlow('get', 'a%2Fb&c=ü');
	expect(getRequests()).toEqual(['GET /flows/a%252Fb%26c%3D%C3%BC']);
});

test('the account ID is sent as entered, without surrounding spaces', async () => {
	const accountId = ACCOUNT.replaceAll('-', '').toUpperCase();
	harness.credential = { ...harness.credential, accountId: ` ${accountId} ` };
	const { main } = await runOnFlow('get', DRAFT);
	expect(main).toHaveLength(1);
	expect(mockApi.requests[0]?.target).toContain(`/accounts/${accountId}/channels/`);
});

test('redirects are not followed', async () => {
	const location = `${mockApi.origin}/elsewhere`;
	mockApi.settings.always = () => ({ status: 302, headers: { location } });
	const { error } = await runOnFlow('get', DRAFT);
	expect(error?.message).toMatch(/redirect/);
	expect(mockApi.requests).toHaveLength(1);
});
