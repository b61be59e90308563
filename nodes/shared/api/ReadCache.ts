import type { HttpResult } from '../http/httpResult';

/** Bounds the memory of an execution; a list of 10,000 small rows has about 2 million characters. */
const MAX_CHARACTERS = 4_000_000;

/** Reads of one execution: identical ones share a request while it's running and, if it succeeds, its response. */
export class ReadCache {
	/** Oldest first. */
	private readonly results = new Map<string, { result: Promise<HttpResult>; size: number }>();
	private characters = 0;

	async get(key: string, read: () => Promise<HttpResult>): Promise<HttpResult> {
		const cached = this.results.get(key);
		if (cached) return await cached.result;
		const entry = { result: read(), size: 0 };
		this.results.set(key, entry);
		let succeeded = false;
		try {
			const result = await entry.result;
			if (result.kind === 'response' && result.status >= 200 && result.status <= 299) {
				succeeded = true;
				entry.size = result.size ?? 0;
			}
			return result;
		} finally {
			// A request that ran while others filled the cache may have been dropped already.
			const isCached = this.results.get(key) === entry;
			if (isCached && succeeded) this.add(entry.size);
			else if (isCached) this.results.delete(key);
		}
	}

	/** Counts a response and drops the oldest ones until all fit. */
	private add(size: number): void {
		this.characters += size;
		for (const [key, oldest] of this.results) {
			if (this.characters <= MAX_CHARACTERS) return;
			this.results.delete(key);
			this.characters -= oldest.size;
		}
	}
}
