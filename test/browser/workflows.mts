import { EIGHT_BY_EIGHT_PANELS } from './eightByEightPanels.mts';
import { KALEYRA_PANELS } from './kaleyraPanels.mts';
import type { PanelsWorkflow } from './panels.mts';
import { EIGHT_BY_EIGHT_CREDENTIAL, KALEYRA_CREDENTIAL } from './startHosts.mts';

/** An example of the playground. */
export const EXAMPLE_ID = 'list-flows';

export const KALEYRA_WORKFLOW: PanelsWorkflow = {
	id: 'panels-kaleyra',
	nodeName: 'Kaleyra Flows',
	nodeType: 'kaleyraFlows',
	packageName: 'n8n-nodes-kaleyra-flows',
	credential: KALEYRA_CREDENTIAL,
	panels: KALEYRA_PANELS,
};

export const EIGHT_BY_EIGHT_WORKFLOW: PanelsWorkflow = {
	id: 'panels-8x8',
	nodeName: '8x8 Flows',
	nodeType: 'eightByEightFlows',
	packageName: 'n8n-nodes-8x8-flows',
	credential: EIGHT_BY_EIGHT_CREDENTIAL,
	panels: EIGHT_BY_EIGHT_PANELS,
};
