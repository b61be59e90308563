import { parseJson } from '../shared/http/json';
import type { FlowJson } from '../shared/whatsappFlows/flowJson';
import { decodeUtf8 } from '../shared/whatsappFlows/flowJson';
import type {
	Creation,
	FlowList,
	FlowState,
	FlowStore,
	WantedFlow,
} from '../shared/whatsappFlows/flowStore';
import { MAX_LIST_LIMIT } from './constants';
import type { EightByEightFlowClient } from './EightByEightFlowClient';
import { getValidationErrors, toSnakeCaseFlow } from './flow';

/** The flows of a channel, for Create or Update. */
export class EightByEightFlowStore implements FlowStore {
	readonly createsWithJson = true;

	constructor(
		private readonly client: EightByEightFlowClient,
		private readonly channelId: string,
	) {}

	async list(): Promise<FlowList> {
		const flows = await this.client.getFlows(this.channelId, MAX_LIST_LIMIT);
		const ids = new Set(flows.map(({ id }) => id));
		// The list may lag behind.
		const created = this.client.getCreatedFlows(this.channelId).filter(({ id }) => !ids.has(id));
		return { flows: [...flows, ...created], complete: flows.length < MAX_LIST_LIMIT };
	}

	async create({ name, categories, json }: WantedFlow): Promise<Creation> {
		const content = { name, categories, flowJson: json.text };
		return await this.client.createUniqueFlow(this.channelId, content);
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
		const saved = await this.client.updateFlow(this.channelId, id, { flowJson: text });
		const hasErrors = 'validation_errors' in toSnakeCaseFlow(saved);
		return hasErrors ? getValidationErrors(saved) : undefined;
	}

	async updateMetadata(id: string, { categories }: { categories?: string[] }) {
		await this.client.updateFlow(this.channelId, id, { ...(categories && { categories }) });
	}

	async publish(id: string) {
		const { confirmedByStatus, alreadyDone } = await this.client.publishFlow(this.channelId, id);
		return { confirmedByStatus, alreadyPublished: alreadyDone };
	}
}
