import type { INodeExecutionData, IPollFunctions, JsonObject } from 'n8n-workflow';
import type { Flow } from '../kaleyra/flow';
import { getValidationErrors } from '../kaleyra/flow';
import { KaleyraClient } from '../kaleyra/KaleyraClient';
import { parseWabaId } from '../kaleyra/parameters/wabaId';
import { KaleyraSession } from '../kaleyra/session';
import { InvalidInputError } from '../shared/errors';
import { toNodeError } from '../shared/node/errors';
import { assertFlowsExist } from './assertions';
import type { EventName, FlowEvent } from './detectChanges';
import { detectChanges, EVENT_FIELDS, mergeSnapshots } from './detectChanges';
import type { PollContext } from './fetchFlows';
import { addHealth, fetchSnapshot } from './fetchFlows';
import { parseTriggerParameters } from './parameters';
import { loadState, saveState } from './pollState';

/** The next poll comes soon, and n8n should learn about a rate limit before it: so there are few retries. */
const POLL_REQUEST_OPTIONS = { timeoutMs: 30_000, maxRetries: 2, rateLimitTimeoutMs: 15_000 };
/** In milliseconds; for n8n before 2.38, which doesn't say how long a poll may take. */
const DEFAULT_POLL_BUDGET_MS = 60_000;
/** Test events come from the first flows and pages. */
const TEST_EVENT_LIMITS = { flows: 100, pages: 40 };

/**
 * Reads the flows of a WABA and returns what changed since the last poll. The first poll only stores a
 * baseline. A poll that fails stores nothing, so the next one reports all changes.
 *
 * @throws {NodeApiError} with n8n's `failure` if Kaleyra limits the rate or can't be reached
 */
export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const node = this.getNode();
	try {
		const getParameter = (name: string, fallback?: unknown) =>
			this.getNodeParameter(name, fallback);
		const parameters = parseTriggerParameters(getParameter);
		const deadline = Date.now() + (this.getPollBudgetMs?.() ?? DEFAULT_POLL_BUDGET_MS);
		const session = await KaleyraSession.open(this, { cacheReads: true });
		const client = new KaleyraClient(session, { ...POLL_REQUEST_OPTIONS, deadline });
		const wabaId = parseWabaId(getParameter, client.defaultWabaId);
		const source = { workflowId: this.getWorkflow().id, nodeName: node.name };
		const warn = (message: string) => this.logger.warn(message, source);
		const context = { client, wabaId, parameters, deadline, warn };
		const events =
			this.getMode() === 'manual'
				? await createTestEvents(context)
				: await pollForChanges(this, context);
		const detected_at = new Date().toISOString();
		const items = events.map(({ event, flow, previous }) => ({
			json: { event, flow, previous, detected_at },
		}));
		return items.length > 0 ? [items] : null;
	} catch (thrown) {
		throw toNodeError(node, thrown);
	}
}

async function pollForChanges(n8n: IPollFunctions, context: PollContext): Promise<FlowEvent[]> {
	const { wabaId, parameters, warn } = context;
	const staticData = n8n.getWorkflowStaticData('node');
	const loaded = await loadState(staticData, wabaId);
	if (loaded.unreadable) warn('Stored poll state is unreadable; starting from a new baseline.');
	const previous = loaded.flows ?? [];
	const { flows: current, truncated } = await fetchSnapshot(context, loaded.flows);
	const nodeKey = `${n8n.getWorkflow().id} ${n8n.getNode().id}`;
	const saved = await saveState(staticData, nodeKey, loaded, {
		wabaId,
		flows: mergeSnapshots(previous, current),
		truncated: loaded.truncated && truncated,
	});
	if (!saved) warn('Skipped: an overlapping poll has already saved a newer state.');
	if (!saved || !loaded.flows) return [];
	// Flows beyond the end of a truncated list may not be new.
	const isCertain = ({ event }: FlowEvent) => event !== 'flowCreated' || !loaded.truncated;
	return detectChanges(previous, current).filter(
		(event) => isCertain(event) && parameters.matches(event),
	);
}

/** Whether a flow has what the event is about, so that users see all fields that they can map. */
function showsEvent(event: EventName, flow: Flow): boolean {
	if (event === 'validationErrorsChanged') return getValidationErrors(flow).length > 0;
	return event !== 'healthChanged' || flow.status !== 'PUBLISHED';
}

/**
 * A real flow for each selected event, if possible one in a state that fits the event. Nothing has
 * changed, so `previous` repeats the current values.
 */
async function createTestEvents(context: PollContext): Promise<FlowEvent[]> {
	const { client, wabaId, parameters, deadline } = context;
	const { events, includesFlow, appliesTo } = parameters;
	const { rows, stopReason } = await client.getFlows(wabaId, [], {
		limit: TEST_EVENT_LIMITS.flows,
		filter: includesFlow,
		maxPages: TEST_EVENT_LIMITS.pages,
		deadline,
	});
	if (stopReason === 'endOfList' && parameters.nameContains === '') {
		assertFlowsExist(parameters, rows, wabaId);
	}
	const examples = events.flatMap((event, index) => {
		const fitting = rows.filter((flow) => appliesTo(event, flow));
		const showing = fitting.filter((flow) => showsEvent(event, flow));
		const candidates = [showing, fitting].find(({ length }) => length > 0) ?? rows;
		const flow = candidates[index % candidates.length];
		return flow ? [{ event, flow }] : [];
	});
	if (examples.length === 0) {
		throw new InvalidInputError(
			`WABA ${wabaId} has no flow for a test event`,
			'Check the WABA ID, the selected flows, and the name filter. A published workflow waits for new flows.',
		);
	}
	const flows = await addHealth(
		context,
		examples.map(({ flow }) => flow),
	);
	return examples.map(({ event, flow: example }, index) => {
		const flow: Flow = flows[index] ?? example;
		const fields: string[] =
			event === 'flowCreated' || event === 'flowDeleted' ? [] : EVENT_FIELDS[event];
		const previous = Object.entries(flow).filter(([field]) => fields.includes(field));
		return { event, flow, previous: Object.fromEntries(previous) as JsonObject, before: flow };
	});
}
