import type { IDataObject } from 'n8n-workflow';
import type { Flow } from '../kaleyra/flow';
import { isObject } from '../shared/http/json';

/** What one poll leaves to the next one, in the workflow's static data, which n8n keeps over restarts. */
interface PollState {
	version: typeof VERSION;
	wabaId: string;
	/** Whether no look came to the end of the list yet, so that there may be flows beyond. */
	partial: boolean;
	/** The flows as JSON, deflated, as Base64: 25 to 40 bytes a flow. */
	flows: string;
}

const VERSION = 1;
const KEY = 'lastPoll';

export interface LoadedState {
	/** Undefined where there is nothing to compare with. */
	flows: Flow[] | undefined;
	partial: boolean;
	/** Whether what is there was not written by this version, or is damaged. */
	unexpectedResponse: boolean;
	/** What is there, to see whether another poll writes meanwhile. */
	mark: string | undefined;
}

/** What the last poll of this WABA left. */
export async function loadState(staticData: IDataObject, wabaId: string): Promise<LoadedState> {
	const memory: unknown = staticData[KEY];
	const mark = JSON.stringify(memory);
	const nothing = { flows: undefined, partial: true, mark };
	if (memory === undefined) return { ...nothing, unexpectedResponse: false };
	if (!isMemory(memory)) return { ...nothing, unexpectedResponse: true };
	if (memory.wabaId !== wabaId) return { ...nothing, unexpectedResponse: false };
	const flows = await unpack(memory.flows);
	return { flows, partial: memory.partial, unexpectedResponse: flows === undefined, mark };
}

/**
 * Leaves it to the next poll. n8n saves static data that was written to, so only what differs is written.
 *
 * @returns false where another poll was quicker: n8n begins one a minute, whether the last one ended or not
 */
export async function keep(
	staticData: IDataObject,
	{ mark }: LoadedState,
	{ wabaId, flows, partial }: { wabaId: string; flows: Flow[]; partial: boolean },
): Promise<boolean> {
	const memory: PollState = { version: VERSION, wabaId, partial, flows: await pack(flows) };
	if (JSON.stringify(staticData[KEY]) !== mark) return false;
	if (JSON.stringify(memory) !== mark) staticData[KEY] = { ...memory };
	return true;
}

function isMemory(value: unknown): value is PollState {
	return (
		isObject(value) &&
		value['version'] === VERSION &&
		typeof value['wabaId'] === 'string' &&
		typeof value['partial'] === 'boolean' &&
		typeof value['flows'] === 'string'
	);
}

async function pack(flows: Flow[]): Promise<string> {
	const json = new Blob([JSON.stringify(flows)]).stream();
	const packed = await new Response(
		json.pipeThrough(new CompressionStream('deflate-raw')),
	).arrayBuffer();
	return Buffer.from(packed).toString('base64');
}

/** @returns undefined where it is not what `pack` makes */
async function unpack(packed: string): Promise<Flow[] | undefined> {
	try {
		const bytes = new Blob([Buffer.from(packed, 'base64')]).stream();
		const flows: unknown = await new Response(
			bytes.pipeThrough(new DecompressionStream('deflate-raw')),
		).json();
		const whole =
			Array.isArray(flows) &&
			flows.every((flow) => isObject(flow) && typeof flow['id'] === 'string');
		return whole ? (flows as Flow[]) : undefined;
	} catch {
		return undefined;
	}
}
