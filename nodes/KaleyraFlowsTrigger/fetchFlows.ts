import type { FlowLookup, KaleyraClient } from '../kaleyra/KaleyraClient';
import type { Flow } from '../kaleyra/flow';
import { runConcurrently } from '../shared/node/concurrency';
import {
	assertFieldReturned,
	assertListComplete,
	assertFlowsExist,
	createPollTimeoutError,
} from './assertions';
import type { TriggerParameters } from './parameters';

const AT_ONCE = 10;
/** So many flows that are not in the list any more are looked for in one poll, the others in the next. */
const LOOKED_FOR = 20;

export interface PollContext {
	client: KaleyraClient;
	wabaId: string;
	watch: TriggerParameters;
	/** When the poll's time is up (ms since 1970). */
	until: number;
	warn: (message: string) => void;
}

export interface FlowSnapshot {
	flows: Flow[];
	/** Whether the list may have been cut, so that there may be more flows. */
	cut: boolean;
}

/**
 * All flows of the WABA. A list can be cut without a word, so a flow that was there `before` is gone only
 * if Kaleyra, asked for it, says so.
 *
 * @param before undefined for the first look
 * @throws {InvalidInput} where what is watched cannot be seen
 */
export async function fetchSnapshot(look: PollContext, before?: Flow[]): Promise<FlowSnapshot> {
	const { client, wabaId, watch, until, warn } = look;
	const all = { limit: Infinity, keep: () => true, until };
	const { rows, stopReason } = await client.getFlows(wabaId, [], all);
	if (stopReason === 'deadline') throw createPollTimeoutError(watch);
	const cut = stopReason !== 'endOfList';
	if (cut) warn(`The list of WABA ${wabaId} may be cut (${stopReason}).`);
	if (!before && cut) assertListComplete(watch, wabaId);
	if (!before && !cut) assertFlowsExist(watch, rows, wabaId);
	for (const change of ['statusChanged', 'validationErrorsChanged', 'metadataChanged'] as const) {
		assertFieldReturned(watch, change, rows);
	}
	const listed = new Set(rows.map(({ id }) => id));
	const unlisted = (before ?? []).filter(({ id }) => !listed.has(id));
	const left = await findMissingFlows(look, unlisted, rows[0]);
	return { flows: await addHealth(look, [...rows, ...left]), cut };
}

/**
 * Kaleyra's list has no health, so each flow that is watched for it is asked for its own. Where that is
 * refused, the health is unknown.
 */
export async function addHealth(look: PollContext, flows: Flow[]): Promise<Flow[]> {
	const { watch } = look;
	if (!watch.events.includes('healthChanged')) return flows;
	const places = [...flows.keys()].filter((place) => {
		const flow = flows[place] as Flow;
		return watch.includesFlow(flow) && watch.appliesTo('healthChanged', flow);
	});
	const asked = places.map((place) => flows[place] as Flow);
	const found = await getFlowsById(look, asked, ['health_status']);
	const answers = found.filter(({ flow, existence }) => flow || existence !== 'no');
	assertFieldReturned(
		watch,
		'healthChanged',
		answers.map(({ flow = {} }) => flow),
	);
	const all = [...flows];
	for (const [index, place] of places.entries()) {
		all[place] = { ...all[place], ...found[index]?.flow };
	}
	return all;
}

/**
 * @param listed a flow that is certainly there; it shows whether a refusal is about the flow
 * @returns those that are still there, those in doubt, and those not looked for yet
 */
async function findMissingFlows(
	look: PollContext,
	unlisted: Flow[],
	listed?: Flow,
): Promise<Flow[]> {
	const sought = unlisted.slice(0, LOOKED_FOR);
	const found = await getFlowsById(look, sought, []);
	const perhaps = found.some(({ existence }) => existence === 'perhaps');
	const [control] = perhaps && listed ? await getFlowsById(look, [listed], []) : [];
	const left = sought.flatMap((was, index) => {
		const { flow, existence } = found[index] as FlowLookup;
		if (flow) return [flow];
		return existence === 'yes' || (existence === 'perhaps' && control?.flow) ? [] : [was];
	});
	// Those looked for stand last, so that the next poll looks for others.
	return [...unlisted.slice(LOOKED_FOR), ...left];
}

async function getFlowsById(
	look: PollContext,
	flows: Flow[],
	fields: string[],
): Promise<FlowLookup[]> {
	const { client, watch, until, warn } = look;
	const found: FlowLookup[] = [];
	await runConcurrently(flows.length, AT_ONCE, async (index) => {
		if (Date.now() > until) throw createPollTimeoutError(watch);
		const flowId = String(flows[index]?.['id']);
		const answer = await client.findFlow(flowId, fields);
		if (answer.refusal) warn(`Asked for flow ${flowId}, Kaleyra said: ${answer.refusal.message}`);
		found[index] = answer;
	});
	return found;
}
