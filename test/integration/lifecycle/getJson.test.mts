import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FileHost } from '../../mock-api/FileHost.mts';
import { withFailure } from '../failure.mts';
import {
	DRAFT,
	findClosedOrigin,
	getRequests,
	mockApi,
	PUBLISHED,
	setUp,
	toJson,
} from '../setup.mts';
import { expectClosed, startSlowServer } from '../slowServer.mts';
import { findFlow, FLOW_JSON, runOn } from './setup.mts';

setUp();

const MEGABYTE = 1024 * 1024;
let cdn: FileHost;
/** Another host. */
let other: FileHost;
beforeAll(async () => {
	cdn = await mockApi.files.start();
	other = await FileHost.start();
});
beforeEach(() => {
	findFlow(DRAFT)!.flow_json = FLOW_JSON;
	other.requests = [];
});
afterAll(async () => await other.stop());

const download = async (parameters: IDataObject = {}) =>
	await runOn('getJson', DRAFT, { options: { maxRetries: 0 }, ...parameters });

/** Makes Get Flow Assets return a URL. */
const setUrl = (download_url: string) => {
	const asset = { name: 'flow.json', asset_type: 'FLOW_JSON', download_url };
	mockApi.settings.always = () => ({ status: 200, body: { data: [asset] } });
};

describe('Download JSON', () => {
	test('returns the flow JSON as a value', async () => {
		const { main } = await download();
		expect(toJson(main)).toEqual([
			{
				id: DRAFT,
				flow_json: JSON.parse(FLOW_JSON),
				asset: {
					name: 'flow.json',
					asset_type: 'FLOW_JSON',
					download_url: `${cdn.origin}/flow-json/${DRAFT}?oe=6A000000`,
				},
			},
		]);
		expect(getRequests()).toEqual([`GET /${DRAFT}/assets`]);
		expect(mockApi.requests[0]?.head).toContain('\r\nContent-Type: application/json\r\n');
	});

	test('returns the flow JSON as a file, byte by byte', async () => {
		const { main } = await download({ outputType: 'file', binaryPropertyName: 'json' });
		const { data, ...file } = main[0]!.binary!['json']!;
		expect(Buffer.from(data, 'base64')).toEqual(Buffer.from(FLOW_JSON));
		expect(file).toMatchObject({ fileName: 'flow.json', mimeType: 'application/json' });
		expect(main[0]?.json).toMatchObject({ id: DRAFT, asset: { name: 'flow.json' } });
	});

	test('accepts the list of assets in an envelope', async () => {
		mockApi.settings.envelope = true;
		expect(toJson((await download()).main)[0]).toHaveProperty('flow_json.version', '7.1');
	});

	test.each<[string, object, object]>([
		['among other assets', { asset_type: 'IMAGE' }, { name: 'flow.json', asset_type: 'FLOW_JSON' }],
		['by its name among assets without a type', {}, { name: 'flow.json' }],
		[
			'by its type when it has another name',
			{ asset_type: 'IMAGE' },
			{ name: 'booking.json', asset_type: 'FLOW_JSON' },
		],
	])('chooses the flow JSON %s', async (_, image, asset) => {
		const download_url = await mockApi.files.serve('/flow', '{"chosen":true}');
		const data = [
			{ name: 'logo.png', download_url: `${cdn.origin}/logo`, ...image },
			{ download_url, ...asset },
		];
		mockApi.settings.always = () => ({ status: 200, body: { data } });
		expect(toJson((await download()).main)[0]?.['flow_json']).toEqual({ chosen: true });
	});

	test.each<[string, unknown[]]>([
		['no assets', []],
		['null and text in place of assets', [null, 'flow.json']],
		['an asset without a URL', [{ name: 'flow.json', asset_type: 'FLOW_JSON' }]],
	])('fails for a flow with %s', async (_, data) => {
		mockApi.settings.always = () => ({ status: 200, body: { data } });
		const { error } = await download();
		expect(error?.message).toBe(`Flow ${DRAFT} has no flow JSON`);
		expect(error).toMatchObject(withFailure('configuration-invalid'));
	});

	test('fails for a response that isn’t a list of assets', async () => {
		mockApi.settings.always = () => ({ status: 200, body: { data: {} } });
		const { error } = await download();
		expect(error?.message).toMatch(/^Unexpected response from Kaleyra/);
	});

	test.each([
		['as a value', 'json'],
		['as a file', 'file'],
	])('and Update JSON leave the flow JSON equal (%s)', async (_, type) => {
		const { main } = await download({ outputType: type });
		const { error } = await runOn(
			'updateJson',
			PUBLISHED,
			{ inputType: type, flowJson: '={{ $json.flow_json }}' },
			{
				items: [main[0]!.json],
				...(type === 'file' && {
					files: [{ data: Buffer.from(main[0]!.binary!['data']!.data, 'base64') }],
				}),
			},
		);
		expect(error).toBeUndefined();
		const stored = findFlow(PUBLISHED)!.flow_json;
		expect(JSON.parse(stored)).toEqual(JSON.parse(FLOW_JSON));
		if (type === 'file') expect(stored).toBe(FLOW_JSON);
	});
});

