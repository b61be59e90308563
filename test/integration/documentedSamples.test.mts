import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import type { Flow } from '../mock-api/accounts.mts';
import { flow } from '../mock-api/accounts.mts';
import * as samples from '../mock-api/samples.mts';
import type { Result } from './n8nHarness.mts';
import { get, getMany, harness, mockApi, publish, setUp, toJson, update } from './setup.mts';

setUp();

const FLOW_ID = '900000000000001';
const NO_RETRIES = { maxRetries: 0 };
const RAW = { simple: false };

/** Runs each operation with a minimum of requests. */
const OPERATIONS: Record<string, () => Promise<Result>> = {
	'Get Many': async () => await getMany({ limit: 3, options: NO_RETRIES }),
	Get: async () => await get(FLOW_ID, { options: NO_RETRIES }),
	Publish: async () => await publish(FLOW_ID, { validateBeforePublishing: false, ...NO_RETRIES }),
	'Update Metadata': async () => await update(FLOW_ID, { name: 'New' }, { options: NO_RETRIES }),
};

const respondWith = (body: string, status = 200) => {
	mockApi.settings.always = () => ({ status, body });
};

/** Fills in the digits that the pages mask. */
const unmask = (text: string) => text.replaceAll(/x/gi, '0');

/** Reads a request as a page's curl command has it; the node rejects an ID with masked digits. */
function parseCurl(command: string) {
	const [, url = ''] = /'https:\/\/[^/]+(\/.*?)'/.exec(command) ?? [];
	const [path = '', id = '', rest = ''] = url.split(/(?<=\/whatsapp\/)([0-9xX]+)/);
	const headers = [...command.matchAll(/--header '(.*?)'/g)].map(([, header = '']) => header);
	const [, body] = /--data '(.*?)'/s.exec(command) ?? [];
	return {
		head: `${/GET|POST/.exec(command)?.[0]} ${path}${unmask(id)}${rest} HTTP/1.1`,
		sid: path.split('/')[2]!,
		apiKey: headers[0]!.replace('api-key: ', ''),
		id: unmask(id),
		headers,
		body: body === undefined ? '' : (JSON.parse(body) as IDataObject),
	};
}

describe('The sample request', () => {
	test.each<[string, string, (id: string) => Promise<Result>, string[]]>([
		[
			'Get Flows by WABA ID',
			samples.GET_FLOWS_REQUEST,
			async (wabaId) =>
				await getMany({
					wabaId,
					fields: ['id', 'name', 'status', 'categories', 'validation_errors'],
				}),
			[],
		],
		[
			'Get Flow Details',
			samples.GET_FLOW_DETAILS_REQUEST,
			async (id) =>
				await get(id, {
					fields: [
						'validation_errors',
						'json_version',
						'data_api_version',
						'endpoint_uri',
						'whatsapp_business_account',
						'application',
						'health_status',
					],
				}),
			[],
		],
		[
			'Publish Flow',
			samples.PUBLISH_FLOW_REQUEST,
			async (id) => await publish(id, { validateBeforePublishing: false }),
			[],
		],
		[
			'Update Flow Metadata',
			samples.UPDATE_FLOW_METADATA_REQUEST,
			async (id) =>
				await update(id, {
					name: 'This is the first flow',
					endpointUri: 'https://www.tatacommunications.com/',
					categories: ['SIGN_IN'],
				}),
			// The page's sample has a JSON body, but no content type.
			['Content-Type: application/json'],
		],
	])('of %s is what the node sends', async (_, command, run, additionalHeaders) => {
		const { head, sid, apiKey, id, headers, body } = parseCurl(command);
		Object.assign(mockApi.account, { sid, apiKey, wabas: new Map([[id, [flow(id)]]]) });
		harness.credential = mockApi.credential;
		const { error } = await run(id);
		const [sent] = mockApi.requests;
		const [requestLine, ...sentHeaders] = sent!.head.split('\r\n');
		expect(error).toBeUndefined();
		expect(requestLine).toBe(head);
		expect(sentHeaders).toEqual(expect.arrayContaining([...headers, ...additionalHeaders]));
		const isAboutContent = (header: string) => /^(api-key|content-type):/i.test(header);
		expect(sentHeaders.filter(isAboutContent)).toHaveLength(
			headers.length + additionalHeaders.length,
		);
		expect(sent!.body === '' ? '' : JSON.parse(sent!.body)).toEqual(body);
	});
});

