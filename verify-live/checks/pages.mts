import type { Flow } from '../../nodes/kaleyra/flow.ts';
import type { Page } from '../../nodes/shared/http/pagination.ts';
import { conclusive, decide, describeResult, describeRows } from '../finding.mts';
import type { LiveApi, Parsed } from '../LiveApi.mts';
import type { Check } from './account.mts';

const MAX_PAGES = 50;
/** Meta's default. */
const DEFAULT_PAGE_SIZE = 25;
const PAGINATION = 'nodes/shared/http/pagination.ts';

export const checkPages: Check = async ({ api, firstPage, flows }) => {
	const one = await api.getFlows('?limit=1');
	const isDecidable = flows.length > 1 && conclusive(one) !== undefined;
	const limitWorks = isDecidable ? one.ok && one.data.rows.length === 1 : undefined;
	const query = limitWorks ? '&limit=1' : '';
	const start = limitWorks ? one : firstPage;
	const after = start.ok ? start.data.after : undefined;
	const second = after === undefined ? undefined : await api.getFlows(getPageQuery(after, query));
	const isRepeated = second?.ok && getIds(second).join() === getIds(start).join();
	// After the last page, an empty one shows that the cursor works.
	const afterWorks = conclusive(second) && second?.ok === true && !isRepeated;
	const last = afterWorks ? await readLastPage(api, firstPage) : undefined;
	const total = last?.ended ? last.total : flows.length;
	return [
		{
			assumption: '`limit` is accepted as a query parameter',
			usedIn: 'not used yet',
			verdict: decide(limitWorks),
			seen: `${one.ok ? one.data.rows.length : describeResult(one.result)} of ${flows.length} flows`,
		},
		{
			assumption: 'The cursor `after` is accepted as a query parameter',
			usedIn: PAGINATION,
			verdict: decide(afterWorks),
			seen: second ? (isRepeated ? 'the same page again' : describeRows(second)) : 'no cursor',
		},
		{
			assumption: 'The last page carries a cursor, and the page after it is empty',
			usedIn: PAGINATION,
			verdict: decide(last?.ended ? last.hasCursor : undefined),
			seen: last
				? `page ${last.pages} has ${last.hasCursor ? 'a' : 'no'} cursor`
				: 'cursors do not work',
		},
		{
			assumption: `The default page has ${DEFAULT_PAGE_SIZE} flows`,
			usedIn: 'nodes/kaleyra/methods/searchFlows.ts',
			verdict: decide(total > flows.length ? flows.length === DEFAULT_PAGE_SIZE : undefined),
			seen: `${flows.length} of ${total} flows on the first page`,
		},
	];
};

/** Follows the cursors to the last page that has flows. */
async function readLastPage(api: LiveApi, firstPage: Parsed<Page<Flow>>) {
	let page = firstPage;
	let total = 0;
	for (let pages = 1; pages <= MAX_PAGES && page.ok; pages++) {
		total += page.data.rows.length;
		const { after } = page.data;
		if (after === undefined) return { pages, total, hasCursor: false, ended: true };
		const next = await api.getFlows(getPageQuery(after));
		if (!next.ok) break;
		if (next.data.rows.length === 0) return { pages, total, hasCursor: true, ended: true };
		if (getIds(next).join() === getIds(page).join()) break;
		page = next;
	}
	return { pages: MAX_PAGES, total, hasCursor: true, ended: false };
}

const getPageQuery = (after: string, more = '') => `?after=${encodeURIComponent(after)}${more}`;

const getIds = (page: Parsed<Page<Flow>>) => (page.ok ? page.data.rows.map(({ id }) => id) : []);
