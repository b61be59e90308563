import { describe, expect, test } from 'vitest';
import { ReadCache } from '../../nodes/shared/api/ReadCache.ts';
import type { HttpResult } from '../../nodes/shared/http/httpResult.ts';

const respond = (status: number, size = 10): HttpResult => ({
	kind: 'response',
	status,
	retryAfter: undefined,
	body: {},
	size,
});

/** Counts how often a key is read. */
function createReader(result: HttpResult) {
	const reader = { calls: 0, read: async () => await Promise.resolve((reader.calls++, result)) };
	return reader;
}

describe('ReadCache', () => {
	test('shares a running request', async () => {
		const cache = new ReadCache();
		const reader = createReader(respond(200));
		await Promise.all([cache.get('a', reader.read), cache.get('a', reader.read)]);
		expect(reader.calls).toBe(1);
	});

	test('keeps a successful response', async () => {
		const cache = new ReadCache();
		const reader = createReader(respond(200));
		await cache.get('a', reader.read);
		await cache.get('a', reader.read);
		expect(reader.calls).toBe(1);
	});

	test.each<[string, HttpResult]>([
		['an error response', respond(500)],
		[
			'a network error',
			{ kind: 'networkError', code: 'ECONNRESET', reason: '', mayHaveBeenSent: true },
		],
	])('does not keep %s', async (_, result) => {
		const cache = new ReadCache();
		const reader = createReader(result);
		await cache.get('a', reader.read);
		await cache.get('a', reader.read);
		expect(reader.calls).toBe(2);
	});

	test('does not keep a read that throws', async () => {
		const cache = new ReadCache();
		const fail = async () => await Promise.reject(new Error('canceled'));
		await expect(cache.get('a', fail)).rejects.toThrow('canceled');
		expect(await cache.get('a', createReader(respond(200)).read)).toMatchObject({ status: 200 });
	});

	test('drops the oldest responses when all together are too large', async () => {
		const cache = new ReadCache();
		const large = createReader(respond(200, 2_000_000));
		for (const key of ['a', 'b', 'c']) await cache.get(key, large.read);
		expect(large.calls).toBe(3);
		await cache.get('c', large.read);
		expect(large.calls).toBe(3);
		await cache.get('a', large.read);
		expect(large.calls).toBe(4);
	});
});
