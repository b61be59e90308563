import type { JsonObject } from 'n8n-workflow';
import { CATEGORIES } from './constants';
import type { Flow } from './flow';

/**
 * Why Kaleyra may have rejected an update with WA-400, which doesn't say it.
 *
 * @param flow as it was read after the rejection
 * @returns undefined if there is no known reason
 */
export function describeRejectedUpdate(flow: Flow, changes: JsonObject): string | undefined {
	const { status, name } = flow;
	if (status === 'DEPRECATED') {
		return "The flow is deprecated, and a deprecated flow can't be changed. Clone it and change the clone.";
	}
	const known = CATEGORIES.map(({ value }) => value);
	const unknown = [changes['categories'] ?? []]
		.flat()
		.filter((category) => !known.includes(String(category)));
	if (unknown.length > 0) {
		return `Kaleyra doesn't document the category ${unknown.join(', ')}. The documented categories are ${known.join(', ')}.`;
	}
	if ('name' in changes && changes['name'] !== name) {
		return `Most likely, another flow of this WABA is named ${JSON.stringify(changes['name'])}, and names must be unique. Use another name.`;
	}
	if (status === 'DRAFT' || status === 'PUBLISHED') return undefined;
	return `The flow's status is ${String(status)}, and Kaleyra may not allow updates in this status.`;
}
