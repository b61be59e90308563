import type { JsonObject } from 'n8n-workflow';
import { ApiClient } from '../shared/api/ApiClient';
import { isObject } from '../shared/http/json';
import { MAX_FLOW_JSON_BYTES } from '../shared/whatsappFlows/flowJson';
import { ERROR_PARSER } from './errors';
import type { Flow } from './flow';
import { parseFlowDetails, parseFlows } from './flow';
import { flowPath, flowsPath, previewPath } from './paths';
import { parseResponse } from './responses';
import type { EightByEightSession } from './session';

export const JSON_CONTENT_TYPE = { 'Content-Type': 'application/json' };

/** Reads flows, one method per endpoint of 8x8's API. Every method throws NodeApiError. */
export class EightByEightClient extends ApiClient<EightByEightSession> {
	protected override readonly errorParser = ERROR_PARSER;

	/** Get WhatsApp Flows: up to `limit` flows, because there is no pagination. */
	async getFlows(channelId: string, limit: number): Promise<Flow[]> {
		const result = await this.read(this.getListUrl(channelId, limit));
		return this.unwrap(parseResponse(result, parseFlows));
	}

	/** Get WhatsApp Flow details. */
	async getFlow(channelId: string, flowId: string): Promise<Flow> {
		const result = await this.read(this.getUrl(flowPath(channelId, flowId)));
		return this.unwrap(parseResponse(result, (body) => parseFlowDetails(flowId, body)));
	}

	/** Get WhatsApp Flow preview. @param refresh whether 8x8 replaces the existing link */
	async getPreview(channelId: string, flowId: string, refresh: boolean): Promise<JsonObject> {
		const query = refresh ? '?refresh=true' : '';
		const result = await this.read(this.getUrl(`${previewPath(channelId, flowId)}${query}`));
		const parsePreview = (body: unknown) =>
			isObject(body) && typeof body['preview_url'] === 'string'
				? { ...body, id: flowId }
				: undefined;
		return this.unwrap(parseResponse(result, parsePreview));
	}

	/** Downloads the flow JSON of a flow, without the API key. @returns undefined if it has none */
	async downloadFlowJson({ flowJsonUrl: url }: Flow): Promise<Buffer | undefined> {
		if (typeof url !== 'string' || url === '') return undefined;
		const allowLoopback = this.session.account.baseUrl.startsWith('http:');
		return await this.download({ url, maxBytes: MAX_FLOW_JSON_BYTES, allowLoopback });
	}

	protected getListUrl(channelId: string, limit: number): string {
		return this.getUrl(`${flowsPath(channelId)}?limit=${limit}`);
	}

	protected getUrl(path: string): string {
		return `${this.session.account.baseUrl}${path}`;
	}
}
