/** One page of a list, and the cursor behind it where the service gave one. */
export interface Page<Row> {
	rows: Row[];
	after: string | undefined;
}

/**
 * Why reading ended: the list did; the caller had enough; the service began to repeat itself; it went on
 * past the page cap; or the caller's time was up. With the last three, rows may be missing.
 */
export type StopReason = 'endOfList' | 'limit' | 'repeatedPage' | 'maxPages' | 'deadline';

export interface Choice<Row> {
	/** How many rows to keep. */
	limit: number;
	/** Which rows count. */
	keep: (row: Row) => boolean;
	/** How many pages to read at the most. */
	maxPages?: number;
	/** When to begin no further page (ms since 1970). */
	until?: number;
}

/** At 25 rows a page, which is the smallest page known, 25,000 rows. */
export const MAX_PAGES = 1_000;

/**
 * Follows cursors and trusts none of them: a last page may still carry one, a service may ignore it
 * and send the first page for ever, and cursors may run in a circle.
 *
 * @param readPage reads the page behind a cursor, the first one without
 * @param idOf tells rows apart; a row without an id counts as new
 */
export async function fetchPages<Row>(
	readPage: (after: string | undefined) => Promise<Page<Row>>,
	getFlowId: (row: Row) => unknown,
	{ limit, keep, maxPages = MAX_PAGES, until = Infinity }: Choice<Row>,
): Promise<{ rows: Row[]; stopReason: StopReason }> {
	const rows: Row[] = [];
	const ids = new Set<unknown>();
	const cursors = new Set<string>();
	let after: string | undefined;
	for (let count = 0; count < maxPages; count++) {
		if (Date.now() > until) return { rows, stopReason: 'deadline' };
		const page = await readPage(after);
		const fresh = page.rows.filter((row) => {
			const id = getFlowId(row);
			if (id === undefined) return true;
			const seen = ids.has(id);
			ids.add(id);
			return !seen;
		});
		for (const row of fresh) {
			if (keep(row)) rows.push(row);
			if (rows.length >= limit) return { rows, stopReason: 'limit' };
		}
		if (page.rows.length === 0 || page.after === undefined)
			return { rows, stopReason: 'endOfList' };
		if (fresh.length === 0 || cursors.has(page.after)) return { rows, stopReason: 'repeatedPage' };
		cursors.add(page.after);
		after = page.after;
	}
	return { rows, stopReason: 'maxPages' };
}
