import type { JsonObject, JsonValue } from 'n8n-workflow';
import type { NamedFlow } from './findFlowByName';
import type { FlowJson } from './flowJson';

/** What Create or Update needs of a provider. */

export interface WantedFlow {
	name: string;
	categories: string[];
	/** Undefined leaves it unchanged. */
	endpointUri?: string;
	json: FlowJson;
	publish: boolean;
}

export interface FlowState {
	status: JsonValue | undefined;
	categories: JsonValue | undefined;
	endpointUri?: JsonValue | undefined;
	validationErrors: JsonObject[];
}

export interface FlowList {
	flows: NamedFlow[];
	/** False if the list may lack flows. */
	complete: boolean;
}

export interface Creation {
	id: string;
	/** False if another execution created the flow first. */
	created: boolean;
	/** The response was lost or unclear, and the list has the name. Its content may be another execution's. */
	confirmedByList: boolean;
}

/** A provider's flows, as Create or Update needs them. */
export interface FlowStore {
	/** Whether a flow is created together with its JSON. */
	createsWithJson: boolean;
	/** The flows, with those that this execution created. */
	list: () => Promise<FlowList>;
	create: (flow: WantedFlow) => Promise<Creation>;
	read: (id: string, flow: WantedFlow) => Promise<FlowState>;
	/** @returns undefined if the flow has none */
	readJson: (id: string) => Promise<unknown>;
	/** @returns the validation errors; undefined if the response lacks them */
	updateJson: (id: string, json: FlowJson) => Promise<JsonObject[] | undefined>;
	updateMetadata: (
		id: string,
		changes: { categories?: string[]; endpointUri?: string },
	) => Promise<void>;
	publish: (id: string) => Promise<{ confirmedByStatus: boolean; alreadyPublished: boolean }>;
}
