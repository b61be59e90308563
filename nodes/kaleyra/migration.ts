import type { JsonObject } from 'n8n-workflow';
import type { Verification } from '../shared/api/verifyWrite';
import { isObject } from '../shared/http/json';
import type { FlowList } from '../shared/whatsappFlows/flowStore';
import type { Flow } from './flow';
import { findId } from './flowDirectory';

/** Flows to migrate, and what the destination had before. */
export interface Migration {
	flows: Flow[];
	/** Names. */
	before: Set<unknown>;
}

/** What became of one flow. */
export type MigratedFlow = JsonObject & { source_name: string; migrated: boolean };

/**
 * Parses Meta's response, which Kaleyra presumably passes on (inferred): `migrated_flows` and
 * `failed_flows`.
 *
 * @returns undefined if it has neither
 */
export function parseMigration(data: JsonObject, { flows }: Migration): MigratedFlow[] | undefined {
	const { migrated_flows: migrated, failed_flows: failed } = data;
	if (!Array.isArray(migrated) && !Array.isArray(failed)) return undefined;
	const findSource = (name: string) => flows.find((flow) => flow.name === name);
	const toRows = (list: unknown, isMigrated: boolean) =>
		(Array.isArray(list) ? list : []).filter(isObject).map((row): MigratedFlow => {
			const { source_name, source_id, migrated_id, ...others } = row;
			const sourceName = String(source_name ?? '');
			const sourceId = source_id ?? findSource(sourceName)?.id;
			return {
				...(sourceId !== undefined && { source_id: String(sourceId) }),
				source_name: sourceName,
				...(migrated_id !== undefined && { migrated_id: String(migrated_id) }),
				migrated: isMigrated,
				...others,
			};
		});
	return [...toRows(migrated, true), ...toRows(failed, false)];
}

/** The flows that a response leaves out. */
export function findUnmentioned({ flows }: Migration, rows: MigratedFlow[]): MigratedFlow[] {
	const ids = new Set(rows.map((row) => row['source_id']));
	const names = new Set(rows.map((row) => row.source_name));
	return flows
		.filter(({ id, name }) => !ids.has(id) && !names.has(String(name ?? '')))
		.map((flow) => ({
			...getSource(flow),
			migrated: false,
			error_message:
				"Kaleyra's response doesn't mention this flow. Check the destination before you migrate the flow again.",
		}));
}

/** The flows that a later attempt rejects although they may have arrived with an earlier one. */
export const findRejected = ({ before }: Migration, rows: MigratedFlow[]): MigratedFlow[] =>
	rows.filter(({ source_name: name, migrated }) => !migrated && !before.has(name));

/** The rows with those that were doubtful, as far as the lists show that their flows arrived. */
export function mergeRows(
	rows: MigratedFlow[],
	doubtful: MigratedFlow[],
	compared: MigratedFlow[],
): MigratedFlow[] {
	const arrived = new Map(
		compared.filter((row) => row.migrated).map((row) => [row.source_name, row]),
	);
	const unmentioned = doubtful.filter((row) => !rows.includes(row));
	return [...rows, ...unmentioned].map((row) =>
		doubtful.includes(row) ? (arrived.get(row.source_name) ?? row) : row,
	);
}

/** Compares the destination's flows with the wanted ones. @param after the destination's flows afterwards */
export function compareLists({ flows, before }: Migration, after: FlowList): MigratedFlow[] {
	return flows.map((flow) => {
		const ids = getSource(flow);
		if (before.has(flow.name)) {
			return {
				...ids,
				migrated: false,
				error_message: 'The destination already had a flow with this name',
			};
		}
		const migratedId = findId(after, ids.source_name);
		if (migratedId === undefined) {
			return {
				...ids,
				migrated: false,
				error_message:
					"It's unknown whether the flow was migrated. The destination has no flow with this name yet. Check it before you migrate the flow again.",
			};
		}
		return { ...ids, migrated_id: migratedId, migrated: true, confirmed_by_list: true };
	});
}

/**
 * What comparing the lists shows, apart from flows that the destination had before: Meta skips them. Sending
 * the migration again is safe if no other flow has arrived.
 */
export function verifyMigration(
	{ before }: Migration,
	rows: MigratedFlow[],
	complete: boolean,
): Verification {
	const others = rows.filter(({ source_name: name }) => !before.has(name));
	const applied = others.length === 0 || others.some(({ migrated }) => migrated);
	return {
		applied,
		neverApplied: !applied && complete,
		description: `It's unknown whether the flows were migrated. The destination still lacks all flows that it lacked before${complete ? '' : ', in the part of the list that could be read'}, so most likely they weren't. Check the destination before you migrate them again.`,
	};
}

const getSource = ({ id, name }: Flow) => ({ source_id: id, source_name: String(name ?? '') });
