import { describe, expect, test } from 'vitest';
import type { FieldsEncoding } from '../../nodes/kaleyra/fieldsQuery.ts';
import { hasRequestedFields, buildQuery } from '../../nodes/kaleyra/fieldsQuery.ts';

describe('buildQuery', () => {
	test.each<[string, string[], FieldsEncoding, string | undefined, string]>([
		['is empty without fields and cursor', [], 'double', undefined, ''],
		['has one field without encoding', ['name'], 'double', undefined, '?fields=name'],
		['has one field without encoding', ['name'], 'single', undefined, '?fields=name'],
		[
			'double-encodes commas, as Get Flows documents',
			['id', 'name', 'status', 'categories', 'validation_errors'],
			'double',
			undefined,
			'?fields=id%252Cname%252Cstatus%252Ccategories%252Cvalidation_errors',
		],
		['encodes commas once as a fallback', ['id', 'name'], 'single', undefined, '?fields=id%2Cname'],
		['encodes the cursor once', [], 'double', 'QVFI==', '?after=QVFI%3D%3D'],
		[
			'contains fields and cursor',
			['id', 'name'],
			'double',
			'a&b',
			'?fields=id%252Cname&after=a%26b',
		],
		[
			'escapes reserved characters in field names',
			['id&x=1'],
			'single',
			undefined,
			'?fields=id%26x%3D1',
		],
	])('%s', (_, fields, encoding, after, expected) => {
		expect(buildQuery(fields, encoding, after)).toBe(expected);
	});
});

describe('hasRequestedFields', () => {
	test.each<[string, object[], string[], boolean | undefined]>([
		[
			'is true when a flow has one of the fields',
			[{ id: '1', name: 'a' }],
			['id', 'name', 'x'],
			true,
		],
		[
			'is true when any flow has one of the fields',
			[{ id: '1' }, { name: 'a' }],
			['id', 'name'],
			true,
		],
		['is true when a field is null', [{ id: '1', name: null }], ['name'], true],
		[
			'is false when no flow has a requested field',
			[{ id: '1', status: 'DRAFT' }],
			['id', 'name'],
			false,
		],
		['is false when the flows have only their ID', [{ id: '1' }], ['id', 'name'], false],
		['is undefined without flows', [], ['id', 'name'], undefined],
		['is undefined when only the ID was requested', [{ id: '1' }], ['id'], undefined],
		['is undefined when no fields were requested', [{ id: '1' }], [], undefined],
	])('%s', (_, flows, fields, expected) => {
		expect(hasRequestedFields(flows as never, fields)).toBe(expected);
	});
});
