import type { IDataObject } from 'n8n-workflow';
import type { Flow } from '../kaleyra/flow';
import { isObject } from '../shared/http/json';
import { isReplaced, recordReplacement } from './replacedStates';

/** What one poll stores for the next one in the workflow's static data, which n8n keeps over restarts. */
interface PollState {
	version: typeof VERSION;
	wabaId: string;
	/** Whether no poll has read the whole list yet, so that there may be more flows. */
	truncated: boolean;
	/** The flows as JSON, deflated, as Base64: 25 to 40 bytes per flow. */
	flows: string;
}

const VERSION = 1;
const KEY = 'lastPoll';

export interface LoadedState {
	/** Undefined if there is nothing to compare with. */
	flows: Flow[] | undefined;
	truncated: boolean;
	/** Whether the stored state is damaged or from another version. */
	unreadable: boolean;
	/** The stored state, to detect whether another poll writes meanwhile. */
	serialized: string | undefined;
}

/** Loads what the last poll of this WABA stored. */
export async function loadState(staticData: IDataObject, wabaId: string): Promise<LoadedState> {
	const state: unknown = staticData[KEY];
	const serialized = JSON.stringify(state);
	const empty = { flows: undefined, truncated: true, serialized };
	if (state === undefined) return { ...empty, unreadable: false };
	if (!isPollState(state)) return { ...empty, unreadable: true };
	if (state.wabaId !== wabaId) return { ...empty, unreadable: false };
	const flows = await unpack(state.flows);
	return { flows, truncated: state.truncated, unreadable: flows === undefined, serialized };
}

/**
 * Stores the state for the next poll. n8n saves static data that was assigned, so only a difference is.
 *
 * @param nodeKey identifies the node in this n8n instance
 * @returns false if an overlapping poll has saved meanwhile: n8n starts a poll even if the last one still runs
 */
export async function saveState(
	staticData: IDataObject,
	nodeKey: string,
	{ serialized }: LoadedState,
	{ wabaId, flows, truncated }: { wabaId: string; flows: Flow[]; truncated: boolean },
): Promise<boolean> {
	const state: PollState = { version: VERSION, wabaId, truncated, flows: await pack(flows) };
	if (JSON.stringify(staticData[KEY]) !== serialized) return false;
	const next = JSON.stringify(state);
	if (next === serialized) return true;
	if (serialized !== undefined && isReplaced(nodeKey, serialized)) return false;
	recordReplacement(nodeKey, serialized, next);
	staticData[KEY] = { ...state };
	return true;
}

function isPollState(value: unknown): value is PollState {
	return (
		isObject(value) &&
		value['version'] === VERSION &&
		typeof value['wabaId'] === 'string' &&
		typeof value['truncated'] === 'boolean' &&
		typeof value['flows'] === 'string'
	);
}

/** Uses the platform's streams, because n8n doesn't allow node:zlib in community nodes. */
async function pack(flows: Flow[]): Promise<string> {
	const json = new Blob([JSON.stringify(flows)]).stream();
	const packed = await new Response(
		json.pipeThrough(new CompressionStream('deflate-raw')),
	).arrayBuffer();
	return Buffer.from(packed).toString('base64');
}

/** @returns undefined if the text isn't what `pack` creates */
async function unpack(packed: string): Promise<Flow[] | undefined> {
	try {
		const bytes = new Blob([Buffer.from(packed, 'base64')]).stream();
		const flows: unknown = await new Response(
			bytes.pipeThrough(new DecompressionStream('deflate-raw')),
		).json();
		return Array.isArray(flows) && flows.every(isFlow) ? flows : undefined;
	} catch {
		return undefined;
	}
}

const isFlow = (value: unknown): value is Flow =>
	isObject(value) && typeof value['id'] === 'string';
