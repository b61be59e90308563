import type { JsonObject } from 'n8n-workflow';
import type { ParseResult } from '../shared/api/responses';
import { withDescription } from '../shared/api/responses';
import type { Verification } from '../shared/api/verifyWrite';
import { verifyByReading } from '../shared/api/verifyWrite';
import type { HttpRequest } from '../shared/http/HttpClient';
import type { FlowJson } from '../shared/whatsappFlows/flowJson';
import { MAX_FLOW_JSON_BYTES } from '../shared/whatsappFlows/flowJson';
import type { StatusChange } from '../shared/whatsappFlows/statusChange';
import {
	DELETE,
	DEPRECATE,
	describeUnverified,
	verifyStatus,
} from '../shared/whatsappFlows/statusChange';
import type { Asset } from './assets';
import { createFlowJsonForm, findFlowJson, parseAssets } from './assets';
import type { Flow } from './flow';
import { parseFlow } from './flow';
import type { FlowNames } from './flowDirectory';
import { getExistence, JSON_CONTENT_TYPE, KaleyraClient } from './KaleyraClient';
import type { MigratedFlow, Migration } from './migration';
import { compareLists, parseMigration, verifyMigration } from './migration';
import { assetsPath, deprecatePath, flowPath, flowsPath, migratePath } from './paths';
import { parseDataResponse, parseResponse } from './responses';

export interface CreatedFlow {
	/** As Kaleyra returns it; at least its ID. */
	flow: Flow;
	/** The response was lost or unclear; the list has the flow. */
	confirmedByList: boolean;
	/** Kaleyra rejected the request, because another execution created a flow with this name first. */
	alreadyExists: boolean;
}

/** How a status change was confirmed. */
export interface StatusConfirmation {
	/** Kaleyra's response to it, empty if there is none. */
	response: JsonObject;
	/** The response was lost or unclear. Reading the flow shows the new status. */
	confirmedByStatus: boolean;
	/** Kaleyra rejected the change, because the flow already has the new status. */
	alreadyDone: boolean;
}

/** The pages about creating, building, and retiring flows, one method per page. */
export class KaleyraLifecycleClient extends KaleyraClient {
	/** The names in a WABA, as this execution read them first. */
	async getFlowNames(wabaId: string): Promise<FlowNames> {
		const { flowDirectory } = this.session;
		return await flowDirectory.get(wabaId, async () => await this.readFlowNames(wabaId));
	}

	/**
	 * Create Flow. Sent again only if the list still lacks the name, because names are unique within a WABA.
	 * The name must not exist before; see `getFlowNames`.
	 */
	async createFlow(wabaId: string, content: JsonObject & { name: string }): Promise<CreatedFlow> {
		const { name } = content;
		const names = await this.getFlowNames(wabaId);
		let foundId = '';
		const created = await this.sendNonIdempotent({
			request: this.createWrite('POST', flowsPath(wabaId), content),
			parse: (result) => parseDataResponse(result, parseFlow, 'create'),
			verify: async () =>
				await verifyByReading(async () => {
					const { ids, complete } = await this.readFlowNames(wabaId);
					foundId = ids.get(name) ?? '';
					return verifyCreated(name, foundId !== '', complete);
				}),
			describeUnverified: (reason) =>
				`It's unknown whether the flow was created, because reading the list of flows failed (${reason}). Check whether the WABA has "${name}" before you create it again.`,
			sharedOutcome: true,
		});
		const flow = created.by === 'response' ? created.data : { id: foundId };
		names.ids.set(name, flow.id);
		return {
			flow,
			confirmedByList: created.by === 'verification',
			alreadyExists: created.by === 'alreadyApplied',
		};
	}

