import type { IDataObject } from 'n8n-workflow';
import type { Flow } from '../api/flow';
import { isObject } from '../engine/json';

/** What one poll leaves to the next one, in the workflow's static data, which n8n keeps over restarts. */
interface Memory {
	version: typeof VERSION;
	wabaId: string;
	/** The flows as JSON, deflated, as Base64: about 20 bytes a flow. */
	flows: string;
}

const VERSION = 1;
const KEY = 'lastPoll';

export type Recalled =
	| { flows: Flow[]; why?: undefined }
	/** `foreign`: what is there was not written by this version, or is damaged. */
	| { flows?: undefined; why: 'first poll' | 'other WABA' | 'foreign' };

/** The flows of the last poll, or why there are none. */
export async function recall(staticData: IDataObject, wabaId: string): Promise<Recalled> {
	const memory: unknown = staticData[KEY];
	if (memory === undefined) return { why: 'first poll' };
	if (!isMemory(memory)) return { why: 'foreign' };
	if (memory.wabaId !== wabaId) return { why: 'other WABA' };
	const flows = await unpack(memory.flows);
	return flows ? { flows } : { why: 'foreign' };
}

/** Writes only what differs, because n8n saves static data that was written to. */
export async function keep(staticData: IDataObject, wabaId: string, flows: Flow[]): Promise<void> {
	const memory: Memory = { version: VERSION, wabaId, flows: await pack(flows) };
	const old: unknown = staticData[KEY];
	const same = isMemory(old) && old.wabaId === wabaId && old.flows === memory.flows;
	if (!same) staticData[KEY] = { ...memory };
}

function isMemory(value: unknown): value is Memory {
	return (
		isObject(value) &&
		value['version'] === VERSION &&
		typeof value['wabaId'] === 'string' &&
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
		const whole = Array.isArray(flows) && flows.every((flow) => isObject(flow) && 'id' in flow);
		return whole ? (flows as Flow[]) : undefined;
	} catch {
		return undefined;
	}
}
