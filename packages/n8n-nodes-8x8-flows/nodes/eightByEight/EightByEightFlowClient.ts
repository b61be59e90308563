import type { JsonObject } from 'n8n-workflow';
import type { WriteResult } from '../shared/api/responses';
import { withDescription } from '../shared/api/responses';
import type { Verification } from '../shared/api/verifyWrite';
import type { HttpRequest } from '../shared/http/httpRequest';
import type { HttpResult } from '../shared/http/httpResult';
import { isObject } from '../shared/http/json';
import type { NamedFlow } from '../shared/whatsappFlows/findFlowByName';
import type { Creation } from '../shared/whatsappFlows/flowStore';
import type { StatusChange } from '../shared/whatsappFlows/statusChange';
import {
	DELETE,
	DEPRECATE,
	describeUnverified,
	PUBLISH,
} from '../shared/whatsappFlows/statusChange';
import { MAX_LIST_LIMIT } from './constants';
import { EightByEightClient, JSON_CONTENT_TYPE } from './EightByEightClient';
import type { Flow } from './flow';
import { parseFlow, parseFlows } from './flow';
import { flowPath, flowsPath } from './paths';
import { parseResponse, parseSavedFlow, parseStatusChange } from './responses';
import { verifyCreated, verifyStatusChange } from './verify';

/** How a status change was confirmed if not by 8x8's response to it. */
export interface StatusConfirmation {
	/** The response was lost or unclear. Reading the flow shows the new status. */
	confirmedByStatus: boolean;
	/** 8x8 rejected the change, because the flow already has the new status. */
	alreadyDone: boolean;
}

/** Creates, updates, publishes, deprecates, and deletes flows. */
export class EightByEightFlowClient extends EightByEightClient {
	/** Create WhatsApp Flow. Never sent again, because that could create a second flow. */
	async createFlow(channelId: string, content: JsonObject & { name: string }): Promise<Flow> {
		const created = await this.sendCreate(channelId, content, (flows) =>
			verifyCreated(content.name, flows),
		);
		if (created.by === 'response') return created.data;
		throw new TypeError('Verification never confirms a created flow');
	}

	/**
	 * The same if the channel had no flow with this name. The list then shows whether one was created,
	 * unless it has several.
	 */
	async createUniqueFlow(
		channelId: string,
		content: JsonObject & { name: string },
	): Promise<Creation> {
		let found: Flow | undefined;
		const created = await this.sendCreate(
			channelId,
			content,
			(flows) => {
				const matches = (flows ?? []).filter(({ name }) => name === content.name);
				found = matches.length === 1 ? matches[0] : undefined;
				const verification = verifyCreated(content.name, flows);
				return verification && { ...verification, applied: found !== undefined };
			},
			true,
		);
		const { id } = created.by === 'response' ? created.data : (found ?? { id: '' });
		this.session.createdFlows.push({ id, name: content.name, channelId });
		return {
			id,
			created: created.by !== 'alreadyApplied',
			confirmedByList: created.by === 'verification',
		};
	}

	/** The flows that this execution created with `createUniqueFlow`. */
	getCreatedFlows(channelId: string): NamedFlow[] {
		return this.session.createdFlows.filter((flow) => flow.channelId === channelId);
	}

	/** Update WhatsApp Flow. Idempotent, unless it also publishes the flow. */
	async updateFlow(channelId: string, flowId: string, changes: JsonObject): Promise<Flow> {
		const idempotent = changes['publish'] !== true;
		const request = this.createWrite('PUT', flowPath(channelId, flowId), changes, idempotent);
		const write = parseSavedFlow(await this.send(request), flowId);
		if (write.applied) return write.data;
		const description = idempotent
			? "The update may have been applied. It's safe to retry."
			: "It's unknown whether the flow was updated and published. Check the flow before you retry.";
		const { error, indeterminate } = write;
		throw this.toError(indeterminate ? withDescription(error, description) : error);
	}

	/** Publish WhatsApp Flow. */
	async publishFlow(channelId: string, flowId: string): Promise<StatusConfirmation> {
		return await this.changeStatus(PUBLISH, channelId, flowId, {
			method: 'POST',
			suffix: '/publish',
		});
	}

	/** Deprecate WhatsApp Flow. */
	async deprecateFlow(channelId: string, flowId: string): Promise<StatusConfirmation> {
		return await this.changeStatus(DEPRECATE, channelId, flowId, {
			method: 'POST',
			suffix: '/deprecate',
		});
	}

	/** Delete WhatsApp Flow. Read it in this channel first: only then does "not found" mean "deleted". */
	async deleteFlow(channelId: string, flowId: string): Promise<StatusConfirmation> {
		return await this.changeStatus(DELETE, channelId, flowId, {
			method: 'DELETE',
			suffix: '',
		});
	}

	private async sendCreate(
		channelId: string,
		content: JsonObject & { name: string },
		verify: (flows: Flow[] | undefined) => Verification | undefined,
		sharedOutcome = false,
	) {
		return await this.sendNonIdempotent({
			request: this.createWrite('POST', flowsPath(channelId), content),
			parse: parseCreatedFlow,
			verify: async () => {
				const result = await this.readUncached(this.getListUrl(channelId, MAX_LIST_LIMIT));
				return parseResponse(result, (body) => verify(parseFlows(body)));
			},
			describeUnverified: (reason) =>
				`It's unknown whether the flow was created, because reading the list of flows failed (${reason}). Check whether the list has "${content.name}" before you create it again.`,
			sharedOutcome,
		});
	}

	private createWrite(
		method: 'POST' | 'PUT' | 'DELETE',
		path: string,
		body?: JsonObject,
		idempotent = false,
	): HttpRequest {
		const url = this.getUrl(path);
		return { method, url, idempotent, ...(body && { body, headers: JSON_CONTENT_TYPE }) };
	}

	private async changeStatus(
		change: StatusChange,
		channelId: string,
		flowId: string,
		{ method, suffix }: { method: 'POST' | 'DELETE'; suffix: string },
	): Promise<StatusConfirmation> {
		const path = flowPath(channelId, flowId);
		const { by } = await this.sendNonIdempotent({
			request: this.createWrite(method, `${path}${suffix}`),
			parse: (result) => parseStatusChange(result, flowId, change.to),
			verify: async () => verifyStatusChange(change, await this.readUncached(this.getUrl(path))),
			describeUnverified: (reason) => describeUnverified(change, reason),
			sharedOutcome: true,
		});
		return { confirmedByStatus: by === 'verification', alreadyDone: by === 'alreadyApplied' };
	}
}

/** Parses the response to Create. With `success: false` and an ID, the flow may exist all the same. */
function parseCreatedFlow(result: HttpResult): WriteResult<Flow> {
	const write = parseSavedFlow(result);
	if (write.applied || !isObject(write.error.body)) return write;
	const { body } = write.error;
	const flow = body['success'] === false ? parseFlow(body) : undefined;
	if (!flow) return write;
	const description = `8x8's response has flow ID ${flow.id}, so the flow most likely exists as a draft. Check it before you create it again.`;
	return { ...write, error: withDescription(write.error, description) };
}
