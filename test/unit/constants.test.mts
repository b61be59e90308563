import { fileURLToPath } from 'node:url';
import { OpenAPIBackend } from 'openapi-backend';
import { beforeAll, describe, expect, test } from 'vitest';
import { CATEGORIES, STATUSES } from '../../nodes/kaleyra/constants.ts';

const DESCRIPTION = fileURLToPath(
	new URL('../mock-api/kaleyra-flows.openapi.yaml', import.meta.url),
);

describe('The dropdown options', () => {
	let schemas: Record<string, { examples?: string[] }>;
	beforeAll(async () => {
		const api = new OpenAPIBackend({ definition: DESCRIPTION, quick: true });
		const { components } = await api.loadDocument().then(() => api.document);
		schemas = components!.schemas as typeof schemas;
	});

	test.each([
		['Status', STATUSES],
		['Category', CATEGORIES],
	])('for %s are the documented values', (name, options) => {
		const values = options.map(({ value }) => value);
		expect(values.sort()).toEqual([...schemas[name]!.examples!].sort());
	});
});
