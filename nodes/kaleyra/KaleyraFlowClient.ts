import type { JsonObject } from 'n8n-workflow';
import type { ApiError } from '../shared/api/apiError';
import { withDescription } from '../shared/api/responses';
import type { Verification } from '../shared/api/verifyWrite';
import { verifyByReading } from '../shared/api/verifyWrite';
import type { HttpRequest } from '../shared/http/httpRequest';
import type { FlowJson } from '../shared/whatsappFlows/flowJson';
import { MAX_FLOW_JSON_BYTES } from '../shared/whatsappFlows/flowJson';
import type { FlowList } from '../shared/whatsappFlows/flowStore';
import type { Asset } from './assets';
import { createFlowJsonForm, findFlowJson, parseAssets } from './assets';
import { isRejectedValue } from './fieldsQuery';
import type { Flow } from './flow';
import { hasValidationErrors, parseFlow } from './flow';
import { findId } from './flowDirectory';
import { JSON_CONTENT_TYPE, KaleyraClient } from './KaleyraClient';
import { assetsPath, flowPath, flowsPath } from './paths';
import { describeRejectedUpdate } from './rejectedUpdate';
import { parseDataResponse, parseResponse, parseWriteResponse } from './responses';

export interface CreatedFlow {
	/** As Kaleyra returns it; at least its ID. */
	flow: Flow;
	/** The response was lost or unclear; the list has the flow. */
	confirmedByList: boolean;
	/** Kaleyra rejected the request, because another execution created a flow with this name first. */
	alreadyExists: boolean;
}

/** The pages about a flow's content: create, metadata, and flow JSON. */
export class KaleyraFlowClient extends KaleyraClient {
	/** The flows of a WABA, as this execution read them first. */
	async getFlowList(wabaId: string): Promise<FlowList> {
		const { flowDirectory } = this.session;
		return await flowDirectory.get(wabaId, async () => await this.readFlowList(wabaId));
	}

	/**
	 * Create Flow. Sent again only if the list still lacks the name, because names are unique within a WABA.
	 * The name must not exist before; see `getFlowList`.
	 */
	async createFlow(wabaId: string, content: JsonObject & { name: string }): Promise<CreatedFlow> {
		const { name } = content;
		const { flows } = await this.getFlowList(wabaId);
		let foundId = '';
		const created = await this.sendNonIdempotent({
			request: this.createWrite('POST', flowsPath(wabaId), content),
			parse: (result) => parseDataResponse(result, parseFlow, 'create'),
			verify: async () =>
				await verifyByReading(async () => {
					const list = await this.readFlowList(wabaId);
					foundId = findId(list, name) ?? '';
					return verifyCreated(name, foundId !== '', list.complete);
				}),
			describeUnverified: (reason) =>
				`It's unknown whether the flow was created, because reading the list of flows failed (${reason}). Check whether the WABA has "${name}" before you create it again.`,
			sharedOutcome: true,
		});
		const flow = created.by === 'response' ? created.data : { id: foundId };
		flows.push({ id: flow.id, name });
		return {
			flow,
			confirmedByList: created.by === 'verification',
			alreadyExists: created.by === 'alreadyApplied',
		};
	}

	/** Update Flow JSON. Idempotent. @returns the response, which may lack `validation_errors` */
	async updateFlowJson(flowId: string, { text }: FlowJson): Promise<JsonObject> {
		const request: HttpRequest = {
			method: 'POST',
			url: this.getUrl(assetsPath(flowId)),
			body: createFlowJsonForm(text),
			idempotent: true,
		};
		const parse = (data: JsonObject, isSuccess: boolean) =>
			isSuccess || hasValidationErrors(data) ? data : undefined;
		const result = parseDataResponse(await this.send(request), parse, 'updateJson');
		if (result.applied) return result.data;
		const { error, indeterminate } = result;
		const description = "The flow JSON may have been applied. It's safe to retry.";
		throw this.toError(indeterminate ? withDescription(error, description) : error);
	}

	/** Get Flow Assets. @returns undefined if the flow has no flow JSON */
	async findFlowJsonAsset(flowId: string): Promise<Asset | undefined> {
		const result = await this.read(this.getUrl(assetsPath(flowId)), JSON_CONTENT_TYPE);
		return findFlowJson(this.unwrap(parseResponse(result, parseAssets, 'getJson')));
	}

	/** Downloads an asset from Meta's host, without the API key. */
	async downloadAsset({ download_url: url }: Asset): Promise<Buffer> {
		const allowLoopback = this.session.account.baseUrl.startsWith('http:');
		return await this.download({ url, maxBytes: MAX_FLOW_JSON_BYTES, allowLoopback });
	}

	/** Update Flow Metadata. Idempotent: the same values twice have the same effect as once. */
	async updateFlowMetadata(flowId: string, changes: JsonObject): Promise<void> {
		const result = parseWriteResponse(
			await this.send({ ...this.createWrite('POST', flowPath(flowId), changes), idempotent: true }),
			'updateMetadata',
		);
		if (result.applied) return;
		const { error, indeterminate } = result;
		const description = indeterminate
			? "The update may have been applied. It's safe to retry."
			: await this.explainRejectedUpdate(error, flowId, changes);
		throw this.toError(description === undefined ? error : withDescription(error, description));
	}

	/** Kaleyra doesn't say why it rejects values, so this reads the flow to find out. */
	private async explainRejectedUpdate(
		{ code }: ApiError,
		flowId: string,
		changes: JsonObject,
	): Promise<string | undefined> {
		if (!isRejectedValue(code)) return undefined;
		const flow = await this.getFreshFlow(flowId);
		return flow && describeRejectedUpdate(flow, changes);
	}

	protected async readFlowList(wabaId: string): Promise<FlowList> {
		const all = { limit: Infinity, filter: () => true };
		const { rows, stopReason } = await this.getFlows(wabaId, [], all);
		const flows = rows.map(({ id, name }) => ({ id, name }));
		return { flows, complete: stopReason === 'endOfList' };
	}
}

function verifyCreated(name: string, found: boolean, complete: boolean): Verification {
	return {
		applied: found,
		neverApplied: !found && complete,
		description: `It's unknown whether the flow was created. The WABA has no flow named "${name}"${complete ? '' : ' in the part of the list that could be read'}, so most likely it wasn't. Check the list of flows before you create it again.`,
	};
}
