import { describe, expect, test } from 'vitest';
import {
	buildFlowMessage,
	buildFlowTemplateMessage,
} from '../../../nodes/shared/whatsappFlows/flowMessage.ts';
import type { FlowMessage } from '../../../nodes/shared/whatsappFlows/flowMessage.ts';
import {
	isSamePhoneNumber,
	parsePhoneNumber,
} from '../../../nodes/shared/whatsappFlows/phoneNumber.ts';

const MESSAGE: FlowMessage = {
	to: '+919876543210',
	flowId: '900000000000002',
	bodyText: 'Tell us what you think.',
	buttonText: 'Start',
	mode: 'published',
	flowAction: 'navigate',
	flowToken: 'token-1',
};
const getParameters = (message: FlowMessage): object =>
	(buildFlowMessage(message)['interactive'] as { action: { parameters: object } }).action
		.parameters;

describe('A flow message', () => {
	test('has Meta’s format', () => {
		expect(buildFlowMessage(MESSAGE)).toEqual({
			messaging_product: 'whatsapp',
			recipient_type: 'individual',
			to: '+919876543210',
			type: 'interactive',
			interactive: {
				type: 'flow',
				body: { text: 'Tell us what you think.' },
				action: {
					name: 'flow',
					parameters: {
						flow_message_version: '3',
						flow_token: 'token-1',
						flow_id: '900000000000002',
						flow_cta: 'Start',
						mode: 'published',
						flow_action: 'navigate',
					},
				},
			},
		});
	});

	test('has the optional header, footer, and quoted message', () => {
		const message = { ...MESSAGE, header: 'Survey', footer: 'Thanks', replyTo: 'wamid.1' };
		expect(buildFlowMessage(message)).toMatchObject({
			context: { message_id: 'wamid.1' },
			interactive: { header: { type: 'text', text: 'Survey' }, footer: { text: 'Thanks' } },
		});
	});

	test.each([
		[{ screen: 'RATE' }, { screen: 'RATE' }],
		[{ screenData: { name: 'Asha' } }, { data: { name: 'Asha' } }],
		[
			{ screen: 'RATE', screenData: { a: 1 } },
			{ screen: 'RATE', data: { a: 1 } },
		],
	])('with %j has the payload %j', (changes, payload) => {
		expect(getParameters({ ...MESSAGE, ...changes })).toHaveProperty(
			'flow_action_payload',
			payload,
		);
	});

	test('has no payload without a screen and data', () => {
		expect(getParameters(MESSAGE)).not.toHaveProperty('flow_action_payload');
	});
});

describe('A flow template message', () => {
	const TEMPLATE = {
		to: '+919876543210',
		templateName: 'appointment',
		language: 'en_US',
		headerVariables: [],
		bodyVariables: ['Asha', 'Monday'],
		buttonIndex: 0,
		flowToken: 'token-1',
	};

	test('names the flow’s button and its token', () => {
		expect(buildFlowTemplateMessage(TEMPLATE)).toEqual({
			messaging_product: 'whatsapp',
			recipient_type: 'individual',
			to: '+919876543210',
			type: 'template',
			template: {
				name: 'appointment',
				language: { code: 'en_US' },
				components: [
					{
						type: 'body',
						parameters: [
							{ type: 'text', text: 'Asha' },
							{ type: 'text', text: 'Monday' },
						],
					},
					{
						type: 'button',
						sub_type: 'flow',
						index: '0',
						parameters: [{ type: 'action', action: { flow_token: 'token-1' } }],
					},
				],
			},
		});
	});

	test('has only the button without variables, and the data of the screen', () => {
		const message = { ...TEMPLATE, bodyVariables: [], buttonIndex: 1, screenData: { a: 1 } };
		expect(buildFlowTemplateMessage(message)['template']).toMatchObject({
			components: [
				{
					index: '1',
					parameters: [{ action: { flow_token: 'token-1', flow_action_data: { a: 1 } } }],
				},
			],
		});
	});
});

describe('A phone number', () => {
	test.each([
		['+919876543210', '+919876543210'],
		['919876543210', '+919876543210'],
		[919876543210, '+919876543210'],
		[' +91 98765-43210 ', '+919876543210'],
		['+6591234567', '+6591234567'],
		['14155550100', '+14155550100'],
		['+1 (415) 555-0100', '+14155550100'],
		['+49\u00a030\u2011123.456', '+4930123456'],
	])('%j becomes %s', (value, expected) => {
		expect(parsePhoneNumber(value, "'To'")).toBe(expected);
	});

	test.each([
		['', /'To' is empty/],
		['9876543210', /international format/],
		['6591234567', /international format/],
		['+44 (0)20 7946 0000', /international format/],
		['09876543210', /international format/],
		['00919876543210', /international format/],
		['+91', /international format/],
		['+9198765432109876', /international format/],
		['asha@example.com', /international format/],
		['+91 98765 x43210', /international format/],
		['+91987654321\n', undefined],
	])('%j is checked', (value, error) => {
		const parse = () => parsePhoneNumber(value, "'To'");
		if (error) expect(parse).toThrow(error);
		else expect(parse()).toBe('+91987654321');
	});

	test.each([
		['00919876543210', 'Write + in place of 00. '],
		['+44 (0)20 7946 0000', 'Leave out (0). '],
		['9876543210', 'Numbers of up to 10 digits need a + before the country code. '],
		['65', 'Numbers of up to 10 digits need a + before the country code. '],
		['09876543210', ''],
		['+9198765432109876', ''],
		['91987654321x', ''],
	])('the error for %j says how to correct it', (value, advice) => {
		const description = `${advice}Enter the number with its country code, such as +919876543210.`;
		const parse = () => parsePhoneNumber(value, "'To'");
		expect(parse).toThrow(expect.objectContaining({ description }));
	});

	test.each([
		['+919876543210', '919876543210', true],
		['+5511987654321', '551187654321', true],
		['+5215512345678', '525512345678', true],
		['+91 98765 43210', '+919876543210', true],
		['+919876543210', '919876543211', false],
		['', '', false],
		['+919876543210', '', false],
	])('%j and %j are the same: %s', (one, other, same) => {
		expect(isSamePhoneNumber(one, other)).toBe(same);
	});
});
