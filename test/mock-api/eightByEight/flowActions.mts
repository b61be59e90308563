import type { FlowAction } from '../page/flows.mts';
import type { Flow } from './accounts.mts';
import { deprecate, publish, remove, VALIDATION_ERROR } from './accounts.mts';

const isDraft = ({ status }: Flow) => status === 'DRAFT';
const hasErrors = ({ validationErrors }: Flow) => validationErrors.length > 0;

/** What can happen to a flow in WhatsApp Manager; the buttons of the mock API's page. */
export const FLOW_ACTIONS: Record<string, FlowAction<Flow>> = {
	publish: {
		description: 'Publish the draft',
		isPossible: (flow) => isDraft(flow) && !hasErrors(flow),
		apply: publish,
	},
	deprecate: {
		description: 'Deprecate the flow',
		isPossible: ({ status }) => status === 'PUBLISHED',
		apply: deprecate,
	},
	break: {
		description: 'Make the flow JSON invalid',
		isPossible: (flow) => isDraft(flow) && !hasErrors(flow),
		apply: (flow) => (flow.validationErrors = [VALIDATION_ERROR]),
	},
	fix: {
		description: 'Make the flow JSON valid',
		isPossible: hasErrors,
		apply: (flow) => (flow.validationErrors = []),
	},
	delete: { description: 'Delete the draft', isPossible: isDraft, apply: remove },
};
