import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { OpenAPIBackend } from 'openapi-backend';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import {
	DETAILS,
	DETAILS_WITH_FIELDS,
	FLOWS,
	INCORRECT_PAYLOAD,
	INTERNAL_SERVER_ERROR,
	PUBLISHED,
	UNAUTHORIZED,
	UNKNOWN_FLOW,
	UPDATED,
	WRONG_ACCOUNT,
} from '../mock-api/samples.mts';

const DESCRIPTION = fileURLToPath(
	new URL('../mock-api/kaleyra-flows.openapi.yaml', import.meta.url),
);

describe('The OpenAPI description of Kaleyra', () => {
	let api: OpenAPIBackend;
	beforeAll(async () => {
		api = new OpenAPIBackend({ definition: DESCRIPTION, quick: true, ajvOpts: { strict: false } });
		await api.init();
	});

	test('is valid OpenAPI 3.1', async () => {
		const validator = new Validator();
		expect(await validator.validate(DESCRIPTION)).toEqual({ valid: true });
		expect(validator.version).toBe('3.1');
	});

	const documented: [string, number, string, string][] = [
		['getFlows', 200, 'success', FLOWS],
		['getFlows', 401, 'Unauthorized', UNAUTHORIZED],
		['getFlows', 400, 'Incorrect payload', INCORRECT_PAYLOAD],
		['getFlows', 500, 'Internal Server Error', INTERNAL_SERVER_ERROR],
		['getFlowDetails', 200, 'success with fields', DETAILS_WITH_FIELDS],
		['getFlowDetails', 200, 'success without fields', DETAILS],
		['getFlowDetails', 401, 'Unauthorized', UNAUTHORIZED],
		['getFlowDetails', 400, 'Incorrect payload', INCORRECT_PAYLOAD],
		['getFlowDetails', 500, 'Internal Server Error', INTERNAL_SERVER_ERROR],
		['publishFlow', 200, 'success', PUBLISHED],
		['updateFlowMetadata', 200, 'success', UPDATED],
		...['publishFlow', 'updateFlowMetadata'].flatMap(
			(operation): [string, number, string, string][] => [
				[operation, 401, 'Unauthorized', UNAUTHORIZED],
				[operation, 401, 'Wrong account', WRONG_ACCOUNT],
				[operation, 400, 'Incorrect payload', INCORRECT_PAYLOAD],
				[operation, 500, 'Internal Server Error', INTERNAL_SERVER_ERROR],
				[operation, 500, 'a flow of another account', UNKNOWN_FLOW],
			],
		),
	];
	const findViolations = (operation: string, status: number, body: unknown) =>
		api.validateResponse(body, operation, status).errors ?? [];

	test.each(documented)(
		'allows %s to respond %i with the documented sample "%s"',
		(operation, status, _, text) => {
			expect(findViolations(operation, status, JSON.parse(text))).toEqual([]);
		},
	);

	test.each(documented.filter(([, status]) => status >= 400))(
		'does not allow %s to respond %i with another message than the sample "%s"',
		(operation, status, _, text) => {
			const { message } = JSON.parse(text) as { message: string };
			const altered = JSON.parse(text.replaceAll(message, `${message}!`)) as unknown;
			expect(findViolations(operation, status, altered)).not.toEqual([]);
		},
	);

	test('does not allow a list without data', () => {
		expect(findViolations('getFlows', 200, [{ id: '1' }])).not.toEqual([]);
	});
});

