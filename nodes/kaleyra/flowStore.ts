import { parseJson } from '../shared/http/json';
import type { FlowJson } from '../shared/whatsappFlows/flowJson';
import { decodeUtf8 } from '../shared/whatsappFlows/flowJson';
import type { FlowState, FlowStore, WantedFlow } from '../shared/whatsappFlows/upsert';
import { getValidationErrors } from './flow';
import type { KaleyraLifecycleClient } from './KaleyraLifecycleClient';

/** The flows of a WABA, for Create or Update. */
export class KaleyraFlowStore implements FlowStore {
	constructor(
		private readonly client: KaleyraLifecycleClient,
		private readonly wabaId: string,
	) {}

	async findId(name: string) {
		return (await this.client.getFlowNames(this.wabaId)).ids.get(name);
	}

	async create({ name, categories, endpointUri }: WantedFlow) {
		const { flow, alreadyExists } = await this.client.createFlow(this.wabaId, {
			name,
			categories,
			...(endpointUri !== undefined && { endpoint_uri: endpointUri }),
		});
		return { id: flow.id, created: !alreadyExists, hasJson: false };
	}

	async read(id: string, { endpointUri }: WantedFlow): Promise<FlowState> {
		const flow = await this.client.getFlowDetails(id, []);
		// Not among the default fields. A single field has no comma, which could be encoded in two ways.
		const details =
			endpointUri === undefined ? flow : await this.client.getFlowDetails(id, ['endpoint_uri']);
		return {
			status: flow.status,
			categories: flow.categories,
			endpointUri: details['endpoint_uri'],
			validationErrors: getValidationErrors(flow),
		};
	}

	async readJson(id: string): Promise<unknown> {
		const asset = await this.client.findFlowJsonAsset(id);
		if (!asset) return undefined;
		return parseJson(decodeUtf8(await this.client.downloadAsset(asset)));
	}

	async updateJson(id: string, json: FlowJson) {
		await this.client.updateFlowJson(id, json);
	}

	async updateMetadata(
		id: string,
		{ categories, endpointUri }: { categories?: string[]; endpointUri?: string },
	) {
		await this.client.updateFlowMetadata(id, {
			...(categories && { categories }),
			...(endpointUri !== undefined && { endpoint_uri: endpointUri }),
		});
	}

	async publish(id: string) {
		await this.client.publishFlow(id);
	}
}
