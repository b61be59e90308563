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
import type { FlowList } from '../shared/whatsappFlows/upsert';
import type { Asset } from './assets';
import { createFlowJsonForm, findFlowJson, parseAssets } from './assets';
import type { Flow } from './flow';
import { hasValidationErrors, parseFlow } from './flow';
import { findId } from './flowDirectory';
import { getExistence, JSON_CONTENT_TYPE, KaleyraClient } from './KaleyraClient';
import type { MigratedFlow, Migration } from './migration';
import { compareLists, findUnmentioned, parseMigration, verifyMigration } from './migration';
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

	/** Deprecate Flow. */
	async deprecateFlow(flowId: string): Promise<StatusConfirmation> {
		const url = this.getUrl(deprecatePath(flowId));
		return await this.changeStatus(DEPRECATE, flowId, { method: 'POST', url, idempotent: false });
	}

	/**
	 * Delete Flow. Read it first: only then does "doesn't exist" mean "deleted".
	 *
	 * @param wabaId the list to check if an error only may mean that the flow doesn't exist
	 */
	async deleteFlow(flowId: string, wabaId?: string): Promise<StatusConfirmation> {
		const request = this.createWrite('DELETE', flowPath(flowId));
		return await this.changeStatus(DELETE, flowId, request, wabaId);
	}

	/** Migrate Flow. Never sent again if a flow has arrived. */
	async migrateFlows(
		sourceWabaId: string,
		destinationWabaId: string,
		{ flows, chosen }: { flows: Flow[]; chosen: boolean },
	): Promise<MigratedFlow[]> {
		const destination = await this.getFlowList(destinationWabaId);
		const before = new Set(destination.flows.flatMap(({ name }) => name ?? []));
		const migration = { flows, before };
		const rows = await this.sendMigration(sourceWabaId, destinationWabaId, migration, chosen);
		for (const { migrated, source_name: name, migrated_id: id } of rows) {
			if (migrated) destination.flows.push({ id: String(id), name });
		}
		return rows;
	}

	private async sendMigration(
		sourceWabaId: string,
		destinationWabaId: string,
		migration: Migration,
		chosen: boolean,
	): Promise<MigratedFlow[]> {
		const names = migration.flows.map(({ name }) => String(name));
		let compared: MigratedFlow[] = [];
		const compare = async () => {
			const list = await this.readFlowList(destinationWabaId);
			compared = compareLists(migration, list);
			return verifyMigration(migration, compared, list.complete);
		};
		const migrated = await this.sendNonIdempotent({
			request: this.createWrite(
				'POST',
				migratePath(sourceWabaId, destinationWabaId),
				chosen ? { source_flow_names: names } : undefined,
			),
			parse: (result) =>
				parseDataResponse(
					result,
					(data, isSuccess) => parseMigration(data, migration) ?? (isSuccess ? [] : undefined),
					'migrate',
				),
			verify: async () => await verifyByReading(compare),
			describeUnverified: (reason) =>
				`It's unknown whether the flows were migrated, because reading the destination failed (${reason}). Check the destination before you migrate them again.`,
		});
		if (migrated.by !== 'response') return compared;
		const { data: rows, afterIndeterminate } = migrated;
		const unmentioned = findUnmentioned(migration, rows);
		// A flow that arrived with an earlier attempt is rejected by a later one.
		const isDoubtful = ({ source_name: name, migrated: isMigrated }: MigratedFlow) =>
			afterIndeterminate && !isMigrated && !migration.before.has(name);
		if (unmentioned.length === 0 && !rows.some(isDoubtful)) return rows;
		await verifyByReading(compare);
		const arrived = new Map(
			compared.filter((row) => row.migrated).map((row) => [row.source_name, row]),
		);
		return [
			...rows.map((row) => (isDoubtful(row) && arrived.get(row.source_name)) || row),
			...unmentioned.map((row) => arrived.get(row.source_name) ?? row),
		];
	}

	private async readFlowList(wabaId: string): Promise<FlowList> {
		const all = { limit: Infinity, filter: () => true };
		const { rows, stopReason } = await this.getFlows(wabaId, [], all);
		const flows = rows.map(({ id, name }) => ({ id, name }));
		return { flows, complete: stopReason === 'endOfList' };
	}

	private async changeStatus(
		change: StatusChange,
		flowId: string,
		request: HttpRequest,
		wabaId?: string,
	): Promise<StatusConfirmation> {
		const result = await this.sendNonIdempotent({
			request,
			parse: (response) =>
				parseDataResponse(
					response,
					(data, isSuccess) => (isSuccess ? data : undefined),
					change === DELETE ? 'delete' : 'deprecate',
				),
			verify: async () => await this.verifyStatusChange(change, flowId, wabaId),
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
		wabaId: string | undefined,
	): Promise<ParseResult<Verification>> {
		const result = await this.readUncached(this.getUrl(flowPath(flowId)));
		const flow = parseResponse(result, parseFlow);
		if (flow.ok) return { ok: true, data: verifyStatus(change, flow.data.status) };
		const existence = change.to === undefined ? getExistence(flow.error) : 'inconclusive';
		if (existence === 'inconclusive') return flow;
		if (existence === 'deleted') return { ok: true, data: DELETED };
		return { ok: true, data: await this.verifyAbsence(flowId, wabaId) };
	}

	/** Checks with the list whether a flow that can't be read was deleted. */
	private async verifyAbsence(flowId: string, wabaId: string | undefined): Promise<Verification> {
		if (wabaId === undefined) return MOST_LIKELY_DELETED;
		const verified = await verifyByReading(async () => {
			const { flows, complete } = await this.readFlowList(wabaId);
			if (flows.some(({ id }) => id === flowId)) return LISTED;
			return complete ? DELETED : MOST_LIKELY_DELETED;
		});
		return verified.ok ? verified.data : MOST_LIKELY_DELETED;
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

const DELETED: Verification = { applied: true, neverApplied: false, description: '' };

const MOST_LIKELY_DELETED: Verification = {
	applied: false,
	neverApplied: false,
	description:
		"It's unknown whether the flow was deleted, but most likely it was: it could be read before, and now it can't. Check the list of flows.",
};

const LISTED: Verification = {
	applied: false,
	neverApplied: false,
	description:
		"It's unknown whether the flow was deleted. It can't be read, and the list still has it. Check the list before you delete it again.",
};
