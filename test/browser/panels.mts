import { expect, test } from 'vitest';
import type { Editor } from './Editor.mts';
import { POLL } from './Editor.mts';

const COLUMNS = 6;

export const REQUEST_OPTIONS = [
	'Max Concurrent Items',
	'Max Retries',
	'Rate Limit Timeout (Seconds)',
	'Timeout (Seconds)',
];

export const SCREEN_OPTIONS = ['Screen', 'Screen Data', 'Screen Data (JSON)'];

export const TEMPLATE_PARAMETERS = [
	'Template Name (templateName)',
	'Template Language (language)',
	'Body Variables (bodyVariables)',
];

/** n8n doesn't show the type of a node's first credential. */
export const FIRST_CREDENTIAL = ['Credential'];

export interface Panel {
	/** Without it, the node is the one with the operations. */
	type?: string;
	typeVersion?: number;
	/** The parameters that the workflow has saved. */
	parameters: Record<string, unknown>;
	shows: string[];
	/** What the collection Options offers. */
	options?: string[];
	/** What other collections offer, by parameter name. */
	collections?: Record<string, string[]>;
	credentials?: string[];
}

type OperationPanel = Omit<Panel, 'type' | 'typeVersion' | 'parameters'>;

export const createFlowPanel = (
	operation: string,
	panel: OperationPanel,
	parameters = {},
): Panel => ({
	...panel,
	parameters: { resource: 'flow', operation, ...parameters },
});

export const createMessagePanel = (operation: string, panel: OperationPanel): Panel => ({
	...panel,
	parameters: { resource: 'message', operation },
});

export interface PanelsWorkflow {
	id: string;
	/** The node with the operations. */
	nodeName: string;
	nodeType: string;
	packageName: string;
	credential: { id: string; name: string; type: string };
	panels: Record<string, Panel>;
}

/** Creates a workflow with a node for each panel. */
export function createPanelsWorkflow(workflow: PanelsWorkflow) {
	const { id, nodeName, nodeType, packageName, credential, panels } = workflow;
	return {
		id,
		name: `Panels of ${nodeName}`,
		active: false,
		nodes: Object.entries(panels).map(
			([name, { parameters, type = nodeType, typeVersion = 1 }], index) => ({
				// The editor finds a node by the first six characters of its ID.
				id: String(index).padStart(6, '0'),
				name,
				type: `${packageName}.${type}`,
				typeVersion,
				position: [(index % COLUMNS) * 220, Math.floor(index / COLUMNS) * 180],
				parameters,
				credentials: { [credential.type]: { id: credential.id, name: credential.name } },
			}),
		),
		connections: {},
	};
}

export function describePanels(
	getEditor: () => Editor,
	{ id, nodeName, panels }: PanelsWorkflow,
): void {
	test.each(Object.entries(panels))(
		`${nodeName}: the panel of %s shows exactly its parameters, options, and credentials`,
		async (name, { shows, options, collections, type, credentials = FIRST_CREDENTIAL }) => {
			const editor = getEditor();
			await editor.openWorkflow(id);
			const panel = await editor.openNode(name);
			const selectors = type ? [] : ['Resource (resource)', 'Operation (operation)'];
			await expect
				.poll(async () => await panel.getParameters(), POLL)
				.toEqual([...selectors, ...shows]);
			const offers = Object.entries({ ...collections, ...(options && { options }) });
			for (const [collection, expected] of offers)
				expect(await panel.getOptions(collection)).toEqual(expected);
			await expect.poll(async () => await panel.getCredentials(), POLL).toEqual(credentials);
		},
	);
}
