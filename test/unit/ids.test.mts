import { describe, expect, test } from 'vitest';
import { resolveFlowLocator } from '../../nodes/shared/whatsappFlows/flowLocator.ts';
import { parseId } from '../../nodes/kaleyra/ids.ts';
import { parseWabaId } from '../../nodes/kaleyra/parameters/wabaId.ts';
import { InvalidInputError } from '../../nodes/shared/errors.ts';

const ID = '822625023859371';

/** @returns the message and the description of the InvalidInputError that `parse` throws */
function getInputError(parse: () => unknown): string {
	try {
		parse();
	} catch (thrown) {
		if (thrown instanceof InvalidInputError) return `${thrown.message}. ${thrown.description}`;
		throw thrown;
	}
	throw new Error('The value was accepted');
}

describe('parseId', () => {
	test.each([
		['digits', ID, ID],
		['digits with spaces around them', ` ${ID}\n`, ID],
		['a safe integer', 822625023859371, ID],
		['the largest safe integer', Number.MAX_SAFE_INTEGER, '9007199254740991'],
		['digits beyond 2^53, as text', '90071992547409931234', '90071992547409931234'],
		['leading zeros, as text', '007', '007'],
		['the number 0', 0, '0'],
	])('accepts %s', (_, value, id) => {
		expect(parseId(value, "'Flow ID'")).toBe(id);
	});

	test.each<[string, unknown]>([
		['empty text', ''],
		['only whitespace', ' \t '],
		['undefined', undefined],
		['null', null],
	])('reports %s as empty', (_, value) => {
		expect(getInputError(() => parseId(value, "'Flow ID'"))).toMatch(/^'Flow ID' is empty/);
	});

	test.each<[string, unknown]>([
		['true', true],
		['an object', { id: ID }],
		['an array', [ID]],
	])('rejects %s as neither text nor a number', (_, value) => {
		expect(getInputError(() => parseId(value, "'Flow ID'"))).toMatch(
			/^'Flow ID' must be text or a number: /,
		);
	});

	test.each([
		['a slash', `${ID}/publish`],
		['two dots', '..'],
		['one dot', '.'],
		['a relative path', `../${ID}`],
		['a question mark', `${ID}?fields=id`],
		['a hash', `${ID}#1`],
		['a percent sign', '%2e%2e'],
		['a space between digits', '8226 2502'],
		['a line break inside', '8226\n2502'],
		['a NUL character', '8226\u0000'],
		['letters', 'flow-1'],
		['a sign', '-1'],
		['a fraction', '1.5'],
		['an exponent', '1e15'],
		['digits of another script', '٨٢٢٦'],
		['300 digits', '1'.repeat(300)],
		['300 letters', 'a'.repeat(300)],
	])('rejects %s as not only digits', (_, value) => {
		expect(getInputError(() => parseId(value, "'Flow ID'"))).toMatch(
			/^'Flow ID' must contain only digits: .*822625023859371/su,
		);
	});

	test('truncates a very long ID in the error', () => {
		expect(getInputError(() => parseId('a'.repeat(300), 'Flow ID'))).not.toContain('a'.repeat(100));
	});

	test.each([
		[60, 60],
		[61, 60],
	])('shows of an ID with %i characters %i in the error', (length, visible) => {
		const error = getInputError(() => parseId('a'.repeat(length), 'Flow ID'));
		expect(error).toContain('a'.repeat(visible));
		expect(error).not.toContain('a'.repeat(visible + 1));
		expect(error.includes(`… (${length} characters)`)).toBe(length > visible);
	});

	test.each(['11576XXXXXXXXXX0', '112xxxxxxxxxx207'])(
		'rejects the masked ID %s and explains the mask',
		(value) => {
			expect(getInputError(() => parseId(value, "'Flow ID'"))).toMatch(/X .* hidden digit/);
		},
	);

	test.each(['flow-11X', '11X-flow'])('does not take %s for a masked ID', (value) => {
		expect(getInputError(() => parseId(value, "'Flow ID'"))).not.toMatch(/hidden digit/);
	});

	test.each([
		['above the safe integers', 2 ** 53],
		['far above the safe integers', 1e21],
		['that is negative', -1],
		['with a fraction', 1.5],
		['that is NaN', Number.NaN],
		['that is infinite', Number.POSITIVE_INFINITY],
	])('rejects a number %s', (_, value) => {
		expect(() => parseId(value, "'Flow ID'")).toThrow(InvalidInputError);
	});

	test('asks for text when a number exceeds the safe integers', () => {
		expect(getInputError(() => parseId(9007199254740993, "'Flow ID'"))).toMatch(
			/exceeds JavaScript's safe integer range.*Pass the ID as a string/,
		);
	});
});

