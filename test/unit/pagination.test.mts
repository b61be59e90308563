import { describe, expect, test } from 'vitest';
import type { Page } from '../../nodes/shared/http/pagination.ts';
import { MAX_PAGES, fetchPages } from '../../nodes/shared/http/pagination.ts';

interface Row {
	id?: number;
}

const page = (ids: number[], after?: string): Page<Row> => ({
	rows: ids.map((id) => ({ id })),
	after,
});

/** Reads from a table of pages by cursor, the first one under ''. */
async function read(
	pages: Record<string, Page<Row>>,
	{
		limit = Infinity,
		filter = () => true,
	}: { limit?: number; filter?: (row: Row) => boolean } = {},
) {
	const asked: (string | undefined)[] = [];
	const readPage = async (after: string | undefined) => {
		asked.push(after);
		return await Promise.resolve(pages[after ?? ''] ?? page([]));
	};
	const { rows, stopReason } = await fetchPages(readPage, ({ id }) => id, { limit, filter });
	return { ids: rows.map(({ id }) => id), stopReason, asked };
}

const THREE = { '': page([1, 2], 'a'), a: page([3, 4], 'b'), b: page([5, 6], 'c'), c: page([]) };

describe('Pages', () => {
	test('are none when the list is empty', async () => {
		expect(await read({})).toEqual({ ids: [], stopReason: 'endOfList', asked: [undefined] });
	});

	test('end with the first one when it has no cursor', async () => {
		expect(await read({ '': page([1, 2]) })).toEqual({
			ids: [1, 2],
			stopReason: 'endOfList',
			asked: [undefined],
		});
	});

	test('are followed to an empty one, because a last page still has a cursor', async () => {
		expect(await read(THREE)).toEqual({
			ids: [1, 2, 3, 4, 5, 6],
			stopReason: 'endOfList',
			asked: [undefined, 'a', 'b', 'c'],
		});
	});

	test('are not read beyond the limit, which may lie within one', async () => {
		expect(await read(THREE, { limit: 3 })).toEqual({
			ids: [1, 2, 3],
			stopReason: 'limit',
			asked: [undefined, 'a'],
		});
	});

	test('are not read beyond a limit at the end of one', async () => {
		expect(await read(THREE, { limit: 2 })).toMatchObject({ ids: [1, 2], asked: [undefined] });
	});

	test('are read until the limit is full of rows that pass the filter', async () => {
		const even = ({ id = 0 }: Row) => id % 2 === 0;
		expect(await read(THREE, { limit: 2, filter: even })).toEqual({
			ids: [2, 4],
			stopReason: 'limit',
			asked: [undefined, 'a'],
		});
	});

	test('are followed through one in which no row passes the filter', async () => {
		expect(await read(THREE, { filter: ({ id = 0 }) => id > 4 })).toMatchObject({
			ids: [5, 6],
			stopReason: 'endOfList',
		});
	});

	test('give a row once that comes with two of them', async () => {
		const pages = { '': page([1, 2], 'a'), a: page([2, 3], 'b'), b: page([3, 4]) };
		expect((await read(pages)).ids).toEqual([1, 2, 3, 4]);
	});

	test('give every row without an ID', async () => {
		expect((await read({ '': { rows: [{}, {}], after: undefined } })).ids).toHaveLength(2);
	});

	test('end where a service ignores the cursor and sends the first one for ever', async () => {
		const first = page([1, 2], 'a');
		expect(await read({ '': first, a: first })).toEqual({
			ids: [1, 2],
			stopReason: 'repeatedPage',
			asked: [undefined, 'a'],
		});
	});

	test('end where a new cursor brings no new row', async () => {
		expect(await read({ '': page([1], 'a'), a: page([1], 'b') })).toMatchObject({
			ids: [1],
			stopReason: 'repeatedPage',
			asked: [undefined, 'a'],
		});
	});

	test('end where the cursors run in a circle, even with new rows', async () => {
		const pages = { '': page([1], 'a'), a: page([2], 'b'), b: page([3], 'a') };
		expect(await read(pages)).toEqual({
			ids: [1, 2, 3],
			stopReason: 'repeatedPage',
			asked: [undefined, 'a', 'b'],
		});
	});

	test('end at the page cap', async () => {
		let count = 0;
		const endless = async () => await Promise.resolve(page([++count], String(count)));
		const { rows, stopReason } = await fetchPages(endless, ({ id }) => id, {
			limit: Infinity,
			filter: () => true,
		});
		expect([rows.length, stopReason]).toEqual([MAX_PAGES, 'maxPages']);
	});

	test('that cannot be read fail the whole', async () => {
		const failing = async () => await Promise.reject<Page<Row>>(new Error('refused'));
		await expect(
			fetchPages(failing, ({ id }) => id, { limit: 1, filter: () => true }),
		).rejects.toThrow('refused');
	});
});
