interface Entry<TCredential> {
	credential: TCredential;
	/** In milliseconds since 1970. */
	readAt: number;
}

const MAX_ENTRIES = 100;

/**
 * Keeps parsed credentials in memory. For each request to a trigger with a credential, n8n creates another
 * isolate to evaluate the credential's expressions, which takes longer than everything else together.
 */
export class CredentialCache<TCredential> {
	private readonly entries = new Map<string, Entry<TCredential>>();

	/**
	 * @param key names the node and its credential
	 * @param maxAgeMs an older credential is read again
	 * @param read reads and parses the credential; nothing is kept if it fails
	 */
	async get(key: string, maxAgeMs: number, read: () => Promise<TCredential>): Promise<TCredential> {
		const entry = this.entries.get(key);
		if (entry && Date.now() - entry.readAt < maxAgeMs) return entry.credential;
		this.entries.delete(key);
		const credential = await read();
		const [oldest] = this.entries.keys();
		if (oldest !== undefined && this.entries.size >= MAX_ENTRIES) this.entries.delete(oldest);
		this.entries.set(key, { credential, readAt: Date.now() });
		return credential;
	}
}
