import { expect, test } from 'vitest';
import { parseFlowReplies, REPLY_FORMAT } from '../../../nodes/kaleyra/flowReplies.ts';
import { parseForwardedReply } from '../../../nodes/shared/whatsappFlows/messages/forwardedReply.ts';
import { parseWaitLimit } from '../../../nodes/shared/node/waiting.ts';
import { createEnvelope } from './replies.mts';

const { texts } = REPLY_FORMAT;
const { reply } = parseFlowReplies(createEnvelope())[0]!;

test('A forwarded reply is the same', () => {
	expect(parseForwardedReply(JSON.parse(JSON.stringify(reply)), texts)).toEqual(reply);
});

test('A forwarded reply can have text in place of its fields', () => {
	expect(parseForwardedReply({ ...reply, response: 'Sent' }, texts)?.response).toBe('Sent');
});

test('A forwarded reply has no other fields, and texts only', () => {
	expect(parseForwardedReply({ ...reply, timed_out: true, ref: { a: 1 } }, texts)).toEqual({
		...reply,
		ref: '',
	});
});

test.each([undefined, null, 'text', [], {}, { response: 5 }])('%j is no reply', (body) => {
	expect(parseForwardedReply(body, texts)).toBeUndefined();
});

const getLimit = (values: object) =>
	parseWaitLimit((name, fallback) => (name === 'options.limitWaitTime.values' ? values : fallback));

test.each([
	[{ resumeAmount: 2, resumeUnit: 'minutes' }, 120_000],
	[{ limitType: 'afterTimeInterval', resumeAmount: 0.5, resumeUnit: 'days' }, 43_200_000],
	[{ resumeAmount: 1 }, 3_600_000],
])('The limit %j is %i ms from now', (values, milliseconds) => {
	expect(getLimit(values).getTime() - Date.now()).toBeCloseTo(milliseconds, -3);
});

test('The limit can be a time, or none', () => {
	const maxDateAndTime = '2026-12-01T08:00:00Z';
	expect(getLimit({ limitType: 'atSpecifiedTime', maxDateAndTime })).toEqual(
		new Date(maxDateAndTime),
	);
	expect(getLimit({}).getFullYear()).toBe(3000);
});

test.each([
	{ limitType: 'atSpecifiedTime', maxDateAndTime: '' },
	{ resumeAmount: 'x', resumeUnit: 'hours' },
	{ resumeAmount: 1, resumeUnit: 'years' },
])('The limit %j is rejected', (values) => {
	expect(() => getLimit(values)).toThrow("'Limit Wait Time' is no time");
});
