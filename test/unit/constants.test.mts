import { fileURLToPath } from 'node:url';
import { OpenAPIBackend } from 'openapi-backend';
import { beforeAll, describe, expect, test } from 'vitest';
import { CATEGORIES, DETAIL_FIELDS, LIST_FIELDS, STATUSES } from '../../nodes/kaleyra/constants.ts';
import * as mockFields from '../mock-api/fields.mts';

const DESCRIPTION = fileURLToPath(
	new URL('../mock-api/kaleyra-flows.openapi.yaml', import.meta.url),
);

const getValues = (options: { value?: unknown }[]) => options.map(({ value }) => value).sort();

/** What Get Flows by WABA ID says about each status, and how the dropdowns say it. */
const PAGE: [status: string, page: string, description: string][] = [
	[
		'BLOCKED',
		'The Flow cannot be sent or opened in this state; the developer needs to fix the endpoint to get it back to the Published state.',
		"Unhealthy endpoint. Can't be sent or opened until the endpoint is fixed.",
	],
	[
		'DEPRECATED',
		'This prevents sending and opening the Flow, to allow the developer to retire their endpoint. Deprecated Flows cannot be deleted or undeprecated.',
		"Retired permanently. Can't be sent, opened, deleted, or restored.",
	],
	[
		'DRAFT',
		'The Flow is still under development. The Flow can only be sent with mode : draft for testing.',
		'In development. Can only be sent in draft mode (mode: draft), for testing.',
	],
	[
		'PUBLISHED',
		'now it can be sent to customers. This Flow cannot be deleted or updated afterwards.',
		// Publish Flow: it can be edited, which turns it back to the DRAFT state.
		"Can be sent to customers. Can't be deleted, only deprecated.",
	],
	[
		'THROTTLED',
		'Flows with a throttled status can be opened, however, only 10 messages of the Flow can be sent per hour. The developer needs to fix the endpoint to get it back to the PUBLISHED state.',
		'Unhealthy endpoint. Can be opened, but only 10 messages per hour can be sent until the endpoint is fixed.',
	],
];

describe('The status options', () => {
	test('are those of Get Flows by WABA ID', () => {
		expect(getValues(STATUSES)).toEqual(PAGE.map(([status]) => status));
	});

	test.each(PAGE)('describe %s as the page does: %s', (status, _, description) => {
		expect(STATUSES.find(({ value }) => value === status)?.description).toBe(description);
	});
});

test('The category options are those of Update Flow Metadata', () => {
	expect(getValues(CATEGORIES)).toEqual(
		[
			'SIGN_UP',
			'SIGN_IN',
			'APPOINTMENT_BOOKING',
			'LEAD_GENERATION',
			'SHOPPING',
			'CONTACT_US',
			'CUSTOMER_SUPPORT',
			'SURVEY',
			'OTHER',
		].sort(),
	);
});

test('The help of a field lists its documented values', () => {
	const getHelp = (field: string) =>
		DETAIL_FIELDS.find(({ value }) => value === field)?.description;
	for (const { value } of STATUSES) expect(getHelp('status')).toContain(value);
	for (const { value } of CATEGORIES) expect(getHelp('categories')).toContain(value);
	const health = ['AVAILABLE', 'LIMITED', 'BLOCKED', 'FLOW', 'WABA', 'BUSINESS', 'APP'];
	for (const value of health) expect(getHelp('health_status')).toContain(value);
	expect(getHelp('json_version')).toContain('1.0 to 7.1');
	expect(getHelp('data_api_version')).toContain('1.0 to 7.1');
});

describe('The mock API', () => {
	let schemas: Record<string, { examples?: string[] }>;
	beforeAll(async () => {
		const api = new OpenAPIBackend({ definition: DESCRIPTION, quick: true });
		const { components } = await api.loadDocument().then(() => api.document);
		schemas = components!.schemas as typeof schemas;
	});

	test.each([
		['Status', STATUSES],
		['Category', CATEGORIES],
	])('describes the values of %s that the dropdowns offer', (name, options) => {
		expect([...schemas[name]!.examples!].sort()).toEqual(getValues(options));
	});

	test.each([
		['Get Many', mockFields.LIST_FIELDS, LIST_FIELDS],
		['Get', mockFields.DETAIL_FIELDS, DETAIL_FIELDS],
	])('knows the fields that %s offers', (_, known, options) => {
		expect([...known].sort()).toEqual(getValues(options));
	});
});
