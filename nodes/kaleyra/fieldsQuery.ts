import type { ParseResult } from '../shared/api/responses';
import type { Flow } from './flow';

/**
 * How `fields` is written. The pages show the comma encoded twice (`id%252Cname`) and do not say why;
 * plain encoding (`id%2Cname`) is what a gateway would take that decodes as usual (inferred).
 */
export type FieldsEncoding = 'documented' | 'plain';

/** The query string, complete with `?`, or nothing. `after` is Meta's parameter; no page of Kaleyra's shows it. */
export function query(fields: string[], form: FieldsEncoding, after?: string): string {
	const once = encodeURIComponent(fields.join(','));
	const written = form === 'documented' ? encodeURIComponent(once) : once;
	const parts = [
		...(fields.length > 0 ? [`fields=${written}`] : []),
		...(after === undefined ? [] : [`after=${encodeURIComponent(after)}`]),
	];
	return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/**
 * Whether flows show that their fields were understood: some flow has a field that was asked for. The id
 * does not count, because it comes unasked.
 *
 * @returns undefined where the flows cannot tell
 */
export function hasRequestedFields(flows: Flow[], fields: string[]): boolean | undefined {
	const asked = fields.filter((field) => field !== 'id');
	if (flows.length === 0 || asked.length === 0) return undefined;
	return flows.some((flow) => asked.some((field) => field in flow));
}

/** Codes with which a form of `fields` may have been refused; the second is Meta's (inferred). */
const REFUSED = ['WA400', 'Meta 100'];

/**
 * Reads with the documented form of `fields` and, where that is refused or ignored, once more with the
 * plain one. The form that worked is kept in `memory`. A single field has no comma and needs none of this.
 */
export async function readWithFieldsFallback<Data>(
	memory: { fieldsEncoding: FieldsEncoding | undefined },
	fields: string[],
	read: (form: FieldsEncoding) => Promise<ParseResult<Data>>,
	flowsOf: (data: Data) => Flow[],
): Promise<ParseResult<Data>> {
	const understood = ({ data }: ParseResult<Data>) =>
		data && hasRequestedFields(flowsOf(data), fields);
	const documented = await read(memory.fieldsEncoding ?? 'documented');
	if (memory.fieldsEncoding !== undefined || fields.length < 2) return documented;
	if (understood(documented)) memory.fieldsEncoding = 'documented';
	const refused = REFUSED.includes(documented.refusal?.code ?? '');
	if (!refused && understood(documented) !== false) return documented;
	const plain = await read('plain');
	if (understood(plain)) memory.fieldsEncoding = 'plain';
	return understood(plain) || (refused && !plain.refusal) ? plain : documented;
}
