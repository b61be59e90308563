/** One page of a list, and the cursor of the next page if the service returned one. */
export interface Page<Row> {
	rows: Row[];
	after: string | undefined;
}

/**
 * Why pagination stopped. `repeatedPage`, `maxPages` and `deadline` mean that rows may be missing:
 * the service started to repeat itself, the page limit was reached, or time ran out.
 */
export type StopReason = 'endOfList' | 'limit' | 'repeatedPage' | 'maxPages' | 'deadline';

export interface PaginationOptions<Row> {
	/** Maximum number of rows to return. */
	limit: number;
	/** Which rows to return. */
	filter: (row: Row) => boolean;
	/** Maximum number of pages to read. */
	maxPages?: number;
	/** When to stop requesting pages, in milliseconds since 1970. */
	deadline?: number;
}

/** 25,000 rows at 25 per page, the smallest page known. */
export const MAX_PAGES = 1_000;

/**
 * Follows cursors without trusting them: a last page may still carry one, a service may ignore it and
 * return the first page again, and cursors may loop.
 *
 * @param readPage reads the page at a cursor, or the first page without one
 * @param getId identifies a row; a row without an ID counts as new
 */
export async function fetchPages<Row>(
	readPage: (after: string | undefined) => Promise<Page<Row>>,
	getId: (row: Row) => unknown,
	{ limit, filter, maxPages = MAX_PAGES, deadline = Infinity }: PaginationOptions<Row>,
): Promise<{ rows: Row[]; stopReason: StopReason }> {
	const rows: Row[] = [];
	const ids = new Set<unknown>();
	const cursors = new Set<string>();
	let after: string | undefined;
	for (let pages = 0; pages < maxPages; pages++) {
		if (Date.now() > deadline) return { rows, stopReason: 'deadline' };
		const page = await readPage(after);
		const newRows = page.rows.filter((row) => {
			const id = getId(row);
			if (id === undefined) return true;
			const seen = ids.has(id);
			ids.add(id);
			return !seen;
		});
		for (const row of newRows) {
			if (filter(row)) rows.push(row);
			if (rows.length >= limit) return { rows, stopReason: 'limit' };
		}
		if (page.rows.length === 0 || page.after === undefined) {
			return { rows, stopReason: 'endOfList' };
		}
		if (newRows.length === 0 || cursors.has(page.after)) {
			return { rows, stopReason: 'repeatedPage' };
		}
		cursors.add(page.after);
		after = page.after;
	}
	return { rows, stopReason: 'maxPages' };
}
