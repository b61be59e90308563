import type { NamedFlow } from '../shared/whatsappFlows/findFlowByName';
import type { FlowList } from '../shared/whatsappFlows/flowStore';

/** The flows of each WABA. Read once per execution, which adds the flows that it creates. */
export class FlowDirectory {
	private readonly wabas = new Map<string, Promise<FlowList>>();

	async get(wabaId: string, read: () => Promise<FlowList>): Promise<FlowList> {
		const known = this.wabas.get(wabaId);
		if (known) return await known;
		const list = read();
		this.wabas.set(wabaId, list);
		// The next item reads it again.
		list.catch(() => this.wabas.delete(wabaId));
		return await list;
	}
}

/** @returns undefined if no flow has the name */
export const findId = ({ flows }: FlowList, name: string): string | undefined =>
	flows.find((flow: NamedFlow) => flow.name === name)?.id;
