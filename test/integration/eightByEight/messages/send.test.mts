import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { byId, CHANNEL, DRAFT, harness, mockApi, PUBLISHED, setUp, toJson } from '../setup.mts';
import { CUSTOMER, sendFlow, sendTemplate, SUBACCOUNT, USER_ID } from './setup.mts';

setUp();

/** n8n checks required parameters itself, but not the results of expressions. */
const EMPTY = '={{ "" }}';

const N8N_HEADERS = /^(accept|accept-encoding|user-agent|host|connection): /i;
const getHead = () =>
	mockApi.requests[0]?.head.split('\r\n').filter((line) => !N8N_HEADERS.test(line));
const getBody = () => JSON.parse(mockApi.requests[0]!.body);
const getTargets = () => mockApi.requests.map(({ target }) => target);

describe('Send Flow on 8x8', () => {
	test('sends the documented request', async () => {
		await sendFlow();
		const body =
			'{"user":{"msisdn":"+6591234567"},"type":"interactive","content":{"interactive":{"type":"flow","body":{"text":"Tell us what you think."},"action":{"parameters":{"flowId":"800000000000002","flowCta":"Start","flowToken":"token-1","flowAction":"navigate"}}}}}';
		expect(getHead()).toEqual([
			'POST /api/v1/subaccounts/Mock_API/messages HTTP/1.1',
			'Content-Type: application/json',
			'Authorization: Bearer K8mockapi0mockapi0mockapi0mockapi',
			`Content-Length: ${Buffer.byteLength(body)}`,
		]);
		expect(mockApi.requests[0]?.body).toBe(body);
	});

	test('sends all options in the documented fields', async () => {
		await sendFlow({
			header: 'Survey',
			footer: 'Thanks',
			screen: 'RATE',
			screenData: '{ "order": 12345678901234567890 }',
			screenDataFields: { values: [{ name: 'name', value: 'Asha' }] },
			clientMessageId: 'order-1',
			replyTo: 'aa7c29ad-4433-2211-9c8b-00004e2b9ecc',
		});
		expect(getBody()).toEqual({
			user: { msisdn: CUSTOMER },
			clientMessageId: 'order-1',
			type: 'interactive',
			context: { umid: 'aa7c29ad-4433-2211-9c8b-00004e2b9ecc' },
			content: {
				interactive: {
					type: 'flow',
					header: { type: 'text', text: 'Survey' },
					body: { text: 'Tell us what you think.' },
					footer: { text: 'Thanks' },
					action: {
						parameters: {
							flowId: PUBLISHED,
							flowCta: 'Start',
							flowToken: 'token-1',
							flowAction: 'navigate',
							flowActionPayload: {
								screen: 'RATE',
								data: { order: '12345678901234567890', name: 'Asha' },
							},
						},
					},
				},
			},
		});
		expect(mockApi.messages).toHaveLength(1);
	});

	test('asks the endpoint for the first screen with the action Data Exchange', async () => {
		await sendFlow({ flowAction: 'data_exchange' });
		const { parameters } = getBody().content.interactive.action;
		expect(parameters.flowAction).toBe('data_exchange');
		expect(parameters).not.toHaveProperty('flowActionPayload');
	});

	test('sends a draft in the mode Draft only', async () => {
		const draft = { flowId: byId(DRAFT) };
		const { error } = await sendFlow({}, draft);
		expect(error?.message).toBe('Invalid parameter');
		const { main } = await sendFlow({ mode: 'draft' }, draft);
		expect(toJson(main)).toEqual([expect.objectContaining({ accepted: true })]);
	});

	test('returns the message ID, the flow token, and 8x8’s response', async () => {
		const { main } = await sendFlow({ clientMessageId: 'order-1' });
		const [{ id } = { id: '' }] = mockApi.messages;
		expect(toJson(main)).toEqual([
			{
				message_id: id,
				to: CUSTOMER,
				flow_id: PUBLISHED,
				flow_token: 'token-1',
				accepted: true,
				api_response: {
					umid: id,
					user: { msisdn: CUSTOMER },
					clientMessageId: 'order-1',
					status: { state: 'queued', timestamp: expect.any(String) },
				},
			},
		]);
	});

	test('generates a flow token for each message', async () => {
		const { main } = await sendFlow({ flowToken: '' }, {}, { items: [{}, {}] });
		const tokens = toJson(main).map((item) => item['flow_token']);
		expect(tokens).toEqual(mockApi.messages.map(({ flowToken }) => flowToken));
		expect(new Set(tokens).size).toBe(2);
	});

	test('sends to the business-scoped user ID of a customer without a phone number', async () => {
		const { main } = await sendFlow({}, { to: ` ${USER_ID} ` });
		expect(getBody().user).toEqual({ channelUserId: USER_ID });
		expect(toJson(main)).toMatchObject([{ to: USER_ID, accepted: true }]);
	});

	test('sends with the subaccount in the node instead of the credential’s, as one path segment', async () => {
		await sendFlow({}, { subaccountId: ' Mock&Sons-2.0 ' });
		expect(getTargets()).toEqual(['/api/v1/subaccounts/Mock%26Sons-2.0/messages']);
		expect(mockApi.messages).toHaveLength(1);
	});

	test('needs no channel for a flow by ID, and the channel for a flow by name', async () => {
		const flowId = { __rl: true, mode: 'name', value: 'Delivery survey' };
		const { error } = await sendFlow({}, { flowId });
		expect(error?.message).toBe("'Channel ID' is empty");
		await sendFlow({}, { flowId, channelId: CHANNEL }, { items: [{}, {}] });
		expect(mockApi.messages.map((message) => message.flowId)).toEqual([PUBLISHED, PUBLISHED]);
		expect(mockApi.requests.filter(({ method }) => method === 'GET')).toHaveLength(1);
	});

	const INVALID: [string, IDataObject, IDataObject, RegExp][] = [
		['no recipient', {}, { to: EMPTY }, /'To' is empty/],
		['a national number', {}, { to: '09876543210' }, /'To' isn't a phone number/],
		['a user ID in lower case', {}, { to: 'sg.1349120865' }, /'To' isn't a phone number/],
		['a short subaccount ID', {}, { subaccountId: 'ab' }, /'Subaccount ID' isn't a subaccount ID/],
		['a path as subaccount ID', {}, { subaccountId: 'a/../b' }, /isn't a subaccount ID/],
		['a long button text', {}, { buttonText: 'x'.repeat(31) }, /the limit is 30/],
		['a long body text', {}, { bodyText: 'x'.repeat(1_025) }, /has 1025 characters/],
		['a long reference', { clientMessageId: 'x'.repeat(51) }, {}, /has 51 characters/],
		['a flow token with a line break', { flowToken: 'a\nb' }, {}, /'Flow Token' must be/],
		['screen data that is no object', { screenData: '[1]' }, {}, /isn't a JSON object/],
		['a screen for an endpoint', { flowAction: 'data_exchange', screen: 'A' }, {}, /can't be comb/],
		['no flow', {}, { flowId: byId(EMPTY) }, /'Flow ID' is empty/],
	];
	test.each(INVALID)('fails before sending with %s', async (_, options, parameters, message) => {
		const { error } = await sendFlow(options, parameters);
		expect(error?.message).toMatch(message);
		expect(mockApi.requests).toEqual([]);
	});

	test.each([
		['', /^'Subaccount ID' is empty, and the credential has none/],
		['no spaces', /^'Subaccount ID' in the credential isn't a subaccount ID/],
	])('fails before sending with the subaccount ID %j in the credential', async (id, message) => {
		harness.credential = { ...harness.credential, subaccountId: id };
		const { error } = await sendFlow();
		expect(error?.message).toMatch(message);
		expect(mockApi.requests).toEqual([]);
	});
});

describe('Send Flow Template on 8x8', () => {
	test('sends the documented request', async () => {
		await sendTemplate();
		expect(getTargets()).toEqual([`/api/v1/subaccounts/${SUBACCOUNT}/messages`]);
		expect(mockApi.requests[0]?.body).toBe(
			'{"user":{"msisdn":"+6591234567"},"type":"template","content":{"template":{"name":"appointment_reminder","language":"en_US","components":[{"type":"body","parameters":[{"type":"text","text":"Asha"},{"type":"text","text":"Monday"}]},{"type":"button","subType":"flow","index":0,"parameters":[{"type":"action"}]}]}}}',
		);
	});

	test('sends the options in the documented fields', async () => {
		await sendTemplate({
			buttonIndex: 1,
			headerVariables: { values: [{ value: 'Salon' }] },
			screen: 'DAY',
			screenData: { day: 'Monday' },
			clientMessageId: 'order-1',
			replyTo: 'umid-1',
		});
		const { content, ...rest } = getBody();
		expect(rest).toMatchObject({ clientMessageId: 'order-1', context: { umid: 'umid-1' } });
		expect(content.template.components).toMatchObject([
			{ type: 'header', parameters: [{ text: 'Salon' }] },
			{ type: 'body' },
			{
				index: 1,
				parameters: [
					{ type: 'action', flowActionData: { screen: 'DAY', data: { day: 'Monday' } } },
				],
			},
		]);
		expect(mockApi.messages).toHaveLength(1);
	});

	test('returns the template and the message ID, and no flow token', async () => {
		const { main } = await sendTemplate();
		expect(toJson(main)).toEqual([
			{
				message_id: mockApi.messages[0]?.id,
				to: CUSTOMER,
				template_name: 'appointment_reminder',
				accepted: true,
				api_response: expect.any(Object),
			},
		]);
	});

	test.each<[string, IDataObject, IDataObject, RegExp]>([
		['no name', {}, { templateName: EMPTY }, /'Template Name' is empty/],
		['an empty variable', {}, { bodyVariables: { values: [{ value: '' }] } }, /Variable 1/],
		['a wrong index', { buttonIndex: 10 }, {}, /'Button Index' must be/],
		['no recipient', {}, { to: EMPTY }, /'To' is empty/],
	])('fails before sending with %s', async (_, options, parameters, message) => {
		const { error } = await sendTemplate(options, parameters);
		expect(error?.message).toMatch(message);
		expect(mockApi.requests).toEqual([]);
	});
});
