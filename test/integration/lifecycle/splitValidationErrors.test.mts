import { expect, test } from 'vitest';
import { VALIDATION_ERROR } from '../../mock-api/accounts.mts';
import { DRAFT, get, INVALID_DRAFT, mockApi, setUp, toJson } from '../setup.mts';
import { findFlow } from './setup.mts';

setUp();

const SPLIT = { options: { splitValidationErrors: true } };

test('Get returns one paired item per validation error with its place', async () => {
	const second = { error: 'OTHER', message: 'Other error' };
	findFlow(INVALID_DRAFT)!.validation_errors = [VALIDATION_ERROR, second];
	const { main } = await get(INVALID_DRAFT, SPLIT);
	const flow = { id: INVALID_DRAFT, name: 'Sign up for the newsletter' };
	expect(toJson(main)).toEqual([
		{
			...flow,
			line: 10,
			column: 21,
			path: 'screens[0].layout.children[0].type',
			...VALIDATION_ERROR,
		},
		{ ...flow, line: null, column: null, path: null, ...second },
	]);
	expect(main.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
});

test('Get requests the default fields for validation errors', async () => {
	await get(INVALID_DRAFT, { ...SPLIT, fields: ['name'] });
	expect(mockApi.requests[0]?.target).not.toContain('fields');
});

test('Get returns no item for a flow without validation errors', async () => {
	expect((await get(DRAFT, SPLIT)).main).toEqual([]);
});
