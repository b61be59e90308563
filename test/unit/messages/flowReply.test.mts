import type { JsonObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { parseFlowReplies } from '../../../nodes/kaleyra/flowReplies.ts';
import {
	ADDRESS_MESSAGE,
	createEnvelope,
	createMessage,
	createMetaPayload,
	createNfmReply,
	createValue,
	TEXT_MESSAGE,
} from './replies.mts';

const FIELDS = { date: '2026-12-01', guests: 2, newsletter: true };
const REPLY = {
	from: '919876543210',
	profile_name: 'Asha',
	message_id: 'wamid.REPLY',
	in_reply_to: 'wamid.SENT',
	timestamp: '1760000000',
	flow_token: 'token-1',
	response: FIELDS,
	ref: 'order-1',
	ref1: 'shop',
	ref2: '',
	waba_id: '102290129340398',
	phone_number_id: '106540352242922',
};
const NO_REFERENCES = { ref: '', ref1: '', ref2: '' };
const parse = (payload: unknown) => parseFlowReplies(payload).map(({ reply }) => reply);
const parseOne = (message: JsonObject) => parse(createEnvelope([message]))[0];

describe('A flow reply', () => {
	test('in Kaleyra’s V2 envelope has its fields, token, and references', () => {
		expect(parse(createEnvelope())).toEqual([REPLY]);
	});

	test('in Meta’s envelope has the WABA ID of the entry and no references', () => {
		expect(parse(createMetaPayload())).toEqual([{ ...REPLY, ...NO_REFERENCES }]);
	});

	test('in Meta’s envelope inside Kaleyra’s has the references', () => {
		const payload = { meta_object: createMetaPayload(), extra_info: { ref: 'order-1' } };
		expect(parse(payload)).toEqual([{ ...REPLY, ref1: '' }]);
	});

	test('without an envelope is found', () => {
		expect(parse(createValue())).toEqual([{ ...REPLY, ...NO_REFERENCES, waba_id: '' }]);
	});

	test('is found in each envelope of a list, with the references of its own envelope', () => {
		const payload = [createEnvelope(), createEnvelope([createMessage({ id: 'B' })], { ref: 'b' })];
		expect(parse(payload).map(({ message_id: id, ref }) => [id, ref])).toEqual([
			['wamid.REPLY', 'order-1'],
			['B', 'b'],
		]);
	});

	test('is found in each message of an envelope, without references that may belong to another', () => {
		const messages = [createMessage(), TEXT_MESSAGE, createMessage({ id: 'B' })];
		expect(parse(createEnvelope(messages))).toEqual([
			{ ...REPLY, ...NO_REFERENCES },
			{ ...REPLY, ...NO_REFERENCES, message_id: 'B' },
		]);
	});

	test('comes with the whole payload, in a list with its part of it', () => {
		const [first, second] = [createEnvelope(), createMetaPayload()];
		expect(parseFlowReplies([first, second]).map(({ payload }) => payload)).toEqual([
			first,
			second,
		]);
	});

	test('takes the sender from the contact if the message has none', () => {
		expect(parseOne(createMessage({ from: null }))?.from).toBe('919876543210');
	});

	test('takes the profile name from the sender’s contact', () => {
		const contacts = [
			{ profile: { name: 'Ravi' }, wa_id: '1' },
			{ profile: { name: 'Asha' }, wa_id: '919876543210' },
		];
		expect(parse({ ...createValue(), contacts })[0]?.profile_name).toBe('Asha');
		expect(parse({ ...createValue(), contacts: contacts.slice(0, 1) })[0]?.profile_name).toBe(
			'Ravi',
		);
	});

	test('has no profile name if the sender is none of several contacts', () => {
		const contacts = ['1', '2'].map((id) => ({ profile: { name: 'Ravi' }, wa_id: id }));
		expect(parse({ ...createValue(), contacts })[0]?.profile_name).toBe('');
	});

	test('has empty text for everything that is missing', () => {
		const message = createMessage();
		const payload = { messages: [{ interactive: message['interactive'] }] };
		expect(parse(payload)).toEqual([
			{
				...Object.fromEntries(Object.keys(REPLY).map((key) => [key, ''])),
				flow_token: 'token-1',
				response: FIELDS,
			},
		]);
	});

	test('keeps all digits of long numbers in its fields', () => {
		const message = createNfmReply({ name: 'flow', response_json: '{"id":12345678901234567890}' });
		expect(parseOne(message)?.response).toEqual({ id: '12345678901234567890' });
	});

	test('is accepted without a name, and with fields that are already an object', () => {
		expect(parseOne(createNfmReply({ response_json: { a: 1 } }))?.response).toEqual({ a: 1 });
	});

	test.each([
		['broken JSON', '{"date":', '{"date":'],
		['text', 'Sent', 'Sent'],
		['a list', '[1]', '[1]'],
		['a number', 5, '5'],
		['nothing', undefined, ''],
	])('with %s in place of the fields has the text and a warning', (_, responseJson, text) => {
		const message = createNfmReply({ name: 'flow', response_json: responseJson as never });
		const [received] = parseFlowReplies(createEnvelope([message]));
		expect(received?.reply).toMatchObject({ response: text, flow_token: '' });
		expect(received?.warning).toMatch(/aren't a JSON object/);
	});
});

describe('No flow reply', () => {
	test.each([
		['a text message', createEnvelope([TEXT_MESSAGE])],
		['an address message', createEnvelope([ADDRESS_MESSAGE])],
		[
			'a list reply',
			createEnvelope([
				createMessage({ interactive: { type: 'list_reply', list_reply: { id: '1' } } }),
			]),
		],
		['a status update', { meta_object: { value: { statuses: [{ id: '1', status: 'sent' }] } } }],
		['a "not sent" body', { code: 'WAV2101', status: 'not sent', message_id: 'x', extra_info: {} }],
		['an empty object', {}],
		['an empty list', []],
		['text', 'hello'],
		['null', null],
		['undefined', undefined],
		['messages that are no list', { messages: { interactive: {} } }],
		['messages that are null and text', { messages: [null, 'hello'] }],
	])('is found in %s', (_, payload) => {
		expect(parseFlowReplies(payload)).toEqual([]);
	});

	test.each<[string, (inner: unknown) => unknown]>([
		['an envelope', (inner) => ({ value: inner })],
		['a list', (inner) => [inner]],
	])('is found in %s nested too deeply', (_, wrap) => {
		const nested = Array.from({ length: 2_000 }).reduce<unknown>(wrap, createValue());
		expect(parseFlowReplies(nested)).toEqual([]);
	});
});
