import { describe, expect, test } from 'vitest';
import type { FieldsEncoding } from '../../nodes/kaleyra/fieldsQuery.ts';
import { hasRequestedFields, buildQuery } from '../../nodes/kaleyra/fieldsQuery.ts';

describe('The query', () => {
	test.each<[string, string[], FieldsEncoding, string | undefined, string]>([
		['is left out when nothing is asked for', [], 'double', undefined, ''],
		['is the same for one field in both forms', ['name'], 'double', undefined, '?fields=name'],
		['is the same for one field in both forms', ['name'], 'single', undefined, '?fields=name'],
		[
			'has the comma encoded twice, as Get Flows shows it',
			['id', 'name', 'status', 'categories', 'validation_errors'],
			'double',
			undefined,
			'?fields=id%252Cname%252Cstatus%252Ccategories%252Cvalidation_errors',
		],
		[
			'has the comma encoded once otherwise',
			['id', 'name'],
			'single',
			undefined,
			'?fields=id%2Cname',
		],
		['has the cursor encoded once', [], 'double', 'QVFI==', '?after=QVFI%3D%3D'],
		['has fields and cursor', ['id', 'name'], 'double', 'a&b', '?fields=id%252Cname&after=a%26b'],
		['cannot be broken out of', ['id&x=1'], 'single', undefined, '?fields=id%26x%3D1'],
	])('%s', (_, fields, form, after, written) => {
		expect(buildQuery(fields, form, after)).toBe(written);
	});
});

describe('Fields', () => {
	test.each<[string, object[], string[], boolean | undefined]>([
		['were understood when a flow has one', [{ id: '1', name: 'a' }], ['id', 'name', 'x'], true],
		['were understood when any flow has one', [{ id: '1' }, { name: 'a' }], ['id', 'name'], true],
		['were understood when one is empty', [{ id: '1', name: null }], ['name'], true],
		['were not when no flow has one', [{ id: '1', status: 'DRAFT' }], ['id', 'name'], false],
		['were not when only the ID came', [{ id: '1' }], ['id', 'name'], false],
		['cannot be told from no flows', [], ['id', 'name'], undefined],
		['cannot be told from the ID alone', [{ id: '1' }], ['id'], undefined],
		['cannot be told when none were asked for', [{ id: '1' }], [], undefined],
	])('%s', (_, flows, fields, understood) => {
		expect(hasRequestedFields(flows as never, fields)).toBe(understood);
	});
});
