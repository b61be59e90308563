import { describe, expect, test } from 'vitest';
import { get, getRequests, mockApi, setUp, toJson } from './setup.mts';

setUp();

const THROTTLED = '900000000000004';
const HEALTH = ['name', 'health_status'];
const SIMPLIFIED = {
	id: THROTTLED,
	name: 'Track an order',
	can_send_message: 'LIMITED',
	flow_can_send_message: 'LIMITED',
	waba_can_send_message: 'AVAILABLE',
	business_can_send_message: 'AVAILABLE',
	app_can_send_message: 'AVAILABLE',
};

describe('Get with Simplify', () => {
	test.each([
		['by default', {}],
		['on', { simple: true }],
	])('%s returns the health status as columns', async (_, parameters) => {
		const { main } = await get(THROTTLED, { fields: HEALTH, ...parameters });
		expect(toJson(main)).toEqual([SIMPLIFIED]);
		expect(getRequests()).toEqual([`GET /${THROTTLED}?fields=name%252Chealth_status`]);
	});

	test('returns the health status as columns if Fields is an expression', async () => {
		const { main } = await get(THROTTLED, { fields: '={{ "name,health_status" }}' });
		expect(toJson(main)).toEqual([SIMPLIFIED]);
	});

	test('off returns the health status as Kaleyra sends it', async () => {
		const { main } = await get(THROTTLED, { fields: HEALTH, simple: false });
		expect(toJson(main)[0]).toMatchObject({
			id: THROTTLED,
			name: 'Track an order',
			health_status: {
				can_send_message: 'LIMITED',
				entities: [{ entity_type: 'FLOW', id: THROTTLED, can_send_message: 'LIMITED' }, {}, {}, {}],
			},
		});
	});

	test('does not change other fields', async () => {
		const fields = ['whatsapp_business_account', 'application', 'endpoint_uri', 'data_api_version'];
		const [simplified, raw] = [
			await get(THROTTLED, { fields }),
			await get(THROTTLED, { fields, simple: false }),
		];
		expect(toJson(simplified.main)).toEqual(toJson(raw.main));
		expect(Object.keys(simplified.main[0]!.json).sort()).toEqual([...fields, 'id'].sort());
	});

	test('rejects text', async () => {
		const { error } = await get(THROTTLED, { fields: HEALTH, simple: '={{ "no" }}' });
		expect(error?.message).toMatch(/^'Simplify' must be a boolean/);
		expect(getRequests()).toEqual([]);
	});
});

describe('Get', () => {
	test('reads validation errors under the name of the page’s text with one request', async () => {
		const body = { validation_error: { message: 'A' } };
		mockApi.settings.script = [() => ({ body })];
		const { main } = await get(THROTTLED, { fields: ['validation_errors', 'endpoint_uri'] });
		expect(toJson(main)).toEqual([{ id: THROTTLED, ...body }]);
		expect(getRequests()).toHaveLength(1);
	});
});

describe('Get with Fields', () => {
	test('takes a response without an ID for the flow if it has a requested field', async () => {
		const body = { endpoint_uri: 'https://x.example' };
		mockApi.settings.script = [() => ({ body })];
		const { main } = await get(THROTTLED, { fields: ['endpoint_uri'] });
		expect(toJson(main)).toEqual([{ id: THROTTLED, ...body }]);
	});

	test('hints at a field whose name may be misspelled', async () => {
		mockApi.settings.always = () => ({ body: { id: THROTTLED, name: 'Track an order' } });
		const { run } = await get(THROTTLED, { fields: '={{ "name,statsu" }}' });
		expect(run.data.resultData.runData['Node']?.[0]?.hints).toEqual([
			{
				message: "Kaleyra didn't return statsu. Check the spelling in 'Fields'.",
				location: 'outputPane',
			},
		]);
	});

	test('does not hint at a documented field that the flow does not have', async () => {
		mockApi.settings.always = () => ({ body: { id: THROTTLED, name: 'Track an order' } });
		const { hints } = await get(THROTTLED, { fields: ['name', 'endpoint_uri'] });
		expect(hints).toEqual([]);
	});
});
