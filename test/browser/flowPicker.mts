import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import type { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import type { Editor } from './Editor.mts';
import { POLL } from './Editor.mts';
import type { NodePanel } from './NodePanel.mts';
import { KALEYRA_WORKFLOW } from './workflows.mts';

export function describeFlowPicker(getEditor: () => Editor, getMockApi: () => KaleyraMock): void {
	const openPicker = async (node: string): Promise<{ panel: NodePanel; flows: Locator }> => {
		const editor = getEditor();
		await editor.openWorkflow(KALEYRA_WORKFLOW.id);
		const panel = await editor.openNode(node);
		await panel.parameter('flowId').getByTestId('rlc-input').click();
		return { panel, flows: editor.page.getByTestId('rlc-item') };
	};

	test('The flow picker of Publish lists drafts first', async () => {
		const { flows } = await openPicker('Publish');
		await expectTexts(flows, [
			'Book an appointment',
			'Sign up for the newsletter',
			'Customer survey',
			'Track an order',
			'Pay an invoice',
			'Summer raffle',
			'Ask for a quote',
		]);
	});

	test('The flow picker loads the next page when the user scrolls to the end', async () => {
		getMockApi().settings.pageSize = 4;
		const { flows } = await openPicker('Deprecate');
		await flows.nth(3).waitFor();
		await flows.nth(3).scrollIntoViewIfNeeded();
		await flows.nth(3).hover();
		await getEditor().page.mouse.wheel(0, 2000);
		await flows.getByText('Ask for a quote').waitFor();
		await expect.poll(async () => await flows.count(), POLL).toBe(7);
	});

	test('A search in the flow picker finds a flow, which the node then reads', async () => {
		const { panel, flows } = await openPicker('Get');
		await flows.first().waitFor();
		await getEditor().page.getByTestId('rlc-search').fill('order');
		await expectTexts(flows, ['Track an order']);
		await flows.first().click();
		await panel.execute();
		const rows = await panel.getOutputRows();
		expect(rows).toEqual([expect.stringContaining('Track an order')]);
	});
}

/** Waits until the elements have these texts. */
async function expectTexts(elements: Locator, texts: string[]): Promise<void> {
	await elements.getByText(texts[0]!, { exact: true }).waitFor();
	await expect.poll(async () => await elements.allInnerTexts(), POLL).toEqual(texts);
}
