import type { INodeProperties, JsonObject, JsonValue } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { InvalidInputError } from '../errors';
import type { FlowJson } from './flowJson';
import { isSameJson } from './flowJson';

/** Create or Update: brings a flow, which its name identifies, to a wanted state with as few writes as possible. */

export const publishOption: INodeProperties = {
	displayName: 'Publish',
	name: 'publish',
	type: 'boolean',
	default: false,
	description:
		"Whether to publish the flow if it's a draft without validation errors. A published flow can't be deleted, only deprecated.",
};

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

/** A provider's flows, as Create or Update needs them. */
export interface FlowStore {
	/** @returns the ID of the flow with this name */
	findId: (name: string) => Promise<string | undefined>;
	/** @returns `created` false if another execution created the flow first; `hasJson` true if it has the JSON */
	create: (flow: WantedFlow) => Promise<{ id: string; created: boolean; hasJson: boolean }>;
	read: (id: string, flow: WantedFlow) => Promise<FlowState>;
	/** @returns undefined if the flow has none */
	readJson: (id: string) => Promise<unknown>;
	updateJson: (id: string, json: FlowJson) => Promise<void>;
	updateMetadata: (
		id: string,
		changes: { categories?: string[]; endpointUri?: string },
	) => Promise<void>;
	publish: (id: string) => Promise<void>;
}

export interface UpsertResult extends FlowState {
	id: string;
	created: boolean;
	/** What was written. */
	changed: string[];
	/** Whether this published the flow. */
	published: boolean;
}

const CHANGES = ['json', 'categories', 'endpoint_uri'];

/**
 * Creates a flow, or updates what differs. Running it again sends no write; after an error, it continues
 * where it stopped.
 */
export async function upsertFlow(store: FlowStore, wanted: WantedFlow): Promise<UpsertResult> {
	const applied: string[] = [];
	try {
		const existingId = await store.findId(wanted.name);
		const target =
			existingId === undefined
				? await store.create(wanted)
				: { id: existingId, created: false, hasJson: false };
		const { id, created } = target;
		if (created) applied.push('created', 'categories');
		if (created && wanted.endpointUri !== undefined) applied.push('endpoint_uri');
		if (created && target.hasJson) applied.push('json');
		let state = created ? undefined : await store.read(id, wanted);
		if (state) assertUpdatable(wanted.name, id, state);
		const isCurrent =
			target.hasJson || (!created && isSameJson(await store.readJson(id), wanted.json.value));
		if (!isCurrent) {
			await store.updateJson(id, wanted.json);
			applied.push('json');
		}
		const changes = state ? findMetadataChanges(state, wanted) : {};
		if (Object.keys(changes).length > 0) {
			await store.updateMetadata(id, changes);
			if (changes.categories) applied.push('categories');
			if (changes.endpointUri !== undefined) applied.push('endpoint_uri');
		}
		if (!state || applied.length > 0) state = await store.read(id, wanted);
		const { status, validationErrors } = state;
		const publish = wanted.publish && status === 'DRAFT' && validationErrors.length === 0;
		if (publish) await store.publish(id);
		return {
			...state,
			id,
			created,
			changed: CHANGES.filter((change) => applied.includes(change)),
			published: publish,
			...(publish && { status: 'PUBLISHED' }),
		};
	} catch (thrown) {
		if (thrown instanceof NodeApiError && applied.length > 0) {
			thrown.description = `Already applied: ${applied.join(', ')}. Execute the node again to continue. ${thrown.description ?? ''}`;
		}
		throw thrown;
	}
}

/** @throws {InvalidInputError} if the flow's status rules out any change */
function assertUpdatable(name: string, id: string, { status }: FlowState): void {
	if (status !== 'DEPRECATED') return;
	throw new InvalidInputError(
		`Flow ${id} "${name}" is DEPRECATED and can't be updated`,
		'A deprecated flow keeps its name. Use another name.',
	);
}

function findMetadataChanges(
	state: FlowState,
	{ categories, endpointUri }: WantedFlow,
): { categories?: string[]; endpointUri?: string } {
	const current = [state.categories ?? []].flat().map(String);
	const sameCategories = isSameJson([...current].sort(), [...categories].sort());
	const sameEndpoint = endpointUri === undefined || state.endpointUri === endpointUri;
	return {
		...(!sameCategories && { categories }),
		...(!sameEndpoint && { endpointUri }),
	};
}
