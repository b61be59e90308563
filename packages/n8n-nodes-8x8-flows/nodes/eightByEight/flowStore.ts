import { parseJson } from '../shared/http/json';
import type { FlowJson } from '../shared/whatsappFlows/flowJson';
import { decodeUtf8 } from '../shared/whatsappFlows/flowJson';
import type { FlowState, FlowStore, WantedFlow } from '../shared/whatsappFlows/upsert';
import { MAX_LIST_LIMIT } from './constants';
import type { EightByEightClient } from './EightByEightClient';
import { getValidationErrors } from './flow';

/** The flows of a channel, for Create or Update. */
export class EightByEightFlowStore implements FlowStore {
	constructor(
		private readonly client: EightByEightClient,
		private readonly channelId: string,
	) {}

	async findId(wanted: string) {
		const flows = await this.client.getFlows(this.channelId, MAX_LIST_LIMIT);
		return flows.find(({ name }) => name === wanted)?.id;
	}

	async create({ name, categories, json }: WantedFlow) {
		const content = { name, categories, flowJson: json.text };
		const { id, created } = await this.client.createUniqueFlow(this.channelId, content);
		return { id, created, hasJson: created };
	}

	async read(id: string): Promise<FlowState> {
		const flow = await this.client.getFlow(this.channelId, id);
		const { status, categories } = flow;
		return { status, categories, validationErrors: getValidationErrors(flow) };
	}

	async readJson(id: string): Promise<unknown> {
		const content = await this.client.downloadFlowJson(
			await this.client.getFlow(this.channelId, id),
		);
		return content && parseJson(decodeUtf8(content));
	}

	async updateJson(id: string, { text }: FlowJson) {
		await this.client.updateFlow(this.channelId, id, { flowJson: text });
	}

	async updateMetadata(id: string, { categories }: { categories?: string[] }) {
		await this.client.updateFlow(this.channelId, id, { ...(categories && { categories }) });
	}

	async publish(id: string) {
		await this.client.publishFlow(this.channelId, id);
	}
}
