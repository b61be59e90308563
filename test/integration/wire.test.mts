import { describe, expect, test } from 'vitest';
import { DRAFT, get, getMany, publish, mockApi, setUp, update, WABA } from './setup.mts';

setUp();

const N8N_HEADERS = /^(accept|accept-encoding|user-agent|host|connection): /i;

/** Request lines and headers as received, without the headers that n8n adds to every request. */
const getHeads = () =>
	mockApi.requests.map(({ head }) => head.split('\r\n').filter((line) => !N8N_HEADERS.test(line)));

describe('HTTP requests', () => {
	test('of Get Many are GET with the JSON content type that Kaleyra calls mandatory', async () => {
		await getMany({ limit: 1 });
		expect(getHeads()).toEqual([
			[
				`GET /v2/HXAP0000000000IN/whatsapp/${WABA}/flows HTTP/1.1`,
				'Content-Type: application/json',
				'api-key: A0mockapi0mockapi0mockapi0mockapi',
			],
		]);
		expect(mockApi.requests[0]?.body).toBe('');
	});

	test('of Get Many double-encode the commas in fields, as Kaleyra documents', async () => {
		await getMany({ limit: 1, fields: ['id', 'name'] });
		expect(mockApi.requests[0]?.target).toBe(
			`/v2/HXAP0000000000IN/whatsapp/${WABA}/flows?fields=id%252Cname`,
		);
	});

	test('of Get Many have the cursor after the fields, encoded once', async () => {
		await getMany({ returnAll: true, fields: ['id', 'name'] });
		expect(mockApi.requests[1]?.target).toBe(
			`/v2/HXAP0000000000IN/whatsapp/${WABA}/flows?fields=id%252Cname&after=Nw%3D%3D`,
		);
	});

	test('of Get are GET without a content type, as Kaleyra documents', async () => {
		await get(DRAFT);
		expect(getHeads()).toEqual([
			[
				`GET /v2/HXAP0000000000IN/whatsapp/${DRAFT} HTTP/1.1`,
				'api-key: A0mockapi0mockapi0mockapi0mockapi',
			],
		]);
		expect(mockApi.requests[0]?.body).toBe('');
	});

	test('of Get double-encode the commas in fields, as Kaleyra documents', async () => {
		await get(DRAFT, { fields: ['json_version', 'health_status'] });
		expect(mockApi.requests[0]?.target).toBe(
			`/v2/HXAP0000000000IN/whatsapp/${DRAFT}?fields=json_version%252Chealth_status`,
		);
	});

	test('of Publish are POST with a JSON content type and no body', async () => {
		await publish(DRAFT, { validateBeforePublishing: false });
		expect(getHeads()).toEqual([
			[
				`POST /v2/HXAP0000000000IN/whatsapp/${DRAFT}/publish HTTP/1.1`,
				'Content-Type: application/json',
				'api-key: A0mockapi0mockapi0mockapi0mockapi',
				'Content-Length: 0',
			],
		]);
		expect(mockApi.requests[0]?.body).toBe('');
	});

	test('of Update Metadata are POST with a JSON body and its content type', async () => {
		await update(DRAFT, {
			name: 'Größe & Maß',
			categories: ['SIGN_IN', 'OTHER'],
			endpointUri: 'https://www.tatacommunications.com/',
		});
		const body =
			'{"name":"Größe & Maß","categories":["SIGN_IN","OTHER"],"endpoint_uri":"https://www.tatacommunications.com/"}';
		expect(getHeads()).toEqual([
			[
				`POST /v2/HXAP0000000000IN/whatsapp/${DRAFT} HTTP/1.1`,
				'Content-Type: application/json',
				'api-key: A0mockapi0mockapi0mockapi0mockapi',
				`Content-Length: ${Buffer.byteLength(body)}`,
			],
		]);
		expect(mockApi.requests[0]?.body).toBe(body);
	});
});
