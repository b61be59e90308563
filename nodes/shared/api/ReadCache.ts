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
		try {
			const result = await entry.result;
			const succeeded = result.kind === 'response' && result.status >= 200 && result.status <= 299;
			if (succeeded) this.keep(entry, result.size ?? 0);
			else this.results.delete(key);
			return result;
		} catch (error) {
			this.results.delete(key);
			throw error;
		}
	}

	private keep(entry: { size: number }, size: number): void {
		entry.size = size;
		this.characters += size;
		for (const [key, oldest] of this.results) {
			if (this.characters <= MAX_CHARACTERS) return;
			this.results.delete(key);
			this.characters -= oldest.size;
		}
	}
}