describe('The sample response', () => {
	const detailsWithFields = async (id: string) =>
		await get(id, {
			fields: ['whatsapp_business_account', 'application', 'health_status'],
			...RAW,
		});

	test('of Get Flows by WABA ID is what Get Many returns', async () => {
		respondWith(samples.FLOWS);
		const { main } = await OPERATIONS['Get Many']!();
		expect(toJson(main)).toEqual(JSON.parse(samples.FLOWS).data);
	});

	test('of Get Flow Details with fields is what Get returns with Simplify off', async () => {
		respondWith(samples.DETAILS_WITH_FIELDS);
		const { main } = await detailsWithFields(FLOW_ID);
		expect(toJson(main)).toEqual([JSON.parse(samples.DETAILS_WITH_FIELDS)]);
	});

	test('of Get Flow Details without fields is what Get returns', async () => {
		respondWith(samples.DETAILS);
		const { main } = await OPERATIONS['Get']!();
		expect(toJson(main)).toEqual([JSON.parse(samples.DETAILS)]);
	});

	test('of Publish Flow is a success', async () => {
		respondWith(samples.PUBLISHED);
		const { main } = await OPERATIONS['Publish']!();
		expect(toJson(main)).toEqual([
			expect.objectContaining({ id: FLOW_ID, ...JSON.parse(samples.PUBLISHED) }),
		]);
	});

	test('of Update Flow Metadata is a success', async () => {
		respondWith(samples.UPDATED);
		const { main } = await OPERATIONS['Update Metadata']!();
		expect(toJson(main)).toEqual([
			expect.objectContaining({ id: FLOW_ID, ...JSON.parse(samples.UPDATED).data }),
		]);
	});

	test.each<[string, string]>([
		['validation_errors', `"validation_errors": ${samples.VALIDATION_ERRORS}`],
		['json_version', '"json_version": "3.0"'],
		['data_api_version', '"data_api_version": "3.0"'],
		['endpoint_uri', '"endpoint_uri": "https://www.tatacommunications.com/"'],
		['whatsapp_business_account', samples.WHATSAPP_BUSINESS_ACCOUNT],
		['application', samples.APPLICATION],
	])('of Get Flow Details for %s is what Get returns', async (field, example) => {
		const body = `{"id": "${FLOW_ID}", ${example}}`;
		respondWith(body);
		const { main } = await get(FLOW_ID, { fields: [field] });
		expect(toJson(main)).toEqual([JSON.parse(body)]);
		expect(main[0]!.json[field]).toBeDefined();
	});

	test('of Get Flow Details for health_status is not JSON, which Get reports', async () => {
		respondWith(`{"id": "${FLOW_ID}", "health_status": ${samples.HEALTH_STATUS}}`);
		const { error } = await detailsWithFields(FLOW_ID);
		expect(error?.message).toBe('Unexpected response from Kaleyra');
	});

	test('of Get Flow Details for health_status is what Get returns without its second list', async () => {
		const [beforeSecondList] = samples.HEALTH_STATUS.split('][');
		const body = `{"id": "${FLOW_ID}", "health_status": ${beforeSecondList}]}}`;
		respondWith(body);
		const { main } = await detailsWithFields(FLOW_ID);
		expect(toJson(main)).toEqual([JSON.parse(body)]);
	});
});

describe('The mock API', () => {
	/** The body that it sent for the first request. */
	async function readResponse(): Promise<unknown> {
		const { apiKey } = mockApi.account;
		const headers = { 'api-key': apiKey, 'Content-Type': 'application/json' };
		const response = await fetch(`${mockApi.origin}${mockApi.requests[0]!.target}`, { headers });
		return await response.json();
	}
	const setFlows = (...flows: Partial<Flow>[]) => {
		const complete = flows.map((each) => ({ ...flow(each.id!), ...each }));
		mockApi.account.wabas = new Map([['295000000000000', complete]]);
		harness.credential = mockApi.credential;
	};

	test('sends the sample of Get Flows by WABA ID, which Get Many returns', async () => {
		const { data } = JSON.parse(samples.FLOWS);
		setFlows(...data);
		const { main } = await OPERATIONS['Get Many']!();
		expect(await readResponse()).toMatchObject({ data, paging: { cursors: {} } });
		expect(toJson(main)).toEqual(data);
	});

	test('sends the sample of Get Flow Details with fields, which Get returns', async () => {
		const sample: Partial<Flow> = JSON.parse(unmask(samples.DETAILS_WITH_FIELDS));
		setFlows(sample);
		const [, fields] = /fields=(\S+?)'/.exec(samples.GET_FLOW_DETAILS_REQUEST)!;
		const { main } = await get(sample.id, { fields: fields!.replaceAll('%252C', ','), ...RAW });
		expect(await readResponse()).toEqual(sample);
		expect(toJson(main)).toEqual([sample]);
	});

	test('sends the sample of Get Flow Details without fields, which Get returns', async () => {
		const sample: Partial<Flow> = JSON.parse(unmask(samples.DETAILS));
		setFlows(sample);
		const { main } = await get(sample.id);
		expect(await readResponse()).toEqual(sample);
		expect(toJson(main)).toEqual([sample]);
	});
});

/** The error responses of each page, with the status of their heading. */
const READ_ERRORS: [string, number, string][] = [
	['Unauthorized', 401, samples.UNAUTHORIZED],
	['Incorrect payload', 400, samples.INCORRECT_PAYLOAD],
	['Internal Server Error', 500, samples.INTERNAL_SERVER_ERROR],
];
const WRITE_ERRORS: typeof READ_ERRORS = [
	...READ_ERRORS,
	['Wrong account', 401, samples.WRONG_ACCOUNT],
	['unknown flow', 500, samples.UNKNOWN_FLOW],
];
const ERRORS = [
	...READ_ERRORS.map(([...error]) => ['Get Many', ...error] as const),
	...READ_ERRORS.map(([...error]) => ['Get', ...error] as const),
	...WRITE_ERRORS.map(([...error]) => ['Publish', ...error] as const),
	...WRITE_ERRORS.map(([...error]) => ['Update Metadata', ...error] as const),
];

describe('The sample error', () => {
	test.each(ERRORS)('of %s "%s" with status %i is what the node reports', async (...row) => {
		const [operation, , status, sample] = row;
		respondWith(operation === 'Get Many' ? samples.unindent(sample) : sample, status);
		const { error } = await OPERATIONS[operation]!();
		const { code, message } = JSON.parse(sample);
		expect(error).toMatchObject({ message, httpCode: String(status) });
		expect(error?.description).toContain(`(code ${code}, HTTP ${status})`);
		expect(error?.context['data']).toEqual({ response: JSON.parse(sample) });
	});
});
