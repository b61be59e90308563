import type { JsonObject } from 'n8n-workflow';
import type { Written } from '../engine/answers';
import { NO_SUCCESS, withAdvice } from '../engine/answers';
import { Client } from '../engine/client';
import type { Connection } from '../engine/connection';
import { isObject } from '../engine/json';
import type { Outcome } from '../engine/outcome';
import type { Request } from '../engine/request';
import type { Account } from './address';
import { flowPath, flowsPath } from './address';
import { causeOf, decode, decodeEmpty, decodeSaved } from './answers';
import type { Flow } from './flow';
import { asFlow, asFlowOf, asFlows } from './flow';
import type { StatusChange } from './secondLook';
import { DELETE, DEPRECATE, lookForName, lookForStatus, PUBLISH } from './secondLook';
import { LONGEST_LIST } from './vocabulary';

const JSON_CONTENT = { 'Content-Type': 'application/json' };

/** The flows of one channel, a method for each of 8x8's pages. Every method throws NodeApiError. */
export class ChannelClient extends Client<Connection<Account>> {
	protected override readonly causeOf = causeOf;

	/** Get WhatsApp Flows: up to `limit` of them. There is no next page. */
	async getFlows(channelId: string, limit: number): Promise<Flow[]> {
		return this.dataOf(decode(await this.read(this.listUrl(channelId, limit)), asFlows));
	}

	/** Get WhatsApp Flow details. */
	async getFlow(channelId: string, flowId: string): Promise<Flow> {
		const outcome = await this.read(this.url(flowPath(channelId, flowId)));
		return this.dataOf(decode(outcome, (body) => asFlowOf(flowId, body)));
	}

	/** Get WhatsApp Flow preview. @param refresh whether the link is made anew */
	async getPreview(channelId: string, flowId: string, refresh: boolean): Promise<JsonObject> {
		const query = refresh ? '?refresh=true' : '';
		const url = this.url(`${flowPath(channelId, flowId)}/preview${query}`);
		const withLink = (body: unknown) =>
			isObject(body) && typeof body['preview_url'] === 'string'
				? { id: flowId, ...body }
				: undefined;
		return this.dataOf(decode(await this.read(url), withLink));
	}

	/** Create WhatsApp Flow. Never sent again: that would make a second flow. */
	async createFlow(channelId: string, flow: JsonObject & { name: string }): Promise<JsonObject> {
		const created = await this.onceOnly({
			request: this.write('POST', flowsPath(channelId), flow),
			written: decodeCreated,
			look: async () => {
				const outcome = await this.reread(this.listUrl(channelId, LONGEST_LIST));
				return decode(outcome, (body) => lookForName(flow.name, asFlows(body)));
			},
			unseen: (reason) =>
				`It is not known whether the flow was created, and the list could not be read (${reason}). Look for "${flow.name}" in the list before you create it again.`,
		});
		// The look never calls it done.
		return created ?? {};
	}

	/** Update WhatsApp Flow. The same values twice do no more than once, unless they publish. */
	async updateFlow(channelId: string, flowId: string, changes: JsonObject): Promise<JsonObject> {
		const repeatable = changes['publish'] !== true;
		const request = this.write('PUT', flowPath(channelId, flowId), changes, repeatable);
		const written = decodeSaved(await this.send(request), flowId);
		if (written.done) return written.data;
		const advice = repeatable
			? 'The change may have been made all the same; sending it again does no harm.'
			: 'It is not known whether the flow was changed and published. Read the flow before you send it again.';
		throw this.error(written.open ? withAdvice(written.refusal, advice) : written.refusal);
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
		const said = await this.onceOnly({
			request: this.write(change.method, `${flow}${change.path}`),
			written: (outcome) => decodeEmpty(outcome, flowId, change.to),
			look: async () => lookForStatus(change, await this.reread(this.url(flow))),
			unseen: (reason) =>
				`It is not known whether the flow was ${change.past}, and it could not be read (${reason}). Read the flow before you ${change.verb} it again.`,
		});
		return said === undefined;
	}

	private write(
		method: 'POST' | 'PUT' | 'DELETE',
		path: string,
		body?: JsonObject,
		repeatable = false,
	): Request {
		const url = this.url(path);
		return { method, url, repeatable, ...(body && { body, headers: JSON_CONTENT }) };
	}

	/** A read that shows the present, whatever was read before. */
	private async reread(url: string): Promise<Outcome> {
		return await this.send({ method: 'GET', url, repeatable: true });
	}

	private listUrl(channelId: string, limit: number): string {
		return this.url(`${flowsPath(channelId)}?limit=${limit}`);
	}

	private url(path: string): string {
		return `${this.connection.account.baseUrl}${path}`;
	}
}

/** A `success: false` that names a flow: it may be there all the same. */
function decodeCreated(outcome: Outcome): Written<JsonObject> {
	const written = decodeSaved(outcome);
	if (written.done || written.refusal.code !== NO_SUCCESS) return written;
	const flow = asFlow(written.refusal.body);
	if (!flow) return written;
	const advice = `8x8 names flow ${String(flow['id'])} in its answer: most likely it is there, as a draft.`;
	return { ...written, refusal: withAdvice(written.refusal, advice) };
}