describe('The mock API', () => {
	let mockApi: KaleyraMock;
	beforeAll(async () => {
		mockApi = await KaleyraMock.start();
	});
	beforeEach(() => mockApi.reset());
	afterAll(async () => {
		expect(mockApi.violations).toEqual([]);
		await mockApi.stop();
	});

	const JSON_TYPE = { 'Content-Type': 'application/json' };
	async function request(path: string, init: RequestInit = {}, sid = mockApi.account.sid) {
		const { apiKey } = mockApi.account;
		const headers = { 'api-key': apiKey, ...JSON_TYPE, ...init.headers };
		const response = await fetch(`${mockApi.origin}/v2/${sid}/whatsapp/${path}`, {
			...init,
			headers,
		});
		return { status: response.status, body: (await response.json()) as unknown };
	}
	const POST = { method: 'POST' };
	const DRAFT = '900000000000001';
	const INVALID_DRAFT = '900000000000003';
	const WABA = '102290129340398';

	test.each<[string, number, string, () => ReturnType<typeof request>]>([
		[
			'a wrong key',
			401,
			UNAUTHORIZED,
			async () => await request(DRAFT, { headers: { 'api-key': 'x' } }),
		],
		['a wrong SID', 401, UNAUTHORIZED, async () => await request(DRAFT, {}, 'HXAP16')],
		[
			'publishing a valid draft',
			200,
			PUBLISHED,
			async () => await request(`${DRAFT}/publish`, POST),
		],
		[
			'publishing an invalid draft',
			400,
			INCORRECT_PAYLOAD,
			async () => await request(`${INVALID_DRAFT}/publish`, POST),
		],
		[
			'publishing another account’s flow',
			500,
			UNKNOWN_FLOW,
			async () => await request('1/publish', POST),
		],
		[
			'listing without a JSON content type',
			400,
			INCORRECT_PAYLOAD,
			async () => await request(`${WABA}/flows`, { headers: { 'Content-Type': 'text/plain' } }),
		],
		[
			'an update of metadata',
			200,
			UPDATED,
			async () => await request(DRAFT, { ...POST, body: '{"name":"New"}' }),
		],
		[
			'an update without metadata',
			400,
			INCORRECT_PAYLOAD,
			async () => await request(DRAFT, { ...POST, body: '{}' }),
		],
		[
			'an update with an empty list of categories',
			400,
			INCORRECT_PAYLOAD,
			async () => await request(DRAFT, { ...POST, body: '{"categories":[]}' }),
		],
	])('responds to %s with HTTP %i and the documented sample', async (_, status, text, send) => {
		expect(await send()).toEqual({ status, body: JSON.parse(text) as unknown });
	});

	test('responds to a write of an account that is not enabled with the sample', async () => {
		mockApi.account.enabled = false;
		expect(await request(`${DRAFT}/publish`, POST)).toEqual({
			status: 401,
			body: JSON.parse(WRONG_ACCOUNT) as unknown,
		});
	});

	test('returns the fields of the documented sample request, which are double-encoded', async () => {
		const names = ['id', 'name', 'status', 'categories', 'validation_errors'];
		const { body } = await request(`${WABA}/flows?fields=${names.join('%252C')}`);
		const { data } = body as { data: object[] };
		expect(data).toHaveLength(7);
		for (const flow of data) expect(Object.keys(flow).sort()).toEqual([...names].sort());
	});

	test.each([
		['with an unknown field', `${WABA}/flows?fields=id%252Cpreview`],
		['with a field that only the other page lists', `${WABA}/flows?fields=id%252Cjson_version`],
		['with an unknown field of a flow', `${DRAFT}?fields=preview`],
	])('rejects a read %s', async (_, path) => {
		expect(await request(path)).toEqual({
			status: 400,
			body: JSON.parse(INCORRECT_PAYLOAD) as unknown,
		});
	});

	test.each(['BLOCKED', 'THROTTLED'] as const)(
		'lets the endpoint of a %s flow be replaced, and the flow be published again',
		async (status) => {
			const target = mockApi.flows.find((flow) => flow.status === status)!;
			const endpoint_uri = 'https://flows.example.com/repaired';
			const body = JSON.stringify({ endpoint_uri });
			expect(await request(target.id, { ...POST, body })).toMatchObject({ status: 200 });
			expect(target).toMatchObject({ status: 'DRAFT', endpoint_uri });
			expect(await request(`${target.id}/publish`, POST)).toMatchObject({ status: 200 });
			expect(target.status).toBe('PUBLISHED');
		},
	);

	test('rejects an update of a deprecated flow', async () => {
		const { id } = mockApi.flows.find((flow) => flow.status === 'DEPRECATED')!;
		const body = '{"name":"New"}';
		expect(await request(id, { ...POST, body })).toMatchObject({ status: 400 });
	});

	test('turns a published flow into a draft when its metadata change', async () => {
		await request(`${DRAFT}/publish`, POST);
		expect(mockApi.flows[0]?.status).toBe('PUBLISHED');
		await request(DRAFT, { ...POST, body: '{"name":"New"}' });
		expect(mockApi.flows[0]).toMatchObject({ status: 'DRAFT', name: 'New' });
	});
});
