import { expect, test } from 'vitest';
import type { Editor } from './Editor.mts';
import { POLL } from './Editor.mts';
import { FIRST_CREDENTIAL, PANELS } from './expectedPanels.mts';
import { KALEYRA_CREDENTIAL } from './startHosts.mts';

const COLUMNS = 6;

/** A workflow with a node for each panel. */
export const PANELS_WORKFLOW = {
	id: 'panels',
	name: 'Panels',
	active: false,
	nodes: Object.entries(PANELS).map(
		([name, { parameters, type = 'kaleyraFlows', typeVersion = 1 }], index) => ({
			// The editor finds a node by the first six characters of its ID.
			id: String(index).padStart(6, '0'),
			name,
			type: `n8n-nodes-kaleyra-flows.${type}`,
			typeVersion,
			position: [(index % COLUMNS) * 220, Math.floor(index / COLUMNS) * 180],
			parameters,
			credentials: {
				kaleyraApi: { id: KALEYRA_CREDENTIAL.id, name: KALEYRA_CREDENTIAL.name },
			},
		}),
	),
	connections: {},
};

export function describePanels(getEditor: () => Editor): void {
	test.each(Object.entries(PANELS))(
		'The panel of %s shows exactly its parameters, options, and credentials',
		async (name, { shows, options, type, credentials = FIRST_CREDENTIAL }) => {
			const editor = getEditor();
			await editor.openWorkflow(PANELS_WORKFLOW.id);
			const panel = await editor.openNode(name);
			const selectors = type ? [] : ['Resource (resource)', 'Operation (operation)'];
			await expect
				.poll(async () => await panel.getParameters(), POLL)
				.toEqual([...selectors, ...shows]);
			await expect.poll(async () => await panel.getCredentials(), POLL).toEqual(credentials);
			if (options) expect(await panel.getOptions()).toEqual(options);
		},
	);
}
