import { describe, expect, test } from 'vitest';
import type { Page } from '../../nodes/shared/http/pagination.ts';
import { MAX_PAGES, fetchPages } from '../../nodes/shared/http/pagination.ts';

interface Row {
	id?: number;
}

const createPage = (ids: number[], after?: string): Page<Row> => ({
	rows: ids.map((id) => ({ id })),
	after,
});

/** Fetches pages from a table by cursor. The cursor of the first page is ''. */
async function fetch(
	pages: Record<string, Page<Row>>,
	{
		limit = Infinity,
		filter = () => true,
	}: { limit?: number; filter?: (row: Row) => boolean } = {},
) {
	const cursors: (string | undefined)[] = [];
	const readPage = async (after: string | undefined) => {
		cursors.push(after);
		return await Promise.resolve(pages[after ?? ''] ?? createPage([]));
	};
	const { rows, stopReason } = await fetchPages(readPage, ({ id }) => id, { limit, filter });
	return { ids: rows.map(({ id }) => id), stopReason, cursors };
}

const THREE_PAGES = {
	'': createPage([1, 2], 'a'),
	a: createPage([3, 4], 'b'),
	b: createPage([5, 6], 'c'),
	c: createPage([]),
};

describe('fetchPages', () => {
	test('returns no rows for an empty list', async () => {
		expect(await fetch({})).toEqual({ ids: [], stopReason: 'endOfList', cursors: [undefined] });
	});

	test('stops at a page without a cursor', async () => {
		expect(await fetch({ '': createPage([1, 2]) })).toEqual({
			ids: [1, 2],
			stopReason: 'endOfList',
			cursors: [undefined],
		});
	});

	test('continues to an empty page, because the last page also has a cursor', async () => {
		expect(await fetch(THREE_PAGES)).toEqual({
			ids: [1, 2, 3, 4, 5, 6],
			stopReason: 'endOfList',
			cursors: [undefined, 'a', 'b', 'c'],
		});
	});

	test('ends the list at an empty page that has a cursor', async () => {
		expect(await fetch({ '': createPage([1], 'a'), a: createPage([], 'b') })).toEqual({
			ids: [1],
			stopReason: 'endOfList',
			cursors: [undefined, 'a'],
		});
	});

	test('stops at a limit in the middle of a page', async () => {
		expect(await fetch(THREE_PAGES, { limit: 3 })).toEqual({
			ids: [1, 2, 3],
			stopReason: 'limit',
			cursors: [undefined, 'a'],
		});
	});

	test('stops at a limit at the end of a page', async () => {
		expect(await fetch(THREE_PAGES, { limit: 2 })).toMatchObject({
			ids: [1, 2],
			cursors: [undefined],
		});
	});

	test('counts only rows that pass the filter against the limit', async () => {
		const even = ({ id = 0 }: Row) => id % 2 === 0;
		expect(await fetch(THREE_PAGES, { limit: 2, filter: even })).toEqual({
			ids: [2, 4],
			stopReason: 'limit',
			cursors: [undefined, 'a'],
		});
	});

	test('continues after a page in which no row passes the filter', async () => {
		expect(await fetch(THREE_PAGES, { filter: ({ id = 0 }) => id > 4 })).toMatchObject({
			ids: [5, 6],
			stopReason: 'endOfList',
		});
	});

	test('returns a row once when two pages contain it', async () => {
		const pages = {
			'': createPage([1, 2], 'a'),
			a: createPage([2, 3], 'b'),
			b: createPage([3, 4]),
		};
		expect((await fetch(pages)).ids).toEqual([1, 2, 3, 4]);
	});

	test('returns every row without an ID', async () => {
		expect((await fetch({ '': { rows: [{}, {}], after: undefined } })).ids).toHaveLength(2);
	});

	test('stops when the API ignores the cursor and repeats the first page', async () => {
		const first = createPage([1, 2], 'a');
		expect(await fetch({ '': first, a: first })).toEqual({
			ids: [1, 2],
			stopReason: 'repeatedPage',
			cursors: [undefined, 'a'],
		});
	});

	test('stops when a new cursor returns no new row', async () => {
		expect(await fetch({ '': createPage([1], 'a'), a: createPage([1], 'b') })).toMatchObject({
			ids: [1],
			stopReason: 'repeatedPage',
			cursors: [undefined, 'a'],
		});
	});

	test('stops at a cursor that repeats, even with new rows', async () => {
		const pages = { '': createPage([1], 'a'), a: createPage([2], 'b'), b: createPage([3], 'a') };
		expect(await fetch(pages)).toEqual({
			ids: [1, 2, 3],
			stopReason: 'repeatedPage',
			cursors: [undefined, 'a', 'b'],
		});
	});

	test('stops after the maximum number of pages', async () => {
		let count = 0;
		const readPage = async () => await Promise.resolve(createPage([++count], String(count)));
		const { rows, stopReason } = await fetchPages(readPage, ({ id }) => id, {
			limit: Infinity,
			filter: () => true,
		});
		expect([rows.length, stopReason]).toEqual([MAX_PAGES, 'maxPages']);
	});

	test('rejects when a page cannot be read', async () => {
		const readPage = async () => await Promise.reject<Page<Row>>(new Error('No page'));
		await expect(
			fetchPages(readPage, ({ id }) => id, { limit: 1, filter: () => true }),
		).rejects.toThrow('No page');
	});
});
