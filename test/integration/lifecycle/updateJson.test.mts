import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { VALIDATION_ERROR } from '../../mock-api/accounts.mts';
import { incorrectPayload } from '../../mock-api/errors.mts';
import type { Scripted } from '../../mock-api/faults.mts';
import { DRAFT, getRequests, mockApi, PUBLISHED, setUp, toJson, UNKNOWN_FLOW } from '../setup.mts';
import { findFlow, FLOW_JSON, getUrl, runOn, scriptWrites } from './setup.mts';

setUp();

const update = async (
	{ options = {}, ...parameters }: IDataObject & { options?: IDataObject } = {},
	file?: Buffer,
) =>
	await runOn(
		'updateJson',
		DRAFT,
		{ flowJson: FLOW_JSON, ...parameters, options: { returnStatus: false, ...options } },
		{ ...(file && { files: [{ data: file }] }) },
	);
const FILE = { inputType: 'file', binaryPropertyName: 'data' };
const UPDATED = { id: DRAFT, success: true, url: getUrl(DRAFT) };
const MEGABYTE = 1024 * 1024;

describe('Update JSON', () => {
	test('sends the JSON as a form with exactly the three documented parts', async () => {
		const { main } = await update();
		expect(toJson(main)).toEqual([{ ...UPDATED, validation_errors: [] }]);
		expect(getRequests()).toEqual([`POST /${DRAFT}/assets`]);
		const { head, body, rawBody, parts } = mockApi.requests[0]!;
		const boundary = /Content-Type: multipart\/form-data; boundary=(\S+)/i.exec(head)?.[1];
		expect(body).toBe(
			[
				`--${boundary}`,
				'Content-Disposition: form-data; name="file"; filename="flow.json"',
				'Content-Type: application/json',
				'',
				FLOW_JSON,
				`--${boundary}`,
				'Content-Disposition: form-data; name="name"',
				'',
				'flow.json',
				`--${boundary}`,
				'Content-Disposition: form-data; name="asset_type"',
				'',
				'FLOW_JSON',
				`--${boundary}--`,
				'',
			].join('\r\n'),
		);
		expect(head).toContain(`Content-Length: ${rawBody.length}`);
		expect(parts).toHaveLength(3);
		expect(findFlow(DRAFT)?.flow_json).toBe(FLOW_JSON);
	});

	test('sends an object as JSON', async () => {
		await update({ flowJson: '={{ ({ version: "7.1", screens: [] }) }}' });
		expect(findFlow(DRAFT)?.flow_json).toBe('{"version":"7.1","screens":[]}');
	});

	test.each(['data', ' data '])('sends the bytes of the file in the field "%s"', async (name) => {
		await update({ ...FILE, binaryPropertyName: name }, Buffer.from(FLOW_JSON));
		expect(mockApi.requests[0]?.parts?.[0]).toEqual({
			name: 'file',
			filename: 'flow.json',
			contentType: 'application/json',
			content: Buffer.from(FLOW_JSON),
		});
	});

	test('removes a byte order mark from a file', async () => {
		await update(FILE, Buffer.from(`\uFEFF${FLOW_JSON}`));
		expect(findFlow(DRAFT)?.flow_json).toBe(FLOW_JSON);
	});

	test('returns a published flow to draft, and says so', async () => {
		const { main, hints } = await runOn('updateJson', PUBLISHED, { flowJson: FLOW_JSON });
		expect(hints).toEqual([]);
		expect(toJson(main)).toEqual([
			{
				id: PUBLISHED,
				name: 'Customer survey',
				success: true,
				status: 'DRAFT',
				previous_status: 'PUBLISHED',
				returned_to_draft: true,
				url: getUrl(PUBLISHED),
				validation_errors: [],
			},
		]);
		expect(findFlow(PUBLISHED)?.status).toBe('DRAFT');
	});

	test('returns the validation errors of JSON that Meta stores all the same', async () => {
		const { main } = await update({ flowJson: '{"version":"7.1","screens":{}}' });
		expect(toJson(main)).toEqual([{ ...UPDATED, validation_errors: [VALIDATION_ERROR] }]);
	});

	test('fails for validation errors with Fail on Validation Errors', async () => {
		const options = { failOnValidationErrors: true };
		const { error } = await update({ flowJson: '{"version":"7.1","screens":{}}', options });
		expect(error?.message).toBe(`Flow ${DRAFT} has 1 validation error in the new flow JSON`);
		expect(error?.description).toContain('screens[0].layout.children[0].type');
	});

	test.each<[string, unknown]>([
		['without an envelope', { success: true, validation_errors: [], review: 1 }],
		[
			'in an envelope',
			{ code: 'WA200', message: '', data: { success: true, review: 1 }, error: {} },
		],
	])('accepts a response %s and passes on its unknown fields', async (_, body) => {
		scriptWrites({ status: 200, body });
		expect(toJson((await update()).main)).toEqual([
			{ ...UPDATED, validation_errors: [], review: 1 },
		]);
	});

	test.each<[string, Scripted]>([
		['success: true', { status: 200, body: { success: true } }],
		['code WA200', { status: 200, body: { code: 'WA200', data: {}, error: {} } }],
		['{}', { status: 200, body: {} }],
		['status 204', { status: 204, body: '' }],
	])('reads the validation errors from the flow after %s', async (_, response) => {
		const flowJson = '{"version":"7.1","screens":{}}';
		scriptWrites({ ...response, applyFirst: true });
		expect(toJson((await update({ flowJson })).main)).toEqual([
			{ ...UPDATED, validation_errors: [VALIDATION_ERROR] },
		]);
		scriptWrites({ ...response, applyFirst: true });
		const { error } = await update({ flowJson, options: { failOnValidationErrors: true } });
		expect(error?.message).toContain('has 1 validation error in the new flow JSON');
	});

	test('does not say that there are no validation errors when they cannot be read', async () => {
		mockApi.settings.always = ({ method }) =>
			method === 'POST' ? { status: 200, body: { success: true } } : { status: 403, body: '' };
		const { main, hints } = await update();
		expect(toJson(main)).toEqual([UPDATED]);
		expect(hints).toEqual([
			`Flow ${DRAFT} was updated, but its validation errors couldn't be read.`,
		]);
		const { error } = await update({ options: { failOnValidationErrors: true } });
		expect(error?.message).toBe(`The validation errors of flow ${DRAFT} couldn't be read`);
	});

	test.each<[string, object]>([
		['an internal error', { status: 500, body: '' }],
		['a connection reset', { fault: 'reset' }],
		['a connection reset after it was applied', { fault: 'reset', applyFirst: true }],
	])('is sent again after %s, because it is idempotent', async (_, fault) => {
		scriptWrites(fault);
		expect(toJson((await update()).main)[0]).toMatchObject({ success: true });
		const [first, second] = mockApi.requests.map(({ parts }) => parts?.[0]?.content);
		expect(second).toEqual(first);
	});

	test('reports that the JSON may have been applied when the retries are exhausted', async () => {
		mockApi.settings.always = () => ({ status: 500, body: '' });
		const { error } = await update({ options: { maxRetries: 0 } });
		expect(error?.description).toMatch(/^The flow JSON may have been applied/);
	});

	test.each([{ note: 'x' }, { success: 'yes' }])(
		'reports that the JSON may have been applied after the response %j',
		async (body) => {
			mockApi.settings.always = () => ({ status: 200, body });
			const { error } = await update();
			expect(error?.message).toMatch(/^Unexpected response from Kaleyra/);
			expect(error?.description).toMatch(/^The flow JSON may have been applied/);
		},
	);

	test('reports that the JSON may have been applied when the retry is rejected', async () => {
		scriptWrites({ fault: 'reset', applyFirst: true }, incorrectPayload);
		const { error } = await update();
		expect(error?.message).toBe('Refer to correct payload format');
		expect(error?.description).toMatch(/^The flow JSON may have been applied/);
	});

	test('accepts a file of 10 MB', async () => {
		const empty = JSON.stringify({ version: '7.1', screens: [], filler: '' });
		const filler = 'x'.repeat(10 * MEGABYTE - empty.length);
		const { error } = await update(
			FILE,
			Buffer.from(JSON.stringify({ version: '7.1', screens: [], filler })),
		);
		expect(error).toBeUndefined();
		expect(mockApi.requests[0]?.parts?.[0]?.content).toHaveLength(10 * MEGABYTE);
	});

	test('fails with Kaleyra’s message for an unknown flow', async () => {
		const { error } = await runOn('updateJson', UNKNOWN_FLOW, { flowJson: FLOW_JSON });
		expect(error?.description).toContain('Check the flow ID');
	});
});

