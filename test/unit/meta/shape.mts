import { isObject } from '../../../nodes/shared/http/json.ts';

/** The fields of a JSON value, each as `path: type`, such as `data[].id: string`. */
export const describeValue = (value: unknown): string[] => unique(listFields(value, ''));

/** The fields that an OpenAPI schema describes, in the same form. */
export const describeSchema = (schema: unknown, document: unknown): string[] =>
	unique(listProperties(schema, document, ''));

/** What is described is described by `any` of a parent, too. */
export function isDescribed(field: string, described: string[]): boolean {
	return described.some((line) => {
		const [path = '', type = ''] = line.split(': ');
		return type === 'any' ? field.startsWith(path) : line === field;
	});
}

function listFields(value: unknown, path: string): string[] {
	// A list at the top is several responses.
	const itemPath = path && `${path}[]`;
	if (Array.isArray(value)) return value.flatMap((item) => listFields(item, itemPath));
	if (!isObject(value)) return [`${path}: ${typeof value}`];
	return Object.entries(value).flatMap(([key, child]) => listFields(child, join(path, key)));
}

function listProperties(schema: unknown, document: unknown, path: string): string[] {
	if (!isObject(schema)) return [`${path}: any`];
	const { $ref: reference, type, items, properties } = schema;
	if (typeof reference === 'string') {
		return listProperties(resolve(reference, document), document, path);
	}
	const parts = [schema['allOf'], schema['oneOf']].flatMap((list) =>
		Array.isArray(list) ? list : [],
	);
	const fields = parts.flatMap((part) => listProperties(part, document, path));
	if (type === 'array') fields.push(...listProperties(items, document, `${path}[]`));
	else if (isObject(properties)) {
		for (const [key, child] of Object.entries(properties)) {
			fields.push(...listProperties(child, document, join(path, key)));
		}
	} else if (parts.length === 0 && (type !== undefined || !('required' in schema))) {
		fields.push(`${path}: ${toJsonType(type)}`);
	}
	return fields;
}

function toJsonType(type: unknown): string {
	if (type === 'integer') return 'number';
	return typeof type === 'string' && type !== 'object' ? type : 'any';
}

function resolve(reference: string, document: unknown): unknown {
	return reference
		.split('/')
		.slice(1)
		.reduce((value, key) => (isObject(value) ? value[key] : undefined), document);
}

const join = (path: string, key: string) => (path === '' ? key : `${path}.${key}`);

const unique = (lines: string[]) => [...new Set(lines)].sort();
