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
import { getValidationErrors, hasValidationErrors } from './flow';
import type { KaleyraLifecycleClient } from './KaleyraLifecycleClient';

/** The flows of a WABA, for Create or Update. */
export class KaleyraFlowStore implements FlowStore {
	readonly createsWithJson = false;

	constructor(
		private readonly client: KaleyraLifecycleClient,
		private readonly wabaId: string,
	) {}

	async list(): Promise<FlowList> {
		return await this.client.getFlowList(this.wabaId);
	}

	async create({ name, categories, endpointUri }: WantedFlow): Promise<Creation> {
		const { flow, alreadyExists, confirmedByList } = await this.client.createFlow(this.wabaId, {
			name,
			categories,
			...(endpointUri !== undefined && { endpoint_uri: endpointUri }),
		});
		return { id: flow.id, created: !alreadyExists, confirmedByList };
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
		const response = await this.client.updateFlowJson(id, json);
		return hasValidationErrors(response) ? getValidationErrors(response) : undefined;
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
		return await this.client.publishFlow(id);
	}
}
