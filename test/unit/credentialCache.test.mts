import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CredentialCache } from '../../nodes/shared/node/CredentialCache.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('A credential is read again when it is too old for the request', async () => {
	const cache = new CredentialCache<number>();
	let reads = 0;
	const get = async (maxAgeMs: number, key = 'a') =>
		await cache.get(key, maxAgeMs, async () => await Promise.resolve(++reads));
	expect(await get(60_000)).toBe(1);
	vi.advanceTimersByTime(4_999);
	expect(await get(5_000)).toBe(1);
	vi.advanceTimersByTime(1);
	expect(await get(5_000)).toBe(2);
	vi.advanceTimersByTime(59_999);
	expect(await get(60_000)).toBe(2);
	expect(await get(0)).toBe(3);
	expect(await get(60_000, 'b')).toBe(4);
});

test('A credential that cannot be read is not kept', async () => {
	const cache = new CredentialCache<number>();
	await cache.get('a', 0, async () => await Promise.resolve(1));
	const fail = async () => await Promise.reject(new Error('unusable'));
	await expect(cache.get('a', 0, fail)).rejects.toThrow('unusable');
	expect(await cache.get('a', 60_000, async () => await Promise.resolve(2))).toBe(2);
});

test('At most 100 credentials are kept', async () => {
	const cache = new CredentialCache<string>();
	const get = async (key: string, value: string) =>
		await cache.get(key, 60_000, async () => await Promise.resolve(value));
	for (let key = 0; key <= 100; key++) await get(String(key), 'old');
	expect(await get('100', 'new')).toBe('old');
	expect(await get('1', 'new')).toBe('old');
	expect(await get('0', 'new')).toBe('new');
});
