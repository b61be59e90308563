import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FileHost } from '../mock-api/FileHost.mts';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';

const BYTES = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff]);

let mockApi: KaleyraMock;
let host: FileHost;

beforeAll(async () => {
	[mockApi, host] = await Promise.all([KaleyraMock.start(), FileHost.start()]);
});
beforeEach(() => mockApi.reset());
afterAll(async () => {
	await Promise.all([mockApi.stop(), host.stop()]);
});

const post = async (body: RequestInit['body'], headers: Record<string, string> = {}) =>
	await fetch(`${mockApi.origin}/v2/x`, { method: 'POST', body: body ?? null, headers });

describe('The mock API', () => {
	test('records the bytes of a request body', async () => {
		await post(new Uint8Array(BYTES), { 'content-type': 'application/octet-stream' });
		expect(mockApi.requests[0]!.rawBody).toEqual(BYTES);
		expect(mockApi.requests[0]!.parts).toBeUndefined();
	});

	test('records a text body as UTF-8', async () => {
		await post('{"name":"Größe"}', { 'content-type': 'application/json' });
		expect(mockApi.requests[0]!.body).toBe('{"name":"Größe"}');
	});

	test('records the parts of a multipart body', async () => {
		const form = new FormData();
		form.append('asset_type', 'FLOW_JSON');
		form.append('file', new Blob([new Uint8Array(BYTES)], { type: 'image/png' }), 'flow "1".png');
		form.append('name', 'Größe');
		await post(form);
		expect(mockApi.requests[0]!.parts).toEqual([
			{ name: 'asset_type', content: Buffer.from('FLOW_JSON') },
			{ name: 'file', filename: 'flow "1".png', contentType: 'image/png', content: BYTES },
			{ name: 'name', content: Buffer.from('Größe') },
		]);
		expect(mockApi.requests[0]!.rawBody.includes(BYTES)).toBe(true);
	});

	test.each([
		['without a boundary', 'multipart/form-data', 'x'],
		['that ends early', 'multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data'],
	])('records no parts of a multipart body %s', async (_title, type, body) => {
		const { status } = await post(body, { 'content-type': type });
		expect(status).toBe(404);
		expect(mockApi.requests[0]!.body).toBe(body);
		expect(mockApi.requests[0]!.parts).toBeUndefined();
	});

	test('responds with the bytes of a Buffer', async () => {
		const headers = { 'content-type': 'image/png' };
		mockApi.settings.always = () => ({ body: BYTES, headers });
		const response = await fetch(`${mockApi.origin}/v2/x`);
		expect(response.headers.get('content-type')).toBe('image/png');
		expect(Buffer.from(await response.arrayBuffer())).toEqual(BYTES);
	});

	test('truncates a Buffer in the middle', async () => {
		mockApi.settings.always = () => ({ body: BYTES, fault: 'truncated' });
		const response = await fetch(`${mockApi.origin}/v2/x`);
		expect(Buffer.from(await response.arrayBuffer())).toEqual(BYTES.subarray(0, 5));
	});
});

describe('The file host', () => {
	test('serves files from its own origin and records every request', async () => {
		host.files.set('/flow.json?token=1', { body: BYTES });
		const file = await fetch(`${host.origin}/flow.json?token=1`, { headers: { 'x-key': 'k' } });
		const missing = await fetch(`${host.origin}/flow.json`);
		expect(host.origin).not.toBe(mockApi.origin);
		expect(Buffer.from(await file.arrayBuffer())).toEqual(BYTES);
		expect(missing.status).toBe(404);
		expect(host.requests.map(({ target, headers }) => [target, headers['x-key']])).toEqual([
			['/flow.json?token=1', 'k'],
			['/flow.json', undefined],
		]);
		expect(mockApi.requests).toEqual([]);
	});
});
