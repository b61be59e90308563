import type { IDataObject, INodeProperties, JsonObject, JsonValue } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { InvalidInputError } from '../errors';
import type { FlowJson } from './flowJson';
import { isSameJson } from './flowJson';
import { createWriteOutput } from './writeOutput';

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

export interface UpsertResult extends IDataObject {
	id: string;
	created: boolean;
	/** What was written. */
	changed: string[];
	/** Whether this published the flow. */
	published: boolean;
	validationErrors: JsonObject[];
}

const CHANGES = ['json', 'categories', 'endpoint_uri'];

/**
 * Creates a flow, or updates what differs. Running it again sends no write; after an error, it continues
 * where it stopped.
 */
export async function upsertFlow(
	store: FlowStore,
	wanted: WantedFlow,
	addHint: (message: string) => void,
): Promise<UpsertResult> {
	const applied: string[] = [];
	return await bringUpToDate(store, wanted, applied, addHint).catch((thrown: unknown) => {
		if (thrown instanceof NodeApiError && applied.length > 0) {
			thrown.description = `Already applied: ${applied.join(', ')}. Execute the node again to continue. ${thrown.description ?? ''}`;
		}
		throw thrown;
	});
}

/** @param applied gets what was written, also if a later write fails */
async function bringUpToDate(
	store: FlowStore,
	wanted: WantedFlow,
	applied: string[],
	addHint: (message: string) => void,
): Promise<UpsertResult> {
	const { id, created, before, state } = await writeDifferences(store, wanted, applied);
	const { validationErrors } = state;
	const published = wanted.publish && state.status === 'DRAFT' && validationErrors.length === 0;
	if (published) await store.publish(id);
	if (wanted.publish && validationErrors.length > 0) {
		addHint(`Flow ${id} has validation errors, so it wasn't published.`);
	}
	const status = published ? 'PUBLISHED' : state.status;
	return {
		...createWriteOutput({ id, before, name: wanted.name, status }),
		id,
		created,
		changed: CHANGES.filter((change) => applied.includes(change)),
		published,
		validationErrors,
	};
}

async function writeDifferences(
	store: FlowStore,
	wanted: WantedFlow,
	applied: string[],
): Promise<{ id: string; created: boolean; before: FlowState | undefined; state: FlowState }> {
	const existingId = await store.findId(wanted.name);
	const target =
		existingId === undefined
			? await store.create(wanted)
			: { id: existingId, created: false, hasJson: false };
	const { id, created, hasJson } = target;
	if (created) {
		applied.push('created', 'categories');
		if (wanted.endpointUri !== undefined) applied.push('endpoint_uri');
		if (hasJson) applied.push('json');
	}
	const before = created ? undefined : await store.read(id, wanted);
	if (before) assertUpdatable(wanted.name, id, before);
	if (!hasJson && (created || !isSameJson(await store.readJson(id), wanted.json.value))) {
		await store.updateJson(id, wanted.json);
		applied.push('json');
	}
	const changes = before ? findMetadataChanges(before, wanted) : {};
	if (Object.keys(changes).length > 0) {
		await store.updateMetadata(id, changes);
		if (changes.categories) applied.push('categories');
		if (changes.endpointUri !== undefined) applied.push('endpoint_uri');
	}
	const unchanged = before && applied.length === 0;
	return { id, created, before, state: unchanged ? before : await store.read(id, wanted) };
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
