import { DETAIL_FIELDS, LIST_FIELDS } from '../../mock-api/fields.mts';
import type { KaleyraMock } from '../../mock-api/KaleyraMock.mts';
import { vectors } from '../dataExchange/vectors.mts';
import type { RESPONSES } from './fields.mts';

const WABA = '102290129340398';
const OTHER_WABA = '102290129340399';
const DRAFT = '900000000000001';
const PUBLISHED = '900000000000002';

/** Gets the mock API's success responses to what Meta describes, by Meta's name. */
export function createCalls(
	mockApi: KaleyraMock,
	message: object,
): Record<keyof typeof RESPONSES, () => Promise<unknown>> {
	async function request(method: string, path: string, body?: RequestInit['body'], type?: string) {
		const { sid, apiKey } = mockApi.account;
		const headers = { 'api-key': apiKey, ...(type && { 'content-type': type }) };
		const url = `${mockApi.origin}/v2/${sid}/whatsapp/${path}`;
		const response = await fetch(url, { method, headers, body: body ?? null });
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		const json: unknown = JSON.parse(text);
		return json;
	}
	const send = async (method: string, path: string, body?: object) =>
		await request(method, path, body && JSON.stringify(body), 'application/json');
	const phoneNumber = encodeURIComponent(mockApi.account.phoneNumber);
	return {
		'List Flows': async () => await send('GET', `${WABA}/flows?${fieldsQuery(LIST_FIELDS)}`),
		'Create Flow': async () =>
			await send('POST', `${WABA}/flows`, { name: 'New', categories: ['OTHER'] }),
		'Migrate Flows': async () =>
			await send('POST', `${WABA}/migrate_flows/${OTHER_WABA}`, {
				source_flow_names: ['Customer survey', 'Unknown'],
			}),
		'Get Flow': async () =>
			await Promise.all(
				mockApi.flows.map(
					async ({ id }) => await send('GET', `${id}?${fieldsQuery(DETAIL_FIELDS)}`),
				),
			),
		'Update Flow Metadata': async () => await send('POST', DRAFT, { name: 'Renamed' }),
		'Delete Flow': async () => await send('DELETE', DRAFT),
		'List Assets': async () => await send('GET', `${DRAFT}/assets`),
		'Update Flow JSON': async () => await request('POST', `${DRAFT}/assets`, createInvalidUpload()),
		'Publish Flow': async () => await send('POST', `${DRAFT}/publish`),
		'Deprecate Flow': async () => await send('POST', `${PUBLISHED}/deprecate`),
		'Set Encryption Public Key': async () =>
			await request(
				'POST',
				`${phoneNumber}/flows_encryption`,
				new URLSearchParams({ business_public_key: vectors.publicKey }),
			),
		'Send Message': async () =>
			await send('POST', `${phoneNumber}/messages`, { messaging_object: message }),
	};
}

const fieldsQuery = (names: string[]) => `fields=${names.join('%252C')}`;

function createInvalidUpload(): FormData {
	const form = new FormData();
	form.append('file', new Blob(['{}'], { type: 'application/json' }), 'flow.json');
	form.append('name', 'flow.json');
	form.append('asset_type', 'FLOW_JSON');
	return form;
}