describe('Update JSON rejects without a request', () => {
	test.each<[string, IDataObject, Buffer | undefined, RegExp, RegExp]>([
		['empty text', { flowJson: '' }, undefined, /^'Flow JSON' must be a JSON object$/, /^Pass the/],
		[
			'text that is not JSON',
			{ flowJson: '{"screens": [}' },
			undefined,
			/^'Flow JSON' must be a JSON object$/,
			/^Unexpected token '}'.*not valid JSON/,
		],
		['an array', { flowJson: '[]' }, undefined, /^'Flow JSON' must be a JSON object$/, /screens/],
		[
			'JSON without screens',
			{ flowJson: '{"version":"7.1"}' },
			undefined,
			/^'Flow JSON' must have "version" and "screens"$/,
			/^Pass the complete/,
		],
		[
			'the output of Download JSON',
			{ flowJson: '={{ ({ id: "1", flow_json: {} }) }}' },
			undefined,
			/^'Flow JSON' is an object whose field flow_json has the flow JSON$/,
			/\$json\.flow_json/,
		],
		['undefined', { flowJson: '={{ $json.no }}' }, undefined, /^'Flow JSON' must/, /^Pass the/],
		['a file that is not JSON', FILE, Buffer.from('<html>'), /^The file in 'data' must/, /^Unexp/],
		['a file that is not UTF-8', FILE, Buffer.from([0xff, 0xfe]), /^The file in 'data' must/, /./],
		[
			'a file over 10 MB',
			FILE,
			Buffer.alloc(10 * MEGABYTE + 1, 0xff),
			/^The flow JSON has 10\.0 MB$/,
			/at most 10 MB/,
		],
		[
			'an unknown binary field',
			{ ...FILE, binaryPropertyName: 'other' },
			Buffer.from('{}'),
			/^The item has no binary field 'other'$/,
			/Binary tab/,
		],
		[
			'an empty binary field',
			{ ...FILE, binaryPropertyName: ' ' },
			Buffer.from('{}'),
			/^The name of the binary field is empty$/,
			/such as data/,
		],
		[
			'a number as binary field',
			{ ...FILE, binaryPropertyName: '={{ 5 }}' },
			Buffer.from('{}'),
			/^The name of the binary field is empty$/,
			/such as data/,
		],
		[
			'an unknown input type',
			{ inputType: '={{ "xml" }}' },
			undefined,
			/^'Input Type' must be json or file: "xml"$/,
			/./,
		],
	])('%s', async (_, parameters, file, message, description) => {
		const { error } = await update(parameters, file);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
		expect(getRequests()).toEqual([]);
	});

	test('an invalid item and processes the next one', async () => {
		const flowJson = '={{ $json.text }}';
		const items = [{ text: 'no' }, { text: '{"version":"7.1","screens":[]}' }];
		const { main } = await runOn(
			'updateJson',
			DRAFT,
			{ flowJson, options: { returnStatus: false } },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(main.map(({ json }) => 'error' in json)).toEqual([true, false]);
		expect(getRequests()).toHaveLength(1);
	});
});
