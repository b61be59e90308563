import { expect, test } from 'vitest';
import type { Editor } from './Editor.mts';
import { POLL } from './Editor.mts';
import { EXAMPLE_ID, KALEYRA_WORKFLOW } from './workflows.mts';

export function describeExecutions(getEditor: () => Editor): void {
	test('A failed node shows Kaleyra’s message and how to fix it', async () => {
		const editor = getEditor();
		await editor.openWorkflow(KALEYRA_WORKFLOW.id);
		const panel = await editor.openNode('Get an unknown flow');
		await panel.execute();
		expect(await panel.getError()).toEqual({
			message: 'The flow_id either does not exist or does not belong to the account.',
			description:
				'Check the flow ID (for a list, the WABA ID) and that the credential is for the account that owns it. (code WA-401, HTTP 500)',
		});
	});

	test('Execute workflow runs an example, and its node shows the output', async () => {
		const editor = getEditor();
		await editor.openWorkflow(EXAMPLE_ID);
		await editor.page.getByTestId('execute-workflow-button').first().click();
		await editor.node('List flows').getByTestId('canvas-node-status-success').waitFor();
		const panel = await editor.openNode('List flows');
		await expect.poll(async () => await panel.getOutputRows(), POLL).toHaveLength(7);
		expect((await panel.getOutputRows())[4]).toMatch(/Pay an invoice\s+BLOCKED/);
	});
}
