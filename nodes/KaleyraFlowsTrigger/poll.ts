import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { KaleyraClient } from '../kaleyra/KaleyraClient';
import { ApiSession } from '../kaleyra/session';
import type { Flow } from '../kaleyra/flow';
import { InvalidInputError } from '../shared/errors';
import { toNodeError } from '../shared/node/errors';
import { parseWabaId } from '../kaleyra/parameters/wabaId';
import type { FlowEvent } from './detectChanges';
import { detectChanges, FIELDS, mergeSnapshots } from './detectChanges';
import type { PollContext } from './fetchFlows';
import { fetchSnapshot, addHealth } from './fetchFlows';
import { keep, loadState } from './pollState';
import { assertFlowsExist } from './assertions';
import { parseTriggerParameters } from './parameters';

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
		const watch = parseTriggerParameters(parameter);
		const until = Date.now() + (this.getPollBudgetMs?.() ?? BUDGET);
		const connection = await ApiSession.open(this, { cacheReads: true });
		const client = new KaleyraClient(connection, { ...PATIENCE, until });
		const wabaId = parseWabaId(parameter, client.defaultWabaId);
		const where = { workflowId: this.getWorkflow().id, nodeName: node.name };
		const warn = (message: string) => this.logger.warn(message, where);
		const look = { client, wabaId, watch, until, warn };
		const events =
			this.getMode() === 'manual' ? await createTestEvents(look) : await pollForChanges(this, look);
		const detected_at = new Date().toISOString();
		const items = events.map(({ event, flow, previous }) => ({
			json: { event, flow, previous, detected_at },
		}));
		return items.length > 0 ? [items] : null;
	} catch (thrown) {
		throw toNodeError(node, thrown);
	}
}

async function pollForChanges(context: IPollFunctions, look: PollContext): Promise<FlowEvent[]> {
	const { wabaId, watch, warn } = look;
	const staticData = context.getWorkflowStaticData('node');
	const recalled = await loadState(staticData, wabaId);
	if (recalled.unexpectedResponse)
		warn('What the last poll left cannot be read. This one begins anew.');
	const before = recalled.flows ?? [];
	const { flows, cut } = await fetchSnapshot(look, recalled.flows);
	const now = mergeSnapshots(before, flows);
	const partial = recalled.partial && cut;
	const kept = await keep(staticData, recalled, { wabaId, flows: now, partial });
	if (!kept) warn('Another poll was quicker. This one tells nothing.');
	if (!kept || !recalled.flows) return [];
	// Beyond a cut there may have been flows all the time.
	const certain = ({ event }: FlowEvent) => event !== 'flowCreated' || !recalled.partial;
	return detectChanges(before, flows).filter(
		(event) => certain(event) && watch.matchesEvent(event),
	);
}

/**
 * A real flow for each chosen event, one that suits it where there is one. Nothing has changed, so
 * `previous` repeats its values.
 */
async function createTestEvents(look: PollContext): Promise<FlowEvent[]> {
	const { client, wabaId, watch } = look;
	const { rows, stopReason } = await client.getFlows(wabaId, [], {
		limit: SAMPLED.flows,
		keep: watch.includesFlow,
		maxPages: SAMPLED.pages,
		until: look.until,
	});
	if (stopReason === 'endOfList' && watch.named === '') assertFlowsExist(watch, rows, wabaId);
	if (rows.length === 0) {
		throw new InvalidInputError(
			`WABA ${wabaId} has no flow to show`,
			'Check the WABA ID, the chosen flows and the name. A published workflow waits for flows to come.',
		);
	}
	const picked = watch.events.map((event, index) => {
		const suiting = rows.filter((flow) => watch.appliesTo(event, flow));
		const among = suiting.length > 0 ? suiting : rows;
		return among[index % among.length] as Flow;
	});
	const flows = await addHealth(look, picked);
	return watch.events.map((event, index) => {
		const flow = flows[index] as Flow;
		const fields: string[] = event in FIELDS ? FIELDS[event as keyof typeof FIELDS] : [];
		const shown = Object.entries(flow).filter(([field]) => fields.includes(field));
		return { event, flow, previous: Object.fromEntries(shown), was: flow };
	});
}
