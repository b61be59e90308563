import type { KaleyraClient } from '../api/client';
import type { Flow } from '../api/flow';
import { fewAtOnce } from '../engine/fewAtOnce';
import { InvalidInput } from '../engine/refusal';
import type { ChangeName } from './events';
import { FIELDS } from './events';
import type { Watch } from './watch';
import { EVENTS } from './watch';

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

/**
 * All flows of the WABA. A list can be cut without a word, so a flow that was there `before` is gone only
 * if Kaleyra, asked for it, says so.
 *
 * @param before undefined for the first look
 * @throws {InvalidInput} where what is watched cannot be seen
 */
export async function lookAt(look: Look, before?: Flow[]): Promise<Flow[]> {
	const { client, wabaId, watch, until, warn } = look;
	const all = { limit: Infinity, keep: () => true, until };
	const { rows, ending } = await client.getFlows(wabaId, [], all);
	if (ending === 'time is up') throw tooSlow();
	const complete = ending === 'end of list';
	if (!complete) warn(`The list of WABA ${wabaId} may be cut (${ending}).`);
	if (!before && complete) refuseUnlisted(watch, rows, wabaId);
	const listed = new Set(rows.map(({ id }) => id));
	const unlisted = (before ?? []).filter(({ id }) => !listed.has(id));
	const left = complete ? await lookFor(look, unlisted) : unlisted;
	for (const change of ['statusChanged', 'validationErrorsChanged', 'metadataChanged'] as const) {
		refuseBlind(watch, change, rows);
	}
	return await withHealth(look, [...rows, ...left]);
}

/** Kaleyra's list has no health, so each flow that is watched for it is asked for its own. */
export async function withHealth({ client, watch, until }: Look, flows: Flow[]): Promise<Flow[]> {
	if (!watch.events.includes('healthChanged')) return flows;
	const all = [...flows];
	const places = [...flows.keys()].filter((place) => {
		const flow = flows[place] as Flow;
		return watch.covers(flow) && watch.suits('healthChanged', flow);
	});
	const asked: Flow[] = [];
	await fewAtOnce(places.length, AT_ONCE, async (index) => {
		if (Date.now() > until) throw tooSlow();
		const place = places[index] as number;
		const flow = flows[place] as Flow;
		const details = await client.findFlow(String(flow['id']), ['health_status']);
		if (details) asked.push(details);
		all[place] = { ...flow, ...details };
	});
	refuseBlind(watch, 'healthChanged', asked);
	return all;
}

/** @returns those that are still there, and those not looked for yet */
async function lookFor({ client, until }: Look, unlisted: Flow[]): Promise<Flow[]> {
	const left = unlisted.slice(LOOKED_FOR);
	const sought = unlisted.slice(0, LOOKED_FOR);
	await fewAtOnce(sought.length, AT_ONCE, async (index) => {
		if (Date.now() > until) throw tooSlow();
		const found = await client.findFlow(String(sought[index]?.['id']), []);
		if (found) left.push(found);
	});
	return left;
}

/** @throws {InvalidInput} where a chosen flow is not there from the outset */
function refuseUnlisted({ flowIds }: Watch, rows: Flow[], wabaId: string): void {
	const ids = new Set(rows.map(({ id }) => id));
	const missing = flowIds.filter((id) => !ids.has(id));
	if (missing.length === 0) return;
	throw new InvalidInput(
		`WABA ${wabaId} has no flow ${missing.slice(0, 5).join(', ')}`,
		'Take it out of the chosen flows, or check the WABA ID.',
	);
}

/** @throws {InvalidInput} where there are flows, and none of them has what a chosen event is about */
function refuseBlind({ events }: Watch, change: ChangeName, flows: Flow[]): void {
	const fields = FIELDS[change];
	const seen = flows.some((flow) => fields.some((field) => (flow[field] ?? null) !== null));
	if (!events.includes(change) || flows.length === 0 || seen) return;
	const name = EVENTS.find(({ value }) => value === change)?.name;
	throw new InvalidInput(
		`Kaleyra gave no ${fields[0]} of any flow, so ${name} cannot be watched`,
		`Leave ${name} out of the events.`,
	);
}

function tooSlow(): InvalidInput {
	return new InvalidInput(
		'The flows could not be read in the time that n8n gives to a poll',
		'Nothing is lost: the next poll begins anew. If it stays, leave out Health Changed, or watch fewer flows.',
	);
}
