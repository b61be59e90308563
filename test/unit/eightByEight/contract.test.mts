import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { OpenAPIBackend } from 'openapi-backend';
import { beforeAll, describe, expect, test } from 'vitest';
import * as errors from '../../mock-api/eightByEight/errors.mts';
import * as samples from '../../mock-api/eightByEight/samples.mts';

const DESCRIPTION = fileURLToPath(
	new URL('../../mock-api/eightByEight/eightByEight.openapi.yaml', import.meta.url),
);

describe('The description of 8x8’s API', () => {
	let api: OpenAPIBackend;
	beforeAll(async () => {
		api = new OpenAPIBackend({ definition: DESCRIPTION, quick: true, ajvOpts: { strict: false } });
		await api.init();
	});

	test('is OpenAPI 3.1', async () => {
		const validator = new Validator();
		expect(await validator.validate(DESCRIPTION)).toMatchObject({ valid: true });
		expect(validator.version).toBe('3.1');
	});

	test('has the eight operations', () => {
		expect(
			api
				.getOperations()
				.map(
					({ method, path, operationId }) =>
						`${operationId}: ${method} ${path.split('/channels')[1]}`,
				),
		).toEqual([
			'getFlows: get /{channelId}/flows',
			'createFlow: post /{channelId}/flows',
			'getFlow: get /{channelId}/flows/{flowId}',
			'updateFlow: put /{channelId}/flows/{flowId}',
			'deleteFlow: delete /{channelId}/flows/{flowId}',
			'publishFlow: post /{channelId}/flows/{flowId}/publish',
			'deprecateFlow: post /{channelId}/flows/{flowId}/deprecate',
			'getPreview: get /{channelId}/flows/{flowId}/preview',
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
	])('holds for the page’s sample %s under %i', (_, status, createTestEvents) => {
		const { errors } = api.validateResponse(JSON.parse(createTestEvents), 'getFlow', status);
		expect(errors ?? []).toEqual([]);
	});

	test('is broken by a flow without a status, so that the line above says something', () => {
		expect(api.validateResponse({ flowId: '1' }, 'getFlow', 200).errors).not.toBeNull();
	});
});

describe('The mock API’s refusals', () => {
	test.each<[keyof typeof errors, string]>([
		['notYourAccount', samples.UNAUTHORIZED_1001],
		['badForm', samples.BAD_REQUEST_1002],
		['notAuthenticated', samples.UNAUTHORIZED_1200],
		['internalFault', samples.FAULT_2000],
	])('%s is the page’s sample, byte for byte', (name, createTestEvents) => {
		const { body } = errors[name] as { body: unknown };
		expect(JSON.stringify(body)).toBe(createTestEvents.replaceAll('\n', ''));
	});
});
