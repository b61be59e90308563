import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { KaleyraClient } from '../api/client';
import { Connection } from '../api/connection';
import type { Flow } from '../api/flow';
import { InvalidInput, toNodeError } from '../engine/refusal';
import { readWabaId } from '../KaleyraFlows/fields/waba';
import type { FlowEvent } from './events';
import { compare, FIELDS, remember } from './events';
import type { Look } from './look';
import { lookAt, withHealth } from './look';
import { keep, recall } from './memory';
import { refuseUnlisted } from './unwatchable';
import { readWatch } from './watch';

/** The next poll is soon, and until then n8n must be told of a rate limit: so little is tried again. */
const PATIENCE = { timeout: 30_000, maxRetries: 2 };
/** In milliseconds; for n8n older than 2.38, which does not say how long a poll may take. */
const BUDGET = 60_000;
/** A test event is picked among so many flows of so many pages. */
const SAMPLED = { flows: 100, pages: 40 };

/**
 * One look at the flows of a WABA. It tells what changed since the last one and remembers what it saw; the
 * first one only remembers. One that fails remembers nothing, so the next one tells it all.
 *
 * @throws {NodeApiError} with n8n's `failure` where Kaleyra asks to be left alone or cannot be reached
 */
export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const node = this.getNode();
	try {
		const parameter = (name: string, fallback?: unknown) => this.getNodeParameter(name, fallback);
		const watch = readWatch(parameter);
		const until = Date.now() + (this.getPollBudgetMs?.() ?? BUDGET);
		const connection = await Connection.open(this, { askOnce: true });
		const client = new KaleyraClient(connection, { ...PATIENCE, until });
		const wabaId = readWabaId(parameter, client.defaultWabaId);
		const where = { workflowId: this.getWorkflow().id, nodeName: node.name };
		const warn = (message: string) => this.logger.warn(message, where);
		const look = { client, wabaId, watch, until, warn };
		const events = this.getMode() === 'manual' ? await sample(look) : await news(this, look);
		const detected_at = new Date().toISOString();
		const items = events.map(({ event, flow, previous }) => ({
			json: { event, flow, previous, detected_at },
		}));
		return items.length > 0 ? [items] : null;
	} catch (thrown) {
		throw toNodeError(node, thrown);
	}
}

async function news(context: IPollFunctions, look: Look): Promise<FlowEvent[]> {
	const { wabaId, watch, warn } = look;
	const staticData = context.getWorkflowStaticData('node');
	const recalled = await recall(staticData, wabaId);
	if (recalled.foreign) warn('What the last poll left cannot be read. This one begins anew.');
	const before = recalled.flows ?? [];
	const { flows, cut } = await lookAt(look, recalled.flows);
	const now = remember(before, flows);
	const partial = recalled.partial && cut;
	const kept = await keep(staticData, recalled, { wabaId, flows: now, partial });
	if (!kept) warn('Another poll was quicker. This one tells nothing.');
	if (!kept || !recalled.flows) return [];
	// Beyond a cut there may have been flows all the time.
	const certain = ({ event }: FlowEvent) => event !== 'flowAdded' || !recalled.partial;
	return compare(before, flows).filter((event) => certain(event) && watch.passes(event));
}

/**
 * A real flow for each chosen event, one that suits it where there is one. Nothing has changed, so
 * `previous` repeats its values.
 */
async function sample(look: Look): Promise<FlowEvent[]> {
	const { client, wabaId, watch } = look;
	const { rows, ending } = await client.getFlows(wabaId, [], {
		limit: SAMPLED.flows,
		keep: watch.covers,
		pageCap: SAMPLED.pages,
		until: look.until,
	});
	if (ending === 'end of list' && watch.named === '') refuseUnlisted(watch, rows, wabaId);
	if (rows.length === 0) {
		throw new InvalidInput(
			`WABA ${wabaId} has no flow to show`,
			'Check the WABA ID, the chosen flows and the name. A published workflow waits for flows to come.',
		);
	}
	const picked = watch.events.map((event, index) => {
		const suiting = rows.filter((flow) => watch.suits(event, flow));
		const among = suiting.length > 0 ? suiting : rows;
		return among[index % among.length] as Flow;
	});
	const flows = await withHealth(look, picked);
	return watch.events.map((event, index) => {
		const flow = flows[index] as Flow;
		const fields: string[] = event in FIELDS ? FIELDS[event as keyof typeof FIELDS] : [];
		const shown = Object.entries(flow).filter(([field]) => fields.includes(field));
		return { event, flow, previous: Object.fromEntries(shown), was: flow };
	});
}
