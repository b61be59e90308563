import fc from 'fast-check';
import type { JsonObject, JsonValue } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { parseFlowReplies } from '../../../packages/n8n-nodes-8x8-flows/nodes/eightByEight/flowReplies.ts';
import { createEvent, createFlowReply, DELIVERY_RECEIPT, TEXT_EVENT } from './events.mts';

const parse = (payload: unknown) => parseFlowReplies(payload).map(({ reply }) => reply);

describe('A flow reply of 8x8', () => {
	test('of a customer who hides the phone number is from the user ID', () => {
		const user = { channelUserId: 'US.134', username: 'asha' };
		expect(parse(createEvent({ user }))).toMatchObject([
			{ from: 'US.134', channel_user_id: 'US.134', profile_name: '' },
		]);
	});

	test('names the message that it replies to if 8x8 sends its umid', () => {
		expect(parse(createEvent({ replyToUmid: 'umid-1' }))).toMatchObject([
			{ in_reply_to: 'umid-1' },
		]);
	});

	test('is found in each event of a list', () => {
		const events = [createEvent(), TEXT_EVENT, DELIVERY_RECEIPT, createEvent({ umid: 'B' })];
		expect(parse(events)).toMatchObject([{ flow_token: 'token-1' }, { message_id: 'B' }]);
	});

	test('may have fields that are an object, or no JSON at all', () => {
		expect(parse(createFlowReply({ a: 1, flow_token: 't' }))).toMatchObject([
			{ response: { a: 1 }, flow_token: 't' },
		]);
		expect(parseFlowReplies(createFlowReply('{"a":'))).toMatchObject([
			{ reply: { response: '{"a":', flow_token: '' }, warning: expect.any(String) },
		]);
	});

	test.each([
		['of a button', createEvent({ content: { interactive: { type: 'button_reply' } } })],
		['with another event type', { ...createEvent(), eventType: 'outbound_message' }],
		['without an event', createEvent()['payload']],
		['without a payload', { eventType: 'inbound_message_received' }],
		['without a reply', createEvent({ content: { interactive: { type: 'nfmReply' } } })],
	])('is not a message %s', (_, payload) => {
		expect(parse(payload)).toEqual([]);
	});
});

const isContainer = (value: unknown): value is Record<string, JsonValue> =>
	typeof value === 'object' && value !== null;

/** Replaces or deletes a part of an event, at a path of keys that is chosen at random. */
function mutate(value: JsonValue, choices: number[], replacement: JsonValue | undefined): void {
	if (!isContainer(value)) return;
	const [choice = 0, ...rest] = choices;
	const keys = Object.keys(value);
	const key = keys[choice % keys.length];
	if (key === undefined) return;
	const inner = value[key];
	if (rest.length > 0 && isContainer(inner)) mutate(inner, rest, replacement);
	else if (replacement === undefined) delete value[key];
	else value[key] = replacement;
}

test('2000 mutated events of 8x8 cause no exception, and no item that is incomplete', () => {
	let found = 0;
	const property = fc.property(
		fc.constantFrom<JsonObject>(createEvent(), TEXT_EVENT, DELIVERY_RECEIPT),
		fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
		fc.option(fc.jsonValue() as fc.Arbitrary<JsonValue>, { nil: undefined }),
		(original, choices, replacement) => {
			const event = structuredClone(original);
			mutate(event, choices, replacement);
			const received = parseFlowReplies(event);
			found += received.length;
			return received.every(({ reply: { response, ...texts }, warning }) => {
				const isText = typeof response === 'string';
				return (
					Object.values(texts).every((text) => typeof text === 'string') &&
					isText === (warning !== undefined)
				);
			});
		},
	);
	fc.assert(property, { numRuns: 2_000, seed: 1 });
	expect(found).toBeGreaterThan(200);
});
