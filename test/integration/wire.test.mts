import { describe, expect, test } from 'vitest';
import { DRAFT, get, getMany, publish, mockApi, setUp, update, WABA } from './setup.mts';

setUp();

const SHARED = /^(accept|accept-encoding|user-agent|host|connection): /i;

/** Request lines and headers as they came, but for those that n8n gives to every request. */
const heads = () =>
	mockApi.requests.map(({ head }) => head.split('\r\n').filter((line) => !SHARED.test(line)));

describe('On the wire', () => {
	test('Get Many is a GET with the JSON content type that the page calls mandatory', async () => {
		await getMany({ limit: 1 });
		expect(heads()).toEqual([
			[
				`GET /v2/HXAP0000000000IN/whatsapp/${WABA}/flows HTTP/1.1`,
				'Content-Type: application/json',
				'api-key: A0mockapi0mockapi0mockapi0mockapi',
			],
		]);
		expect(mockApi.requests[0]?.body).toBe('');
	});

	test('Get Many has its fields with doubly encoded commas, as the page shows', async () => {
		await getMany({ limit: 1, fields: ['id', 'name'] });
		expect(mockApi.requests[0]?.target).toBe(
			`/v2/HXAP0000000000IN/whatsapp/${WABA}/flows?fields=id%252Cname`,
		);
	});

	test('Get Many has the cursor behind the fields, encoded once', async () => {
		await getMany({ returnAll: true, fields: ['id', 'name'] });
		expect(mockApi.requests[1]?.target).toBe(
			`/v2/HXAP0000000000IN/whatsapp/${WABA}/flows?fields=id%252Cname&after=Nw%3D%3D`,
		);
	});

	test('Get is a GET without a content type, as on its page', async () => {
		await get(DRAFT);
		expect(heads()).toEqual([
			[
				`GET /v2/HXAP0000000000IN/whatsapp/${DRAFT} HTTP/1.1`,
				'api-key: A0mockapi0mockapi0mockapi0mockapi',
			],
		]);
		expect(mockApi.requests[0]?.body).toBe('');
	});

	test('Get has its fields with doubly encoded commas, as the page shows', async () => {
		await get(DRAFT, { fields: ['json_version', 'health_status'] });
		expect(mockApi.requests[0]?.target).toBe(
			`/v2/HXAP0000000000IN/whatsapp/${DRAFT}?fields=json_version%252Chealth_status`,
		);
	});

	test('Publish is a POST with a JSON content type and no body', async () => {
		await publish(DRAFT, { validateBeforePublishing: false });
		expect(heads()).toEqual([
			[
				`POST /v2/HXAP0000000000IN/whatsapp/${DRAFT}/publish HTTP/1.1`,
				'Content-Type: application/json',
				'api-key: A0mockapi0mockapi0mockapi0mockapi',
				'Content-Length: 0',
			],
		]);
		expect(mockApi.requests[0]?.body).toBe('');
	});

	test('Update Metadata is a POST with JSON, although the page’s sample forgets to say so', async () => {
		await update(DRAFT, {
			name: 'Größe & Maß',
			categories: ['SIGN_IN', 'OTHER'],
			endpointUri: 'https://www.tatacommunications.com/',
		});
		const body =
			'{"name":"Größe & Maß","categories":["SIGN_IN","OTHER"],"endpoint_uri":"https://www.tatacommunications.com/"}';
		expect(heads()).toEqual([
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
