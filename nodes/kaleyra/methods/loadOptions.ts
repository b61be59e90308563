import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { searchAllPages, withClient } from './searchFlows';

/** The flows for a multi-options parameter, which the editor loads at once. */
export async function listFlows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await withClient(
		this,
		async (client, wabaId) => await searchAllPages(client, wabaId, '', Infinity),
	);
}
