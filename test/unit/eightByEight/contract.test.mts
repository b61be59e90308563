import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { OpenAPIBackend } from 'openapi-backend';
import { beforeAll, expect, test } from 'vitest';
import * as errors from '../../mock-api/eightByEight/errors.mts';
import * as samples from '../../mock-api/eightByEight/samples.mts';

const DOCUMENT = fileURLToPath(
	new URL('../../mock-api/eightByEight/eightByEight.openapi.yaml', import.meta.url),
);

let api: OpenAPIBackend;

beforeAll(async () => {
	api = new OpenAPIBackend({ definition: DOCUMENT, quick: true, ajvOpts: { strict: false } });
	await api.init();
});

test("the description of 8x8's API is valid OpenAPI 3.1", async () => {
	const validator = new Validator();
	expect(await validator.validate(DOCUMENT)).toMatchObject({ valid: true });
	expect(validator.version).toBe('3.1');
});

test("the description of 8x8's API has nine operations", () => {
	const operations = api
		.getOperations()
		.map(
			({ method, path, operationId }) =>
				`${operationId}: ${method} ${path.split(/\/channels|\/subaccounts/)[1]}`,
		);
	expect(operations).toEqual([
		'getFlows: get /{channelId}/flows',
		'createFlow: post /{channelId}/flows',
		'getFlow: get /{channelId}/flows/{flowId}',
		'updateFlow: put /{channelId}/flows/{flowId}',
		'deleteFlow: delete /{channelId}/flows/{flowId}',
		'publishFlow: post /{channelId}/flows/{flowId}/publish',
		'deprecateFlow: post /{channelId}/flows/{flowId}/deprecate',
		'getPreview: get /{channelId}/flows/{flowId}/preview',
		'sendMessage: post /{subAccountId}/messages',
	]);
});

test.each<[string, number, string]>([
	['DETAILS', 200, samples.DETAILS],
	['WITH_VALIDATION_ERRORS', 200, samples.WITH_VALIDATION_ERRORS],
	['WITHOUT_ERRORS', 200, samples.WITHOUT_ERRORS],
	['BAD_REQUEST_1001', 400, samples.BAD_REQUEST_1001],
	['BAD_REQUEST_1002', 400, samples.BAD_REQUEST_1002],
	['UNAUTHORIZED_1001', 401, samples.UNAUTHORIZED_1001],
	['UNAUTHORIZED_1200', 401, samples.UNAUTHORIZED_1200],
	['FAULT_1001', 500, samples.FAULT_1001],
	['FAULT_2000', 500, samples.FAULT_2000],
])("8x8's sample %s matches the schema for status %i", (_, status, sample) => {
	const { errors } = api.validateResponse(JSON.parse(sample), 'getFlow', status);
	expect(errors ?? []).toEqual([]);
});

test("8x8's sample of the response to a message matches the schema", () => {
	const { errors } = api.validateResponse(JSON.parse(samples.SENT), 'sendMessage', 200);
	expect(errors ?? []).toEqual([]);
});

test("8x8's sample of a rejected message has a status that matches the schema", () => {
	const response = { ...JSON.parse(samples.SENT), status: JSON.parse(samples.REJECTED).status };
	expect(api.validateResponse(response, 'sendMessage', 200).errors ?? []).toEqual([]);
});

test.each([
	['an interactive message', samples.FLOW_MESSAGE],
	['a template', samples.FLOW_TEMPLATE],
])("8x8's sample of %s with a flow matches the schema", (_, body) => {
	const request = {
		method: 'POST',
		path: '/api/v1/subaccounts/Mock_API/messages',
		headers: { 'content-type': 'application/json' },
		body,
	};
	expect(api.validateRequest(request, 'sendMessage').errors ?? []).toEqual([]);
});

test('the schema of the flow details rejects a flow without a status', () => {
	expect(api.validateResponse({ flowId: '1' }, 'getFlow', 200).errors).not.toBeNull();
});

test.each<[keyof typeof errors, string]>([
	['notYourAccount', samples.UNAUTHORIZED_1001],
	['badForm', samples.BAD_REQUEST_1002],
	['notAuthenticated', samples.UNAUTHORIZED_1200],
	['internalFault', samples.FAULT_2000],
])("the mock API's error %s is 8x8's sample, byte for byte", (name, sample) => {
	const { body } = errors[name] as { body: unknown };
	expect(JSON.stringify(body)).toBe(sample.replaceAll('\n', ''));
});
