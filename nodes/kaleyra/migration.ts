import type { JsonObject } from 'n8n-workflow';
import type { Verification } from '../shared/api/verifyWrite';
import { isObject } from '../shared/http/json';
import type { Flow } from './flow';

/** Flows to migrate, and what the destination had before. */
export interface Migration {
	flows: Flow[];
	/** IDs by name. */
	before: Map<string, string>;
}

/** What became of one flow. */
export type MigratedFlow = JsonObject & { source_name: string; migrated: boolean };

/**
 * Parses Meta's response, which Kaleyra presumably passes on (inferred): `migrated_flows` and
 * `failed_flows`.
 *
 * @returns undefined if it has neither
 */
export function parseMigration(data: unknown, { flows }: Migration): MigratedFlow[] | undefined {
	if (!isObject(data)) return undefined;
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

/** Compares the destination's flows with the wanted ones. @param after IDs by name */
export function compareLists(
	{ flows, before }: Migration,
	after: Map<string, string>,
): MigratedFlow[] {
	return flows.map((flow) => {
		const name = String(flow.name ?? '');
		const ids = { source_id: flow.id, source_name: name };
		const migratedId = after.get(name);
		if (before.has(name)) {
			return {
				...ids,
				migrated: false,
				error_message: 'The destination already had a flow with this name',
			};
		}
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
 * What comparing the lists shows. Sending the migration again is safe if no flow has arrived: Meta skips
 * flows whose name exists.
 */
export function verifyMigration(rows: MigratedFlow[]): Verification {
	const applied = rows.some(({ migrated }) => migrated);
	return {
		applied,
		neverApplied: !applied,
		description:
			"It's unknown whether the flows were migrated. The destination has none of them yet, so most likely they weren't. Check the destination before you migrate them again.",
	};
}
