/** The flows of a WABA by name. */
export interface FlowNames {
	/** IDs by name. */
	ids: Map<string, string>;
	/** False if the list may lack flows. */
	complete: boolean;
}

/** The names of the flows in each WABA. Read once per execution, which adds the flows that it creates. */
export class FlowDirectory {
	private readonly wabas = new Map<string, Promise<FlowNames>>();

	async get(wabaId: string, read: () => Promise<FlowNames>): Promise<FlowNames> {
		const known = this.wabas.get(wabaId);
		if (known) return await known;
		const names = read();
		this.wabas.set(wabaId, names);
		// The next item reads it again.
		names.catch(() => this.wabas.delete(wabaId));
		return await names;
	}
}
