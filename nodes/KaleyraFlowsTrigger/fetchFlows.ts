import type { Flow } from '../kaleyra/flow';
import type { FlowLookup, KaleyraClient } from '../kaleyra/KaleyraClient';
import { runConcurrently } from '../shared/node/concurrency';
import {
	assertFieldReturned,
	assertFlowsExist,
	assertListComplete,
	createPollTimeoutError,
} from './assertions';
import type { TriggerParameters } from './parameters';

const CONCURRENCY = 10;
/** Flows that left the list are read by ID, at most this many per poll; the others follow in the next polls. */
const MAX_MISSING_FLOWS_READ = 20;

export interface PollContext {
	client: KaleyraClient;
	wabaId: string;
	parameters: TriggerParameters;
	/** When the poll must be over, in milliseconds since 1970. */
	deadline: number;
	warn: (message: string) => void;
}

export interface FlowSnapshot {
	flows: Flow[];
	/** Whether the list may be incomplete. */
	truncated: boolean;
}

/**
 * Reads all flows of the WABA. A list can be truncated without notice, so a flow of the previous snapshot
 * counts as deleted only if Kaleyra says so when it's read by ID.
 *
 * @param previous undefined for the first poll
 * @throws {DescribedError} if a selected event can't be detected
 */
export async function fetchSnapshot(
	context: PollContext,
	previous?: Flow[],
): Promise<FlowSnapshot> {
	const { client, wabaId, parameters, deadline, warn } = context;
	const options = { limit: Infinity, filter: () => true, deadline };
	const { rows, stopReason } = await client.getFlows(wabaId, [], options);
	if (stopReason === 'deadline') throw createPollTimeoutError(parameters);
	const truncated = stopReason !== 'endOfList';
	if (truncated) warn(`The list of WABA ${wabaId} may be incomplete (${stopReason}).`);
	if (!previous && truncated) assertListComplete(parameters, wabaId);
	if (!previous && !truncated) assertFlowsExist(parameters, rows, wabaId);
	for (const event of ['statusChanged', 'validationErrorsChanged', 'metadataChanged'] as const) {
		assertFieldReturned(parameters, event, rows);
	}
	const listed = new Set(rows.map(({ id }) => id));
	const unlisted = (previous ?? []).filter(({ id }) => !listed.has(id));
	const missing = await findMissingFlows(context, unlisted, rows[0]);
	return { flows: await addHealth(context, [...rows, ...missing]), truncated };
}

/**
 * Kaleyra's list doesn't include health, so each watched flow is read for it. If Kaleyra rejects that, the
 * flow's health is unknown.
 */
export async function addHealth(context: PollContext, flows: Flow[]): Promise<Flow[]> {
	const { parameters } = context;
	if (!parameters.events.includes('healthChanged')) return flows;
	const watched = flows.filter(
		(flow) => parameters.includesFlow(flow) && parameters.appliesTo('healthChanged', flow),
	);
	const lookups = await getFlowsById(context, watched, ['health_status']);
	const conclusive = lookups.filter(
		(lookup) => lookup.flow ?? lookup.existence === 'possiblyDeleted',
	);
	assertFieldReturned(
		parameters,
		'healthChanged',
		conclusive.map(({ flow }) => flow ?? {}),
	);
	const health = new Map(watched.map((flow, index) => [flow, lookups[index]?.flow]));
	return flows.map((flow) => ({ ...flow, ...health.get(flow) }));
}

/**
 * @param listed a flow that certainly exists; it shows whether an error is about the missing flow
 * @returns the flows that still exist or may exist, and those not read yet
 */
async function findMissingFlows(
	context: PollContext,
	unlisted: Flow[],
	listed?: Flow,
): Promise<Flow[]> {
	const toRead = unlisted.slice(0, MAX_MISSING_FLOWS_READ);
	const lookups = await getFlowsById(context, toRead, []);
	const unclear = lookups.some((lookup) => !lookup.flow && lookup.existence === 'possiblyDeleted');
	const [control] = unclear && listed ? await getFlowsById(context, [listed], []) : [];
	const existing = toRead.flatMap((previous, index) => {
		const lookup = lookups[index];
		if (lookup?.flow) return [lookup.flow];
		const deleted =
			lookup?.existence === 'deleted' || (lookup?.existence === 'possiblyDeleted' && control?.flow);
		return deleted ? [] : [previous];
	});
	// Flows that were read come last, so that the next poll reads others.
	return [...unlisted.slice(MAX_MISSING_FLOWS_READ), ...existing];
}

async function getFlowsById(
	context: PollContext,
	flows: Flow[],
	fields: string[],
): Promise<FlowLookup[]> {
	const { client, parameters, deadline, warn } = context;
	const lookups: FlowLookup[] = [];
	const readFlow = async (flow: Flow, index: number) => {
		if (Date.now() > deadline) throw createPollTimeoutError(parameters);
		const lookup = await client.findFlow(flow.id, fields);
		if (!lookup.flow) warn(`Flow ${flow.id} can't be read: ${lookup.error.message}`);
		lookups[index] = lookup;
	};
	await runConcurrently(flows.length, CONCURRENCY, async (index) => {
		const flow = flows[index];
		if (flow) await readFlow(flow, index);
	});
	return lookups;
}
