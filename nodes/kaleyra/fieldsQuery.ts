import type { ParseResult } from '../shared/api/responses';
import type { Flow } from './flow';
import { getField } from './flow';

/**
 * How `fields` is encoded. The pages show the comma encoded twice (`id%252Cname`) and don't say why;
 * single encoding (`id%2Cname`) is what a gateway that decodes as usual would expect (inferred).
 */
export type FieldsEncoding = 'double' | 'single';

/** The query string with `?`, or nothing. `after` is Meta's parameter; no page of Kaleyra's shows it (inferred). */
export function buildQuery(fields: string[], encoding: FieldsEncoding, after?: string): string {
	const once = encodeURIComponent(fields.join(','));
	const value = encoding === 'double' ? encodeURIComponent(once) : once;
	const parameters = [
		...(fields.length > 0 ? [`fields=${value}`] : []),
		...(after === undefined ? [] : [`after=${encodeURIComponent(after)}`]),
	];
	return parameters.length > 0 ? `?${parameters.join('&')}` : '';
}

/**
 * Whether flows show that Kaleyra understood `fields`: some flow has a requested field. The ID doesn't
 * count, because it's always returned.
 *
 * @returns undefined if the flows can't tell
 */
export function hasRequestedFields(flows: Flow[], fields: string[]): boolean | undefined {
	const requested = fields.filter((field) => field !== 'id');
	if (flows.length === 0 || requested.length === 0) return undefined;
	return flows.some((flow) => requested.some((field) => getField(flow, field) !== undefined));
}

/** Whether an error code means that a value was rejected; the second is Meta's (inferred). */
export const isRejectedValue = (code: string | undefined) =>
	code === 'WA400' || code === 'Meta 100';

/**
 * Reads with the documented encoding of `fields`. If that's rejected or ignored, reads again with the
 * single encoding. Remembers the encoding that works in `memory`. One field has no comma to encode.
 */
export async function readWithFieldsFallback<TData>(
	memory: { fieldsEncoding: FieldsEncoding | undefined },
	fields: string[],
	read: (encoding: FieldsEncoding) => Promise<ParseResult<TData>>,
	getFlows: (data: TData) => Flow[],
): Promise<ParseResult<TData>> {
	const isUnderstood = (result: ParseResult<TData>) =>
		result.ok ? hasRequestedFields(getFlows(result.data), fields) : undefined;
	const double = await read(memory.fieldsEncoding ?? 'double');
	if (memory.fieldsEncoding !== undefined || fields.length < 2) return double;
	if (isUnderstood(double)) memory.fieldsEncoding = 'double';
	const rejected = !double.ok && isRejectedValue(double.error.code);
	if (!rejected && isUnderstood(double) !== false) return double;
	const single = await read('single');
	if (isUnderstood(single)) memory.fieldsEncoding = 'single';
	return isUnderstood(single) || (rejected && single.ok) ? single : double;
}
