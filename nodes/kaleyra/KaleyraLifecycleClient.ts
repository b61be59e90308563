import type { JsonObject } from 'n8n-workflow';
import type { ParseResult } from '../shared/api/responses';
import type { Verification } from '../shared/api/verifyWrite';
import { verifyByReading } from '../shared/api/verifyWrite';
import type { HttpRequest } from '../shared/http/httpRequest';
import { describeUnpublishable } from '../shared/whatsappFlows/publish';
import type { StatusChange } from '../shared/whatsappFlows/statusChange';
import {
	DELETE,
	DEPRECATE,
	describeUnverified,
	PUBLISH,
	verifyStatus,
} from '../shared/whatsappFlows/statusChange';
import type { Flow } from './flow';
import { getValidationErrors, parseFlow } from './flow';
import { getExistence } from './KaleyraClient';
import { KaleyraFlowClient } from './KaleyraFlowClient';
import type { MigratedFlow, Migration } from './migration';
import {
	compareLists,
	findRejected,
	findUnmentioned,
	mergeRows,
	parseMigration,
	verifyMigration,
} from './migration';
import { deprecatePath, flowPath, migratePath, publishPath } from './paths';
import { parseDataResponse, parseResponse, parseWriteResponse } from './responses';
import { DELETED, MOST_LIKELY_DELETED, verifyDeleted } from './verifyDeleted';

/** How a status change was confirmed. */
export interface StatusConfirmation {
	/** Kaleyra's response to it, empty if there is none. */
	response: JsonObject;
	/** The response was lost or unclear. Reading the flow shows the new status. */
	confirmedByStatus: boolean;
	/** Kaleyra rejected the change, because the flow already has the new status. */
	alreadyDone: boolean;
}

/** The pages that change what can be done with a flow: publish, deprecate, delete, and migrate. */
export class KaleyraLifecycleClient extends KaleyraFlowClient {
	/** Publish Flow. A published flow can't be deleted, so it's sent again only if the status is still DRAFT. */
	async publishFlow(
		flowId: string,
	): Promise<{ confirmedByStatus: boolean; alreadyPublished: boolean }> {
		const { by } = await this.sendNonIdempotent({
			request: this.createWrite('POST', publishPath(flowId)),
			parse: (result) => parseWriteResponse(result, 'publish'),
			verify: async () => await this.verifyPublish(flowId),
			describeUnverified: (reason) => describeUnverified(PUBLISH, reason),
			sharedOutcome: true,
		});
		return { confirmedByStatus: by === 'verification', alreadyPublished: by === 'alreadyApplied' };
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
		const doubtful = [
			...(afterIndeterminate ? findRejected(migration, rows) : []),
			...findUnmentioned(migration, rows),
		];
		if (doubtful.length === 0) return rows;
		await verifyByReading(compare);
		return mergeRows(rows, doubtful, compared);
	}

	private async verifyPublish(flowId: string): Promise<ParseResult<Verification>> {
		const result = await this.readUncached(this.getUrl(flowPath(flowId)));
		return parseResponse(result, (data) => {
			const flow = parseFlow(data);
			if (!flow) return undefined;
			const rejectionReason = describeUnpublishable({
				...flow,
				validationErrors: getValidationErrors(flow),
			});
			return { ...verifyStatus(PUBLISH, flow.status), rejectionReason };
		});
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
		const verified = await verifyByReading(async () =>
			verifyDeleted(await this.readFlowList(wabaId), flowId),
		);
		return verified.ok ? verified.data : MOST_LIKELY_DELETED;
	}
}