describe('Download JSON from another host', () => {
	test('sends neither the API key nor the SID', async () => {
		await download();
		expect(cdn.requests).toHaveLength(1);
		const { head } = cdn.requests[0]!;
		expect(head).not.toMatch(/api-key|authorization|cookie/i);
		expect(head).not.toContain(mockApi.account.apiKey);
		expect(head).not.toContain(mockApi.account.sid);
	});

	test('follows a redirect to a third host without the API key', async () => {
		const location = `${other.origin}/flow.json`;
		other.files.set('/flow.json', { body: '{"moved":true}' });
		cdn.files.set('/old', { status: 302, headers: { location } });
		setUrl(`${cdn.origin}/old`);
		const { main } = await download();
		expect(toJson(main)[0]?.['flow_json']).toEqual({ moved: true });
		expect(other.requests).toHaveLength(1);
		expect(other.requests[0]?.head).not.toMatch(/api-key/i);
	});

	test('follows a relative redirect', async () => {
		cdn.files.set('/a/old', { status: 307, headers: { location: '../new' } });
		await mockApi.files.serve('/new', '{"moved":true}');
		setUrl(`${cdn.origin}/a/old`);
		expect(toJson((await download()).main)[0]?.['flow_json']).toEqual({ moved: true });
	});

	test('stops at the sixth redirect', async () => {
		cdn.files.set('/loop', { status: 302, headers: { location: '/loop' } });
		setUrl(`${cdn.origin}/loop`);
		const { error } = await download();
		expect(error?.message).toBe('The file host responded with too many redirects');
		expect(cdn.requests).toHaveLength(6);
	});

	test.each(['http://cdn.example.com/x', 'ftp://127.0.0.1/x', 'file:///etc/passwd', 'flow.json'])(
		'fails for the URL %s',
		async (url) => {
			setUrl(url);
			const { error } = await download();
			expect(error?.message).toBe("The file's download URL isn't an https URL");
		},
	);

	test('requests an https URL', async () => {
		setUrl((await findClosedOrigin()).replace('http:', 'https:'));
		expect((await download()).error?.message).toBe('Connection refused');
	});

	test('closes the connection when it takes too long', async () => {
		const slow = await startSlowServer();
		setUrl(slow.origin);
		const { error } = await download({ options: { maxRetries: 0, timeout: 3 } });
		expect(error?.message).toBe('Request timed out');
		await expectClosed(slow);
	});

	test('sends nothing to http after a redirect', async () => {
		cdn.files.set('/old', { status: 302, headers: { location: 'http://cdn.example.com/' } });
		setUrl(`${cdn.origin}/old`);
		const { error } = await download();
		expect(error?.message).toBe("The file's download URL isn't an https URL");
	});

	test.each([403, 404, 410])('says that URLs expire after status %i', async (status) => {
		cdn.files.set('/old', { status, body: '<Error>Expired</Error>' });
		setUrl(`${cdn.origin}/old`);
		const { error } = await download();
		expect(error).toMatchObject({ message: "The file's download URL was rejected" });
		expect(error?.description).toBe(
			`Download URLs expire. Execute the node again to get a new one. (HTTP ${status})`,
		);
	});

	test('is retried after a server error', async () => {
		cdn.files.set('/flow', { status: 503, body: '' });
		setUrl(`${cdn.origin}/flow`);
		const { error } = await download({ options: { maxRetries: 1 } });
		expect(error?.message).toBe("Server error from the file's host");
		expect(cdn.requests).toHaveLength(2);
	});

	test.each<[string, object, string]>([
		['a connection reset', { fault: 'cut' }, 'Connection reset'],
		['a slow host', { fault: 'drip' }, 'Request timed out'],
	])('fails after %s', async (_, fault, message) => {
		cdn.files.set('/flow', { body: FLOW_JSON, ...fault });
		setUrl(`${cdn.origin}/flow`);
		const { error } = await download({ options: { maxRetries: 0, timeout: 1 } });
		expect(error?.message).toBe(message);
		expect(error?.description).toContain("the file's host");
	});

	test('fails for a file that is not JSON', async () => {
		setUrl(await mockApi.files.serve('/flow', '<html>'));
		const { error } = await download();
		expect(error?.message).toBe(`The downloaded file of flow ${DRAFT} isn't a JSON object`);
		expect(error).toMatchObject(withFailure('temporarily-unavailable'));
	});

	test('does not show the download URL in an error', async () => {
		setUrl('http://cdn.example.com/x?token=secret');
		const { error } = await download();
		expect(JSON.stringify([error, error?.context])).not.toContain('token=secret');
	});
});

describe('A download of 20 MB', () => {
	let sent = 0;
	let closed = false;
	const server = createServer((_request, response) => {
		sent = 0;
		closed = false;
		const chunk = Buffer.alloc(64 * 1024, ' ');
		const write = () => {
			if (sent >= 20 * MEGABYTE) return void response.end();
			sent += chunk.length;
			response.write(chunk, write);
		};
		response.on('close', () => (closed = !response.writableEnded));
		write();
	});
	beforeAll(async () => {
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => server.close());

	test('stops at 10 MB and closes the connection', async () => {
		setUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
		const { error } = await download({ options: { maxRetries: 2 } });
		expect(error).toMatchObject({
			message: 'The file is larger than 10 MB',
			...withFailure('configuration-invalid'),
		});
		await vi.waitFor(() => expect(closed).toBe(true));
		expect(sent).toBeLessThan(16 * MEGABYTE);
	});
});
