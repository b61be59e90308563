import { describe, expect, test } from 'vitest';
import { parseFlowId } from '../../nodes/kaleyra/parameters/flow.ts';
import { parseId } from '../../nodes/kaleyra/ids.ts';
import { parseWabaId } from '../../nodes/kaleyra/parameters/wabaId.ts';
import { InvalidInputError } from '../../nodes/shared/errors.ts';

const ID = '822625023859371';

/** What reading refuses with: the message and the next step, in one text. */
function createApiError(read: () => unknown): string {
	try {
		read();
	} catch (thrown) {
		if (thrown instanceof InvalidInputError) return `${thrown.message}. ${thrown.description}`;
		throw thrown;
	}
	throw new Error('It was accepted');
}

describe('An ID', () => {
	test.each([
		['digits', ID, ID],
		['digits between blanks', ` ${ID}\n`, ID],
		['a number that JavaScript holds exactly', 822625023859371, ID],
		['the largest such number', Number.MAX_SAFE_INTEGER, '9007199254740991'],
		['digits beyond 2^53, as text', '90071992547409931234', '90071992547409931234'],
		['leading zeros, as text', '007', '007'],
	])('is taken: %s', (_, value, id) => {
		expect(parseId(value, "'Flow ID'")).toBe(id);
	});

	test.each<[string, unknown]>([
		['empty text', ''],
		['blanks only', ' \t '],
		['nothing', undefined],
		['null', null],
		['true', true],
		['an object', { id: ID }],
		['an array', [ID]],
	])('is called empty: %s', (_, value) => {
		expect(createApiError(() => parseId(value, "'Flow ID'"))).toMatch(/^'Flow ID' is empty/);
	});

	test.each([
		['a slash', `${ID}/publish`],
		['two dots', '..'],
		['one dot', '.'],
		['a climb', `../${ID}`],
		['a question mark', `${ID}?fields=id`],
		['a hash', `${ID}#1`],
		['a percent sign', '%2e%2e'],
		['a blank inside', '8226 2502'],
		['a line break inside', '8226\n2502'],
		['a NUL character', '8226\u0000'],
		['letters', 'flow-1'],
		['a sign', '-1'],
		['a fraction', '1.5'],
		['an exponent', '1e15'],
		['digits of another script', '٨٢٢٦'],
		['300 digits', '1'.repeat(300)],
		['300 letters', 'a'.repeat(300)],
	])('is refused as more than digits: %s', (_, value) => {
		expect(createApiError(() => parseId(value, "'Flow ID'"))).toMatch(
			/^'Flow ID' must contain only digits: .*822625023859371/su,
		);
	});

	test('that is very long is not repeated in full', () => {
		expect(createApiError(() => parseId('a'.repeat(300), 'Flow ID'))).not.toContain(
			'a'.repeat(100),
		);
	});

	test.each(['11576XXXXXXXXXX0', '112xxxxxxxxxx207'])(
		'copied from the documents (%s) is refused with what the X hides',
		(value) => {
			expect(createApiError(() => parseId(value, "'Flow ID'"))).toMatch(/X .* hidden digit/);
		},
	);

	test.each([
		['above 2^53', 2 ** 53],
		['far above it', 1e21],
		['negative', -1],
		['a fraction', 1.5],
		['NaN', Number.NaN],
		['infinite', Number.POSITIVE_INFINITY],
	])('that is a number %s is refused', (_, value) => {
		expect(() => parseId(value, "'Flow ID'")).toThrow(InvalidInputError);
	});

	test('that is a number above 2^53 is refused because its digits are lost', () => {
		expect(createApiError(() => parseId(9007199254740993, "'Flow ID'"))).toMatch(
			/exceeds JavaScript's safe integer range.*Pass the ID as a string/,
		);
	});
});

