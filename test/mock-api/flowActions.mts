import type { Flow, Status } from './accounts.mts';
import { publish, VALIDATION_ERROR } from './accounts.mts';
import type { FlowAction } from './page/flows.mts';

const hasStatus =
	(...statuses: Status[]) =>
	({ status }: Flow) =>
		statuses.includes(status);
const hasErrors = (flow: Flow) => flow.validation_errors.length > 0;
const isDraft = hasStatus('DRAFT');

const RESTORE = {
	description: 'Meta lifts the limit, because the endpoint is healthy again',
	apply: (flow: Flow) => (flow.status = 'PUBLISHED'),
};

/** What Meta, WhatsApp Manager, or the flow's endpoint can do to a flow; the buttons of the mock API's page. */
export const FLOW_ACTIONS: Record<string, FlowAction<Flow>> = {
	publish: {
		description: 'Publish the draft in WhatsApp Manager',
		isPossible: (flow) => isDraft(flow) && !hasErrors(flow),
		apply: publish,
	},
	throttle: {
		description: 'Meta limits the flow to 10 messages per hour, because its endpoint is unhealthy',
		isPossible: hasStatus('PUBLISHED', 'BLOCKED'),
		apply: (flow) => (flow.status = 'THROTTLED'),
	},
	block: {
		description: 'Meta blocks the flow, because its endpoint is unhealthy',
		isPossible: hasStatus('PUBLISHED', 'THROTTLED'),
		apply: (flow) => (flow.status = 'BLOCKED'),
	},
	unthrottle: { ...RESTORE, isPossible: hasStatus('THROTTLED') },
	unblock: { ...RESTORE, isPossible: hasStatus('BLOCKED') },
	break: {
		description: 'Make the flow JSON invalid',
		isPossible: (flow) => isDraft(flow) && !hasErrors(flow),
		apply: (flow) => (flow.validation_errors = [VALIDATION_ERROR]),
	},
	fix: {
		description: 'Make the flow JSON valid',
		isPossible: hasErrors,
		apply: (flow) => (flow.validation_errors = []),
	},
	delete: {
		description: 'Delete the draft in WhatsApp Manager',
		isPossible: isDraft,
		apply: (flow, siblings) => siblings.splice(siblings.indexOf(flow), 1),
	},
};