describe('resolveFlowLocator', () => {
	const flowId = async (value: unknown) =>
		await resolveFlowLocator(() => value, {
			parseId: (id) => parseId(id, "'Flow ID'"),
			listFlows: async () => await Promise.reject(new Error('No list is needed')),
		});
	const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value });

	test.each([
		['the mode From List', locator('list', ID)],
		['the mode By ID', locator('id', ID)],
		['the mode By ID with a number', locator('id', Number(ID))],
		['text in place of the locator', ID],
		['a number in place of the locator', Number(ID)],
	])('accepts %s', async (_, value) => {
		expect(await flowId(value)).toBe(ID);
	});

	test.each([
		['an empty selection', locator('list', '')],
		['an empty ID', locator('id', '')],
		['undefined', undefined],
	])('reports %s as empty', async (_, value) => {
		await expect(flowId(value)).rejects.toThrow("'Flow ID' is empty");
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
	])('finds the ID in the URL %s', async (url) => {
		expect(await flowId(locator('url', url))).toBe(ID);
	});

	test.each([
		['names the WABA only', `https://business.facebook.com/wa/manage/flows/?waba_id=${WABA}`],
		['names the business only', `https://business.facebook.com/wa/manage/?business_id=${BUSINESS}`],
		[
			'has a WABA ID after another path segment',
			`https://business.facebook.com/wa/manage/phone-numbers/${WABA}/`,
		],
		['is of another host', `https://example.com/wa/manage/flows/${ID}/`],
		[
			'has the host as a user name',
			`https://business.facebook.com@example.com/wa/manage/flows/${ID}/`,
		],
		['has the host as a prefix', `https://business.facebook.com.example.com/flows/${ID}/`],
		['has the host in its path', `https://example.com/business.facebook.com/flows/${ID}/`],
		['starts with http://', `http://business.facebook.com/wa/manage/flows/${ID}/`],
		['has letters for an ID', 'https://business.facebook.com/wa/manage/flows/new/'],
		['has letters after the digits', `https://business.facebook.com/wa/manage/flows/${ID}abc/`],
		['is only an ID', ID],
		['is empty', ''],
		['is undefined', undefined],
	])('rejects a URL that %s', async (_, url) => {
		await expect(flowId(locator('url', url))).rejects.toThrow(
			/^'Flow' isn't the URL of a flow in WhatsApp Manager/,
		);
	});
});

describe('parseWabaId', () => {
	const parse = (parameter: unknown, credentialWabaId?: string) =>
		parseWabaId((_, fallback) => parameter ?? fallback, credentialWabaId);

	test.each([
		['the node’s ID', '1', undefined, '1'],
		['the node’s ID when the credential has one too', '1', '2', '1'],
		['the credential’s ID when the node has none', '', '2', '2'],
		['the credential’s ID when the node has only spaces', '  ', '2', '2'],
		['the node’s ID when it is a number', 1, '2', '1'],
	])('returns %s', (_, parameter, credentialWabaId, id) => {
		expect(parse(parameter, credentialWabaId)).toBe(id);
	});

	test.each([undefined, '', ' '])('rejects a missing ID (credential: %j)', (credentialWabaId) => {
		expect(getInputError(() => parse('', credentialWabaId))).toMatch(
			/^'WABA ID' is empty, and the credential has no WABA ID.*in the node or in the credential/,
		);
	});

	test('names the credential when its ID is invalid', () => {
		expect(() => parse('', 'my-waba')).toThrow(
			"'WABA ID' in the credential must contain only digits",
		);
	});

	test('does not use the credential’s ID when the node’s is invalid', () => {
		expect(() => parse('my-waba', '2')).toThrow("'WABA ID' must contain only digits");
	});
});
