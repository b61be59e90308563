import type { Found, KaleyraClient } from '../api/client';
import type { Flow } from '../api/flow';
import { fewAtOnce } from '../engine/fewAtOnce';
import { refuseBlind, refuseCut, refuseUnlisted, tooSlow } from './unwatchable';
import type { Watch } from './watch';

const AT_ONCE = 10;
/** So many flows that are not in the list any more are looked for in one poll, the others in the next. */
const LOOKED_FOR = 20;

export interface Look {
	client: KaleyraClient;
	wabaId: string;
	watch: Watch;
	/** When the poll's time is up (ms since 1970). */
	until: number;
	warn: (message: string) => void;
}

export interface Picture {
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
export async function lookAt(look: Look, before?: Flow[]): Promise<Picture> {
	const { client, wabaId, watch, until, warn } = look;
	const all = { limit: Infinity, keep: () => true, until };
	const { rows, ending } = await client.getFlows(wabaId, [], all);
	if (ending === 'time is up') throw tooSlow(watch);
	const cut = ending !== 'end of list';
	if (cut) warn(`The list of WABA ${wabaId} may be cut (${ending}).`);
	if (!before && cut) refuseCut(watch, wabaId);
	if (!before && !cut) refuseUnlisted(watch, rows, wabaId);
	for (const change of ['statusChanged', 'validationErrorsChanged', 'metadataChanged'] as const) {
		refuseBlind(watch, change, rows);
	}
	const listed = new Set(rows.map(({ id }) => id));
	const unlisted = (before ?? []).filter(({ id }) => !listed.has(id));
	const left = await lookFor(look, unlisted, rows[0]);
	return { flows: await withHealth(look, [...rows, ...left]), cut };
}

/**
 * Kaleyra's list has no health, so each flow that is watched for it is asked for its own. Where that is
 * refused, the health is unknown.
 */
export async function withHealth(look: Look, flows: Flow[]): Promise<Flow[]> {
	const { watch } = look;
	if (!watch.events.includes('healthChanged')) return flows;
	const places = [...flows.keys()].filter((place) => {
		const flow = flows[place] as Flow;
		return watch.covers(flow) && watch.suits('healthChanged', flow);
	});
	const asked = places.map((place) => flows[place] as Flow);
	const found = await findAll(look, asked, ['health_status']);
	const answers = found.filter(({ flow, gone }) => flow || gone !== 'no');
	refuseBlind(
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
async function lookFor(look: Look, unlisted: Flow[], listed?: Flow): Promise<Flow[]> {
	const sought = unlisted.slice(0, LOOKED_FOR);
	const found = await findAll(look, sought, []);
	const perhaps = found.some(({ gone }) => gone === 'perhaps');
	const [control] = perhaps && listed ? await findAll(look, [listed], []) : [];
	const left = sought.flatMap((was, index) => {
		const { flow, gone } = found[index] as Found;
		if (flow) return [flow];
		return gone === 'yes' || (gone === 'perhaps' && control?.flow) ? [] : [was];
	});
	// Those looked for stand last, so that the next poll looks for others.
	return [...unlisted.slice(LOOKED_FOR), ...left];
}

async function findAll(look: Look, flows: Flow[], fields: string[]): Promise<Found[]> {
	const { client, watch, until, warn } = look;
	const found: Found[] = [];
	await fewAtOnce(flows.length, AT_ONCE, async (index) => {
		if (Date.now() > until) throw tooSlow(watch);
		const flowId = String(flows[index]?.['id']);
		const answer = await client.findFlow(flowId, fields);
		if (answer.refusal) warn(`Asked for flow ${flowId}, Kaleyra said: ${answer.refusal.message}`);
		found[index] = answer;
	});
	return found;
}
