import type { IDataObject, INodeType } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KaleyraFlowClient } from '../../nodes/kaleyra/KaleyraFlowClient.ts';
import { KaleyraSession } from '../../nodes/kaleyra/session.ts';
import type { HttpRequest } from '../../nodes/shared/http/httpRequest.ts';
import type { Operation } from '../../nodes/shared/node/operations.ts';
import { buildProperties, createExecute } from '../../nodes/shared/node/operations.ts';
import { FileHost } from '../mock-api/FileHost.mts';
import { harness, mockApi, setUp } from './setup.mts';

setUp();

let host: FileHost;
beforeAll(async () => void (host = await FileHost.start()));
afterAll(async () => await host.stop());

/** Sends whatever a test operation wants. */
class TestClient extends KaleyraFlowClient {
	async request(request: HttpRequest) {
		return await this.send(request);
	}

	get baseUrl(): string {
		return this.session.account.baseUrl;
	}
}

const BYTES = Buffer.from([0x7b, 0x00, 0xff, 0xfe, 0x7d]);

const upload: Operation<TestClient> = {
	name: 'Upload',
	value: 'upload',
	action: 'Upload file',
	description: 'Upload a file',
	writes: true,
	parameters: [],
	async execute({ client, getParameter, itemIndex, binary }) {
		const file = await binary.read(String(getParameter('binaryPropertyName')));
		const form = new FormData();
		form.append('asset_type', 'FLOW_JSON');
		const content = new Uint8Array(file.content);
		form.append('file', new Blob([content], { type: file.mimeType }), file.fileName);
		const url = `${client.baseUrl}/whatsapp/1/assets`;
		const result = await client.request({ method: 'POST', url, body: form, idempotent: true });
		return [{ itemIndex, kind: result.kind }];
	},
};

const download: Operation<TestClient> = {
	...upload,
	name: 'Download',
	value: 'download',
	writes: false,
	async execute({ client, getParameter, binary }) {
		const result = await client.request({
			method: 'GET',
			url: String(getParameter('url')),
			idempotent: true,
			credentials: 'omit',
			responseType: 'bytes',
		});
		if (result.kind !== 'response' || !Buffer.isBuffer(result.body)) return [{ failed: true }];
		const file = { content: result.body, fileName: 'flow.json', mimeType: 'application/json' };
		return [await binary.attach({ size: result.body.length }, 'data', file)];
	},
};

const downloadAsset: Operation<TestClient> = {
	...download,
	name: 'Download Asset',
	value: 'downloadAsset',
	async execute({ client, getParameter }) {
		await client.downloadAsset({ download_url: String(getParameter('url')) });
		return [];
	},
};

const RESOURCES = { file: { name: 'File', operations: [upload, download, downloadAsset] } };

/** A node of these operations, run by n8n-core like any other. */
const testNode = {
	description: {
		displayName: 'Files',
		name: 'files',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Files' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'kaleyraApi', required: true }],
		properties: [
			...buildProperties(RESOURCES),
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Field', name: 'binaryPropertyName', type: 'string', default: '' },
		],
	},
	execute: createExecute(RESOURCES, async (context, options) => {
		const session = await KaleyraSession.open(context, options);
		return (requestOptions) => new TestClient(session, requestOptions);
	}),
} as unknown as INodeType;

const run = async (parameters: IDataObject, binaries: Buffer[] = []) => {
	harness.others.set('files', testNode);
	const items = binaries.length > 0 ? binaries.map(() => ({})) : [{}];
	const files = binaries.map((content) => ({ data: content }));
	return await harness.run(
		{ resource: 'file', ...parameters },
		{ items, files, node: { type: 'files' } },
	);
};

describe('An operation', () => {
	test('sends a file of each input item as a form', async () => {
		const parameters = { operation: 'upload', binaryPropertyName: 'data' };
		const { main, error } = await run(parameters, [BYTES, Buffer.from('{}')]);
		expect(error).toBeUndefined();
		expect(main.map(({ json }) => json['itemIndex'])).toEqual([0, 1]);
		const [first, second] = mockApi.requests;
		expect(first!.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
		expect(first!.parts).toEqual([
			{ name: 'asset_type', content: Buffer.from('FLOW_JSON') },
			{
				name: 'file',
				filename: 'file.bin',
				contentType: 'application/octet-stream',
				content: BYTES,
			},
		]);
		expect(second!.parts![1]!.content).toEqual(Buffer.from('{}'));
	});

	test('sends a form again when it is retried', async () => {
		mockApi.settings.script = [() => ({ status: 503, body: '' })];
		await run({ operation: 'upload', binaryPropertyName: 'data', options: {} }, [BYTES]);
		expect(mockApi.requests.map(({ parts }) => parts?.[1]?.content)).toEqual([BYTES, BYTES]);
	});

	test('fails for a binary field that the item lacks, without a request', async () => {
		const { error } = await run({ operation: 'upload', binaryPropertyName: 'other' }, [BYTES]);
		expect(error?.message).toBe("The item has no binary field 'other'");
		expect(mockApi.requests).toEqual([]);
	});

	test('fails for an item without files, without a request', async () => {
		const { error } = await run({ operation: 'upload', binaryPropertyName: 'data' });
		expect(error?.message).toBe("The item has no binary field 'data'");
		expect(mockApi.requests).toEqual([]);
	});

	test('downloads from another host without the API key and returns a file', async () => {
		host.files.set('/flow.json', { body: BYTES });
		const { main, error } = await run({ operation: 'download', url: `${host.origin}/flow.json` });
		expect(error).toBeUndefined();
		expect(host.requests).toHaveLength(1);
		expect(host.requests[0]!.headers).not.toHaveProperty('api-key');
		expect(host.requests[0]!.head).not.toContain(mockApi.account.apiKey);
		expect(main[0]!.json).toEqual({ size: BYTES.length });
		expect(Buffer.from(main[0]!.binary!['data']!.data, 'base64')).toEqual(BYTES);
		expect(main[0]!.binary!['data']).toMatchObject({ fileName: 'flow.json' });
	});

	test('downloads no asset over http on loopback when the API domain is https', async () => {
		harness.credential = { ...harness.credential, pod: 'in' };
		host.requests = [];
		const { error } = await run({ operation: 'downloadAsset', url: `${host.origin}/flow` });
		expect(error?.message).toBe("The file's download URL isn't an https URL");
		expect(host.requests).toEqual([]);
	});
});