	/** Update Flow JSON. Idempotent. @returns the response, which can have `validation_errors` */
	async updateFlowJson(flowId: string, { text }: FlowJson): Promise<JsonObject> {
		const request: HttpRequest = {
			method: 'POST',
			url: this.getUrl(assetsPath(flowId)),
			body: createFlowJsonForm(text),
			idempotent: true,
		};
		const parse = (data: JsonObject) =>
			data['success'] === true || 'validation_errors' in data ? data : undefined;
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

	/** Deprecate Flow. */
	async deprecateFlow(flowId: string): Promise<StatusConfirmation> {
		const url = this.getUrl(deprecatePath(flowId));
		return await this.changeStatus(DEPRECATE, flowId, { method: 'POST', url, idempotent: false });
	}

	/** Delete Flow. Read it first: only then does "doesn't exist" mean "deleted". */
	async deleteFlow(flowId: string): Promise<StatusConfirmation> {
		return await this.changeStatus(DELETE, flowId, this.createWrite('DELETE', flowPath(flowId)));
	}

	/** Migrate Flow. Never sent again if a flow has arrived. */
	async migrateFlows(
		sourceWabaId: string,
		destinationWabaId: string,
		{ flows, chosen }: { flows: Flow[]; chosen: boolean },
	): Promise<MigratedFlow[]> {
		const destination = await this.getFlowNames(destinationWabaId);
		const migration = { flows, before: new Map(destination.ids) };
		const rows = await this.sendMigration(sourceWabaId, destinationWabaId, migration, chosen);
		for (const { migrated, source_name: name, migrated_id: id } of rows) {
			if (migrated) destination.ids.set(name, String(id));
		}
		return rows;
	}

	private async sendMigration(
		sourceWabaId: string,
		destinationWabaId: string,
		migration: Migration,
		chosen: boolean,
	): Promise<MigratedFlow[]> {
		const { flows, before } = migration;
		const names = flows.map(({ name }) => String(name));
		let compared: MigratedFlow[] = [];
		const compare = async () => {
			const { ids } = await this.readFlowNames(destinationWabaId);
			compared = compareLists(migration, ids);
			return verifyMigration(compared);
		};
		const migrated = await this.sendNonIdempotent({
			request: this.createWrite(
				'POST',
				migratePath(sourceWabaId, destinationWabaId),
				chosen ? { source_flow_names: names } : undefined,
			),
			parse: (result) =>
				parseDataResponse(result, (data) => parseMigration(data, migration), 'migrate'),
			verify: async () => await verifyByReading(compare),
			describeUnverified: (reason) =>
				`It's unknown whether the flows were migrated, because reading the destination failed (${reason}). Check the destination before you migrate them again.`,
		});
		if (migrated.by !== 'response') return compared;
		// A flow that arrived with an earlier attempt is rejected by a later one.
		const isNew = ({ source_name: name, migrated }: MigratedFlow) => !migrated && !before.has(name);
		if (!migrated.data.some(isNew)) return migrated.data;
		await verifyByReading(compare);
		const arrived = new Map(compared.map((row) => [row.source_name, row]));
		return migrated.data.map((row) => {
			const found = arrived.get(row.source_name);
			return isNew(row) && found?.migrated ? found : row;
		});
	}

	private async readFlowNames(wabaId: string): Promise<FlowNames> {
		const all = { limit: Infinity, filter: () => true };
		const { rows, stopReason } = await this.getFlows(wabaId, [], all);
		const ids = new Map(rows.map(({ id, name }) => [String(name ?? ''), id]));
		return { ids, complete: stopReason === 'endOfList' };
	}

	private async changeStatus(
		change: StatusChange,
		flowId: string,
		request: HttpRequest,
	): Promise<StatusConfirmation> {
		const result = await this.sendNonIdempotent({
			request,
			parse: (response) =>
				parseDataResponse(
					response,
					(data) => (data['success'] === true ? data : undefined),
					change === DELETE ? 'delete' : 'deprecate',
				),
			verify: async () => await this.verifyStatusChange(change, flowId),
			describeUnverified: (reason) => describeUnverified(change, reason),
			sharedOutcome: true,
		});
		return {
			response: result.by === 'response' ? result.data : {},
			confirmedByStatus: result.by === 'verification',
			alreadyDone: result.by === 'alreadyApplied',
		};
	}

	private async verifyStatusChange(
		change: StatusChange,
		flowId: string,
	): Promise<ParseResult<Verification>> {
		const result = await this.readUncached(this.getUrl(flowPath(flowId)));
		const flow = parseResponse(result, parseFlow);
		if (flow.ok) return { ok: true, data: verifyStatus(change, flow.data.status) };
		const deleted = change.to === undefined && getExistence(flow.error) === 'deleted';
		return deleted
			? { ok: true, data: { applied: true, neverApplied: false, description: '' } }
			: flow;
	}

	private createWrite(method: 'POST' | 'DELETE', path: string, body?: JsonObject): HttpRequest {
		const url = this.getUrl(path);
		return { method, url, headers: JSON_CONTENT_TYPE, idempotent: false, ...(body && { body }) };
	}
}

function verifyCreated(name: string, found: boolean, complete: boolean): Verification {
	return {
		applied: found,
		neverApplied: !found && complete,
		description: `It's unknown whether the flow was created. The WABA has no flow named "${name}"${complete ? '' : ' in the part of the list that could be read'}, so most likely it wasn't. Check the list of flows before you create it again.`,
	};
}
