import { describe, expect, test } from 'vitest';
import {
	CALLBACK_CREDENTIAL,
	kaleyraCallbackApiTest,
} from '../../../nodes/kaleyra/callbackHeader.ts';
import {
	hasCallbackHeader,
	parseCallbackHeader,
} from '../../../nodes/shared/whatsappFlows/replyTrigger/callbackHeader.ts';

const CREDENTIAL = { headerName: ' X-Callback-Secret ', headerValue: ' 0123456789abcdef ' };
const { labels } = CALLBACK_CREDENTIAL;
const HEADER = parseCallbackHeader(CREDENTIAL, labels);

describe('The callback header', () => {
	test('is compared without case in its name, and with every character of its value', () => {
		expect(HEADER).toEqual({ name: 'x-callback-secret', value: '0123456789abcdef' });
		expect(hasCallbackHeader({ 'x-callback-secret': '0123456789abcdef' }, HEADER)).toBe(true);
	});

	test.each([
		undefined,
		'',
		'0123456789abcde',
		'0123456789abcdeF',
		'0123456789abcdef ',
		['0123456789abcdef'],
	])('does not have the value %j', (value) => {
		expect(hasCallbackHeader({ 'x-callback-secret': value }, HEADER)).toBe(false);
	});

	test('passes the test of its credential', async () => {
		const credential = { id: '1', name: 'Callback', type: 'kaleyraCallbackApi', data: CREDENTIAL };
		expect(await kaleyraCallbackApiTest.call({} as never, credential)).toEqual({
			status: 'OK',
			message: 'The header can be sent. Enter the same header at Kaleyra.',
		});
	});

	test.each([
		['Authorization', 'Bearer 0123456789abcdef'],
		['authorization', 'Basic  MDEyMzQ1Njc4OQ=='],
	])('%s can have the scheme and credentials %j', (headerName, headerValue) => {
		const header = parseCallbackHeader({ headerName, headerValue }, labels);
		expect(header).toEqual({ name: 'authorization', value: headerValue });
	});

	test.each([
		[{ headerName: 'Authorization', headerValue: 'Bearer a b' }, /contains a space/],
		[{ headerName: 'Authorization', headerValue: 'Bearer short' }, /is too short/],
		[{ headerName: '' }, /'Header Name'/],
		[{ headerName: 'X Secret' }, /'Header Name'/],
		[{ headerName: 'X-Secret:' }, /'Header Name'/],
		[{ headerValue: '' }, /'Header Value' .* is empty/],
		[{ headerValue: 'a b' }, /contains a space/],
		[{ headerValue: 'short' }, /is too short/],
	])('is not accepted with %j', async (changes, message) => {
		const data = { ...CREDENTIAL, ...changes };
		expect(() => parseCallbackHeader(data, labels)).toThrow(message);
		const credential = { id: '1', name: 'Callback', type: 'kaleyraCallbackApi', data };
		const result = await kaleyraCallbackApiTest.call({} as never, credential);
		expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(message) });
	});
});
