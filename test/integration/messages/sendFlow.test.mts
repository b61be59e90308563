import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { byId, DRAFT, harness, mockApi, PUBLISHED, setUp, toJson } from '../setup.mts';
import { CUSTOMER, sendFlow, sendTemplate } from './setup.mts';

setUp();

/** n8n checks required parameters itself, but not the results of expressions. */
const EMPTY = '={{ "" }}';

const N8N_HEADERS = /^(accept|accept-encoding|user-agent|host|connection): /i;
const getHead = () =>
	mockApi.requests[0]?.head.split('\r\n').filter((line) => !N8N_HEADERS.test(line));

describe('Send Flow', () => {
	test('sends the documented request', async () => {
		await sendFlow();
		const body =
			'{"messaging_object":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"flow","body":{"text":"Tell us what you think."},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_token":"token-1","flow_id":"900000000000002","flow_cta":"Start","mode":"published","flow_action":"navigate"}}}}}';
		expect(getHead()).toEqual([
			'POST /v2/HXAP0000000000IN/whatsapp/%2B919800000000/messages HTTP/1.1',
			'Content-Type: application/json',
			'api-key: A0mockapi0mockapi0mockapi0mockapi',
			`Content-Length: ${Buffer.byteLength(body)}`,
		]);
		expect(mockApi.requests[0]?.body).toBe(body);
	});

	test('sends all options in Meta’s and Kaleyra’s fields', async () => {
		await sendFlow({
			header: 'Survey',
			footer: 'Thanks',
			mode: 'published',
			flowAction: 'navigate',
			screen: 'RATE',
			screenData: '{ "order": 12345678901234567890 }',
			screenDataFields: { values: [{ name: 'name', value: 'Asha' }] },
			ref: 'order-1',
			ref1: 'shop',
			ref2: 'x',
			replyTo: 'wamid.1',
		});
		const { messaging_object: message, extra_info: info } = JSON.parse(mockApi.requests[0]!.body);
		expect(info).toEqual({ ref: 'order-1', ref1: 'shop', ref2: 'x' });
		expect(message.context).toEqual({ message_id: 'wamid.1' });
		expect(message.interactive).toMatchObject({
			header: { type: 'text', text: 'Survey' },
			footer: { text: 'Thanks' },
		});
		expect(message.interactive.action.parameters.flow_action_payload).toEqual({
			screen: 'RATE',
			data: { order: '12345678901234567890', name: 'Asha' },
		});
	});

	test('returns the message ID, the flow token, and Kaleyra’s response', async () => {
		const { main } = await sendFlow();
		const [{ id } = { id: '' }] = mockApi.messages;
		expect(toJson(main)).toEqual([
			{
				message_id: id,
				to: CUSTOMER,
				flow_id: PUBLISHED,
				flow_token: 'token-1',
				accepted: true,
				api_response: {
					code: 'WA200',
					message: 'Request Processed Successfully',
					data: { message_id: id },
					error: {},
				},
			},
		]);
	});

	test('sends the numbers of expressions as text', async () => {
		await sendFlow({ ref: '={{ 7 }}' }, { bodyText: '={{ 5 }}' });
		const { messaging_object: message, extra_info: info } = JSON.parse(mockApi.requests[0]!.body);
		expect([message.interactive.body.text, info.ref]).toEqual(['5', '7']);
	});

	test('trims references, the screen, and the names of its fields', async () => {
		const values = [{ name: ' name ', value: 'Asha' }];
		await sendFlow({ ref: ' order-1 ', screen: ' RATE ', screenDataFields: { values } });
		const { messaging_object: message, extra_info: info } = JSON.parse(mockApi.requests[0]!.body);
		expect(info).toEqual({ ref: 'order-1' });
		expect(message.interactive.action.parameters.flow_action_payload).toEqual({
			screen: 'RATE',
			data: { name: 'Asha' },
		});
	});

	test('generates a flow token for each message', async () => {
		const items = [{}, {}];
		const { main } = await sendFlow({ flowToken: '' }, {}, { items });
		const tokens = toJson(main).map((item) => item['flow_token']);
		expect(tokens).toEqual(mockApi.messages.map(({ flowToken }) => flowToken));
		expect(new Set(tokens).size).toBe(2);
	});

	test('sends from the number in the node instead of the credential’s', async () => {
		mockApi.account.phoneNumber = '+919800000001';
		await sendFlow({}, { from: '+91 98000-00001' });
		expect(mockApi.messages.map(({ from }) => from)).toEqual(['+919800000001']);
	});

	test('sends a draft in the mode Draft', async () => {
		const { main } = await sendFlow({ mode: 'draft' }, { flowId: byId(DRAFT) });
		expect(toJson(main)).toEqual([expect.objectContaining({ accepted: true })]);
	});

	test('asks the endpoint for the first screen with the action Data Exchange', async () => {
		await sendFlow({ flowAction: 'data_exchange' });
		const { interactive } = JSON.parse(mockApi.requests[0]!.body).messaging_object;
		const { flow_action: action, ...parameters } = interactive.action.parameters;
		expect(action).toBe('data_exchange');
		expect(parameters).not.toHaveProperty('flow_action_payload');
	});

	const INVALID: [string, IDataObject, IDataObject, RegExp][] = [
		['no recipient', {}, { to: EMPTY }, /'To' is empty/],
		['a national number', {}, { to: '09876543210' }, /'To' isn't a phone number/],
		['no body text', {}, { bodyText: ' ' }, /'Body Text' is empty/],
		['an object as body text', {}, { bodyText: '={{ {} }}' }, /'Body Text' is empty/],
		['an object as reference', { ref: '={{ {} }}' }, {}, /'Reference' must be a single line/],
		['a long body text', {}, { bodyText: 'x'.repeat(1_025) }, /has 1025 characters/],
		['no button text', {}, { buttonText: EMPTY }, /'Button Text' is empty/],
		['a long button text', {}, { buttonText: 'x'.repeat(31) }, /the limit is 30/],
		['an emoji in the button text', {}, { buttonText: 'Go 🚀' }, /contains an emoji/],
		['a long header', { header: 'x'.repeat(61) }, {}, /'Header' has 61/],
		['a long footer', { footer: 'x'.repeat(61) }, {}, /'Footer' has 61/],
		['a flow token with a line break', { flowToken: 'a\nb' }, {}, /'Flow Token' must be/],
		['screen data that is no object', { screenData: '[1]' }, {}, /isn't a JSON object: "\[1\]"$/],
		['a list as screen data', { screenData: '={{ [1] }}' }, {}, /isn't a JSON object: "\[1\]"$/],
		['broken screen data', { screenData: '{' }, {}, /isn't a JSON object/],
		[
			'a field without a name',
			{ screenDataFields: { values: [{ name: '', value: 'x' }] } },
			{},
			/has no name/,
		],
		[
			'a screen for an endpoint',
			{ flowAction: 'data_exchange', screen: 'A' },
			{},
			/can't be combined/,
		],
		[
			'screen data for an endpoint',
			{ flowAction: 'data_exchange', screenData: '{"a":1}' },
			{},
			/can't be combined/,
		],
		['an unknown mode', { mode: 'test' }, {}, /'Mode' must be/],
		['an unknown flow action', { flowAction: 'open' }, {}, /'Flow Action' must be/],
		['no flow', {}, { flowId: byId(EMPTY) }, /'Flow ID' is empty/],
	];
	test.each(INVALID)('fails before sending with %s', async (_, options, parameters, message) => {
		const { error } = await sendFlow(options, parameters);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(/\.$/);
		expect(mockApi.requests).toEqual([]);
	});

	test('fails before sending when neither the node nor the credential has a sender', async () => {
		harness.credential = { ...harness.credential, phoneNumber: '' };
		const { error } = await sendFlow();
		expect(error?.message).toBe("'From' is empty, and the credential has no phone number");
		expect(mockApi.requests).toEqual([]);
	});
});

describe('Send Flow Template', () => {
	test('sends the documented request', async () => {
		await sendTemplate();
		const body =
			'{"messaging_object":{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"template","template":{"name":"appointment_reminder","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"Asha"},{"type":"text","text":"Monday"}]},{"type":"button","sub_type":"flow","index":"0","parameters":[{"type":"action","action":{"flow_token":"token-1"}}]}]}}}';
		expect(getHead()?.slice(0, 2)).toEqual([
			'POST /v2/HXAP0000000000IN/whatsapp/%2B919800000000/messages HTTP/1.1',
			'Content-Type: application/json',
		]);
		expect(mockApi.requests[0]?.body).toBe(body);
	});

	test('sends the options', async () => {
		await sendTemplate({
			buttonIndex: 1,
			headerVariables: { values: [{ value: 'Salon' }] },
			screenData: { day: 'Monday' },
			ref: 'order-1',
			replyTo: 'wamid.1',
		});
		const { messaging_object: message, extra_info: info } = JSON.parse(mockApi.requests[0]!.body);
		expect(info).toEqual({ ref: 'order-1' });
		expect(message.context).toEqual({ message_id: 'wamid.1' });
		expect(message.template.components).toMatchObject([
			{ type: 'header', parameters: [{ text: 'Salon' }] },
			{ type: 'body' },
			{ index: '1', parameters: [{ action: { flow_action_data: { day: 'Monday' } } }] },
		]);
	});

	test('trims the name and the language', async () => {
		await sendTemplate({}, { templateName: ' appointment_reminder ', language: ' en_US ' });
		const { template } = JSON.parse(mockApi.requests[0]!.body).messaging_object;
		expect(template).toMatchObject({ name: 'appointment_reminder', language: { code: 'en_US' } });
	});

	test('returns the template and the message ID', async () => {
		const { main } = await sendTemplate();
		expect(toJson(main)).toEqual([
			expect.objectContaining({
				message_id: mockApi.messages[0]?.id,
				to: CUSTOMER,
				template_name: 'appointment_reminder',
				flow_token: 'token-1',
				accepted: true,
			}),
		]);
	});

	const INVALID: [string, IDataObject, IDataObject, RegExp][] = [
		['no name', {}, { templateName: EMPTY }, /'Template Name' is empty/],
		[
			'a name with spaces',
			{},
			{ templateName: 'My template' },
			/'Template Name' has an unexpected/,
		],
		[
			'a hyphen in the name',
			{},
			{ templateName: 'my_template-2' },
			/'Template Name' has an unexpected/,
		],
		[
			'a hyphen in the language',
			{},
			{ language: 'en-US' },
			/'Template Language' has an unexpected/,
		],
		['a digit in the language', {}, { language: '1en' }, /'Template Language' has an unexpected/],
		['no language', {}, { language: EMPTY }, /'Template Language' is empty/],
		[
			'an empty variable',
			{},
			{ bodyVariables: { values: [{ value: '' }] } },
			/Variable 1 .* empty/,
		],
		['a wrong index', { buttonIndex: 10 }, {}, /'Button Index' must be/],
	];
	test.each(INVALID)('fails before sending with %s', async (_, options, parameters, message) => {
		const { error } = await sendTemplate(options, parameters);
		expect(error?.message).toMatch(message);
		expect(mockApi.requests).toEqual([]);
	});
});