describe('A flow', () => {
	const flowId = (value: unknown) => parseFlowId(() => value);
	const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value });

	test.each([
		['chosen from the list', locator('list', ID)],
		['by ID', locator('id', ID)],
		['by an ID that an expression made a number', locator('id', Number(ID))],
		['by an expression in place of the locator', ID],
		['by a number in place of the locator', Number(ID)],
	])('is found %s', (_, value) => {
		expect(flowId(value)).toBe(ID);
	});

	test.each([
		['not chosen yet', locator('list', '')],
		['by an empty ID', locator('id', '')],
		['by nothing', undefined],
	])('is missing when %s', (_, value) => {
		expect(() => flowId(value)).toThrow("'Flow ID' is empty");
	});

	const WABA = '102290129340398';
	const BUSINESS = '506914307656634';
	test.each([
		[`https://business.facebook.com/wa/manage/flows/${ID}/`],
		[`https://business.facebook.com/wa/manage/flows/${ID}`],
		[`https://www.facebook.com/wa/manage/flows/${ID}/edit`],
		[`https://business.facebook.com/wa/manage/flows/${ID}/?waba_id=${WABA}`],
		[`https://business.facebook.com/wa/manage/flows/${ID}#top`],
		[
			`https://business.facebook.com/wa/manage/flows/?business_id=${BUSINESS}&waba_id=${WABA}&flow_id=${ID}`,
		],
		[`https://business.facebook.com/wa/manage/flows/?flow_id=${ID}&waba_id=${WABA}`],
		[
			`https://business.facebook.com/latest/whatsapp_manager/flows/${ID}/?business_id=${BUSINESS}&asset_id=${WABA}`,
		],
		[`  https://business.facebook.com/wa/manage/flows/${ID}/  `],
	])('is found by its address %s', (url) => {
		expect(flowId(locator('url', url))).toBe(ID);
	});

	test.each([
		['names the WABA only', `https://business.facebook.com/wa/manage/flows/?waba_id=${WABA}`],
		['names the business only', `https://business.facebook.com/wa/manage/?business_id=${BUSINESS}`],
		[
			'has a WABA behind another part',
			`https://business.facebook.com/wa/manage/phone-numbers/${WABA}/`,
		],
		['is of another host', `https://example.com/wa/manage/flows/${ID}/`],
		[
			'has the host as a user name',
			`https://business.facebook.com@example.com/wa/manage/flows/${ID}/`,
		],
		['has the host as a prefix', `https://business.facebook.com.example.com/flows/${ID}/`],
		['has the host in its path', `https://example.com/business.facebook.com/flows/${ID}/`],
		['is plain http', `http://business.facebook.com/wa/manage/flows/${ID}/`],
		['has letters for an ID', 'https://business.facebook.com/wa/manage/flows/new/'],
		['has letters behind the digits', `https://business.facebook.com/wa/manage/flows/${ID}abc/`],
		['is an ID and no address', ID],
		['is empty', ''],
		['is nothing', undefined],
	])('is not found by an address that %s', (_, url) => {
		expect(createApiError(() => flowId(locator('url', url)))).toMatch(
			/^'Flow' isn't the URL of a flow in WhatsApp Manager/,
		);
	});
});

describe('A WABA', () => {
	const wabaId = (operationOptions: unknown, ofCredential?: string) =>
		parseWabaId((_, fallback) => operationOptions ?? fallback, ofCredential);

	test.each([
		['the node names it', '1', undefined, '1'],
		['node and credential name one: the node wins', '1', '2', '1'],
		['the credential names it', '', '2', '2'],
		['the node has blanks only', '  ', '2', '2'],
		['the node gives a number', 1, '2', '1'],
	])('is found when %s', (_, operationOptions, ofCredential, id) => {
		expect(wabaId(operationOptions, ofCredential)).toBe(id);
	});

	test.each([undefined, '', ' '])('that nobody names (%j) is asked for', (ofCredential) => {
		expect(createApiError(() => wabaId('', ofCredential))).toMatch(
			/^'WABA ID' is empty, and the credential has no WABA ID.*in the node or in the credential/,
		);
	});

	test('of the credential that cannot be one is said to be the credential’s', () => {
		expect(() => wabaId('', 'my-waba')).toThrow(
			"'WABA ID' in the credential must contain only digits",
		);
	});

	test('of the node that cannot be one does not fall back to the credential’s', () => {
		expect(() => wabaId('my-waba', '2')).toThrow("'WABA ID' must contain only digits");
	});
});
