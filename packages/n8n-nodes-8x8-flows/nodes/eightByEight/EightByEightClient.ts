import type { JsonObject } from 'n8n-workflow';
import type { WriteResult } from '../shared/api/responses';
import { NO_SUCCESS, withDescription } from '../shared/api/responses';
import { Client } from '../shared/api/ApiClient';
import type { ApiSession } from '../shared/api/ApiSession';
import { isObject } from '../shared/http/json';
import type { HttpResult } from '../shared/http/httpResult';
import type { Request } from '../shared/http/HttpClient';
import type { Account } from './credentials';
import { flowPath, flowsPath } from './credentials';
import {
	getFailureCause,
	parseResponse,
	parseEmptyResponse,
	parseSavedResponse,
} from './responses';
import type { Flow } from './flow';
import { parseFlow, parseFlowWithId, parseFlows } from './flow';
import type { StatusChange } from './verify';
import { DELETE, DEPRECATE, verifyName, verifyStatus, PUBLISH } from './verify';
import { MAX_LIST_LIMIT } from './constants';

const JSON_CONTENT = { 'Content-Type': 'application/json' };

/** The flows of one channel, a method for each of 8x8's pages. Every method throws NodeApiError. */
export class EightByEightClient extends Client<ApiSession<Account>> {
	protected override readonly getFailureCause = getFailureCause;

	/** Get WhatsApp Flows: up to `limit` of them. There is no next page. */
	async getFlows(channelId: string, limit: number): Promise<Flow[]> {
		return this.unwrap(parseResponse(await this.read(this.listUrl(channelId, limit)), parseFlows));
	}

	/** Get WhatsApp Flow details. */
	async getFlow(channelId: string, flowId: string): Promise<Flow> {
		const outcome = await this.read(this.url(flowPath(channelId, flowId)));
		return this.unwrap(parseResponse(outcome, (body) => parseFlowWithId(flowId, body)));
	}

	/** Get WhatsApp Flow preview. @param refresh whether the link is made anew */
	async getPreview(channelId: string, flowId: string, refresh: boolean): Promise<JsonObject> {
		const query = refresh ? '?refresh=true' : '';
		const url = this.url(`${flowPath(channelId, flowId)}/preview${query}`);
		const withLink = (body: unknown) =>
			isObject(body) && typeof body['preview_url'] === 'string'
				? { id: flowId, ...body }
				: undefined;
		return this.unwrap(parseResponse(await this.read(url), withLink));
	}

	/** Create WhatsApp Flow. Never sent again: that would make a second flow. */
	async createFlow(channelId: string, flow: JsonObject & { name: string }): Promise<JsonObject> {
		const created = await this.sendNonIdempotent({
			request: this.write('POST', flowsPath(channelId), flow),
			written: parseCreatedResponse,
			look: async () => {
				const outcome = await this.readUncached(this.listUrl(channelId, MAX_LIST_LIMIT));
				return parseResponse(outcome, (body) => verifyName(flow.name, parseFlows(body)));
			},
			unseen: (reason) =>
				`It is not known whether the flow was created, and the list could not be read (${reason}). Look for "${flow.name}" in the list before you create it again.`,
		});
		// The look never calls it done.
		return created ?? {};
	}

	/** Update WhatsApp Flow. The same values twice do no more than once, unless they publish. */
	async updateFlow(channelId: string, flowId: string, changes: JsonObject): Promise<JsonObject> {
		const idempotent = changes['publish'] !== true;
		const request = this.write('PUT', flowPath(channelId, flowId), changes, idempotent);
		const written = parseSavedResponse(await this.send(request), flowId);
		if (written.done) return written.data;
		const advice = idempotent
			? 'The change may have been made all the same; sending it again does no harm.'
			: 'It is not known whether the flow was changed and published. Read the flow before you send it again.';
		throw this.error(written.open ? withDescription(written.refusal, advice) : written.refusal);
	}

	/** Publish WhatsApp Flow. @returns whether it took a look at the status to know */
	async publishFlow(channelId: string, flowId: string): Promise<boolean> {
		return await this.changeStatus(PUBLISH, channelId, flowId);
	}

	/** Deprecate WhatsApp Flow. @returns whether it took a look at the status to know */
	async deprecateFlow(channelId: string, flowId: string): Promise<boolean> {
		return await this.changeStatus(DEPRECATE, channelId, flowId);
	}

	/**
	 * Delete WhatsApp Flow, one that was just seen in this channel: only then "not found" means "deleted".
	 *
	 * @returns whether it took a look to know
	 */
	async deleteFlow(channelId: string, flowId: string): Promise<boolean> {
		return await this.changeStatus(DELETE, channelId, flowId);
	}

	private async changeStatus(
		change: StatusChange,
		channelId: string,
		flowId: string,
	): Promise<boolean> {
		const flow = flowPath(channelId, flowId);
		const said = await this.sendNonIdempotent({
			request: this.write(change.method, `${flow}${change.path}`),
			written: (outcome) => parseEmptyResponse(outcome, flowId, change.to),
			look: async () => verifyStatus(change, await this.readUncached(this.url(flow))),
			unseen: (reason) =>
				`It is not known whether the flow was ${change.past}, and it could not be read (${reason}). Read the flow before you ${change.verb} it again.`,
		});
		return said === undefined;
	}

	private write(
		method: 'POST' | 'PUT' | 'DELETE',
		path: string,
		body?: JsonObject,
		idempotent = false,
	): Request {
		const url = this.url(path);
		return { method, url, idempotent, ...(body && { body, headers: JSON_CONTENT }) };
	}

	/** A read that shows the present, whatever was read before. */
	private async readUncached(url: string): Promise<HttpResult> {
		return await this.send({ method: 'GET', url, idempotent: true });
	}

	private listUrl(channelId: string, limit: number): string {
		return this.url(`${flowsPath(channelId)}?limit=${limit}`);
	}

	private url(path: string): string {
		return `${this.connection.account.baseUrl}${path}`;
	}
}

/** A `success: false` that names a flow: it may be there all the same. */
function parseCreatedResponse(outcome: HttpResult): WriteResult<JsonObject> {
	const written = parseSavedResponse(outcome);
	if (written.done || written.refusal.code !== NO_SUCCESS) return written;
	const flow = parseFlow(written.refusal.body);
	if (!flow) return written;
	const advice = `8x8 names flow ${String(flow['id'])} in its answer: most likely it is there, as a draft.`;
	return { ...written, refusal: withDescription(written.refusal, advice) };
}
