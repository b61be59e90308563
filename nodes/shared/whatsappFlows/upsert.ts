import type { IDataObject, INodeProperties, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { InvalidInputError } from '../errors';
import { truncateForMessage } from '../node/parameters';
import { findNamedFlow } from './findFlowByName';
import { isSameJson } from './flowJson';
import type { Creation, FlowState, FlowStore, WantedFlow } from './flowStore';
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
	const { target, before, state } = await writeDifferences(store, wanted, applied);
	const { id, created, confirmedByList } = target;
	const { status, validationErrors } = state;
	const changed = getChanges(applied);
	// Changing a published flow returns it to draft, but what is read right after the write may lag behind.
	const isStale = changed.length > 0 && before?.status === 'PUBLISHED' && status === 'PUBLISHED';
	const isPublishable = (status === 'DRAFT' || isStale) && validationErrors.length === 0;
	const publication = wanted.publish && isPublishable ? await store.publish(id) : undefined;
	const published = publication?.alreadyPublished === false;
	if (wanted.publish && validationErrors.length > 0) {
		addHint(`Flow ${id} has validation errors, so it wasn't published.`);
	} else if (isStale && !published) {
		addHint(
			`Flow ${id} was changed, and its status is still PUBLISHED. Check it again, and publish the flow if it's a draft.`,
		);
	}
	const outcome = {
		id,
		before: created ? undefined : before,
		name: wanted.name,
		status: publication ? 'PUBLISHED' : status,
	};
	const flags = {
		confirmed_by_list: confirmedByList,
		confirmed_by_status: publication?.confirmedByStatus === true,
	};
	return {
		...createWriteOutput(outcome, flags),
		id,
		created,
		changed,
		published,
		validationErrors,
	};
}

const getChanges = (applied: string[]) => CHANGES.filter((change) => applied.includes(change));

async function writeDifferences(
	store: FlowStore,
	wanted: WantedFlow,
	applied: string[],
): Promise<{ target: Creation; before: FlowState | undefined; state: FlowState }> {
	const target = await findOrCreate(store, wanted);
	const { id, created, confirmedByList } = target;
	if (created) applied.push('created');
	const isNew = created && !confirmedByList;
	if (isNew) {
		applied.push('categories');
		if (wanted.endpointUri !== undefined) applied.push('endpoint_uri');
		if (store.createsWithJson) applied.push('json');
	}
	const before = isNew ? undefined : await store.read(id, wanted);
	if (before) assertUpdatable(wanted.name, id, before);
	const hasJson = isNew
		? store.createsWithJson
		: isSameJson(await store.readJson(id), wanted.json.value);
	const errors = hasJson ? undefined : await store.updateJson(id, wanted.json);
	if (!hasJson) applied.push('json');
	const changes = before ? findMetadataChanges(before, wanted) : {};
	if (Object.keys(changes).length > 0) {
		await store.updateMetadata(id, changes);
		if (changes.categories) applied.push('categories');
		if (changes.endpointUri !== undefined) applied.push('endpoint_uri');
	}
	if (before && getChanges(applied).length === 0) return { target, before, state: before };
	const state = await store.read(id, wanted);
	return { target, before, state: { ...state, ...(errors && { validationErrors: errors }) } };
}

/** @throws {InvalidInputError} if it's unknown whether the flow exists, or several flows have the name */
async function findOrCreate(store: FlowStore, wanted: WantedFlow): Promise<Creation> {
	const { flows, complete } = await store.list();
	const existing = findNamedFlow(flows, wanted.name);
	if (existing) return { id: existing.id, created: false, confirmedByList: false };
	if (complete) return await store.create(wanted);
	throw new InvalidInputError(
		`The list of flows is incomplete, so it's unknown whether a flow is named ${truncateForMessage(wanted.name)}`,
		'Nothing was written. To change an existing flow, update it by ID. To create a new one, use Create.',
	);
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
