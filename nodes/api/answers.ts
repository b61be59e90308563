import type { Decoded, Written } from '../engine/answers';
import { causeIn, decodeAs, writtenAs } from '../engine/answers';
import { isObject } from '../engine/json';
import type { Outcome } from '../engine/outcome';
import { DIALECT } from './refusals';

/**
 * Decodes an outcome. Both success shapes are taken: the bare one (Get Flows, Get Flow Details, Publish
 * Flow) and the one wrapped in code, message, data and error (Update Flow Metadata). It is unwrapped only
 * where there is a `code`, because a list has a `data` of its own.
 *
 * @param shape what the data must be; it gives undefined where they are not
 */
export function decode<Data>(
	outcome: Outcome,
	shape: (data: unknown) => Data | undefined,
): Decoded<Data> {
	return decodeAs(DIALECT, outcome, (body) => {
		const inner = isObject(body) && typeof body['code'] === 'string' ? body['data'] : body;
		// A list's paging stands beside its rows.
		return shape(Array.isArray(inner) ? body : inner);
	});
}

/** A write is done where Kaleyra says `success: true`. */
export function decodeWrite(outcome: Outcome): Written {
	const asSuccess = (data: unknown) =>
		isObject(data) && data['success'] === true ? true : undefined;
	return writtenAs(DIALECT, outcome, decode(outcome, asSuccess));
}

/** Why Kaleyra or Meta refused, in n8n's terms, where the body says so. */
export const causeOf = causeIn(DIALECT);
