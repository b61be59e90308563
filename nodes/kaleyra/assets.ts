import type { JsonObject } from 'n8n-workflow';
import { isObject } from '../shared/http/json';
import { FLOW_JSON_FILE_NAME } from '../shared/whatsappFlows/flowJson';

/** A file of a flow. Source: Get Flow Assets, which describes these fields without a sample. */
export interface Asset extends JsonObject {
	download_url: string;
}

const FLOW_JSON_TYPE = 'FLOW_JSON';

/** @returns undefined if it isn't a list of assets */
export function parseAssets(data: unknown): Asset[] | undefined {
	const list = isObject(data) ? data['data'] : data;
	if (!Array.isArray(list)) return undefined;
	return list.filter(isAsset);
}

function isAsset(value: unknown): value is Asset {
	return isObject(value) && typeof value['download_url'] === 'string';
}

/** A flow has one asset, its flow JSON. */
export function findFlowJson(assets: Asset[]): Asset | undefined {
	return (
		assets.find((asset) => asset['asset_type'] === FLOW_JSON_TYPE) ??
		assets.find(({ name }) => name === FLOW_JSON_FILE_NAME)
	);
}

/** The form of Update Flow JSON. */
export function createFlowJsonForm(text: string): FormData {
	const form = new FormData();
	form.append('file', new Blob([text], { type: 'application/json' }), FLOW_JSON_FILE_NAME);
	form.append('name', FLOW_JSON_FILE_NAME);
	form.append('asset_type', FLOW_JSON_TYPE);
	return form;
}
