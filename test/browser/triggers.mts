import { expect, test } from 'vitest';
import type { Editor } from './Editor.mts';
import { KALEYRA_WORKFLOW } from './workflows.mts';

export function describeTriggers(getEditor: () => Editor): void {
	test('Fetch Test Event of the trigger shows an event of an existing flow', async () => {
		const editor = getEditor();
		await editor.openWorkflow(KALEYRA_WORKFLOW.id);
		const panel = await editor.openNode('Flows Trigger');
		expect(await panel.root.getByTestId('node-execute-button').innerText()).toBe(
			'Fetch Test Event',
		);
		await panel.execute();
		expect(await panel.getOutputRows()).toEqual([
			expect.stringMatching(/^statusChanged[^]*Track an order[^]*THROTTLED/),
		]);
	});

	test('The Reply Trigger shows its URLs for GET and POST, and where to enter them', async () => {
		const editor = getEditor();
		await editor.openWorkflow(KALEYRA_WORKFLOW.id);
		const panel = await editor.openNode('Reply Trigger');
		const url = expect.stringMatching(/\/webhook-test\/replies$/);
		expect(await panel.getWebhookUrls()).toEqual([url, url]);
		await panel.root.getByText(/^Copy the production URL into the Kaleyra console/).waitFor();
		await panel.root.getByText(/^Without authentication, everyone who knows the URL/).waitFor();
	});

	test('The Reply Trigger does not warn about missing authentication when it checks a header', async () => {
		const editor = getEditor();
		await editor.openWorkflow(KALEYRA_WORKFLOW.id);
		const panel = await editor.openNode('Reply Trigger with a header');
		await panel.root.getByText(/^Copy the production URL into the Kaleyra console/).waitFor();
		expect(await panel.root.getByText(/^Without authentication/).count()).toBe(0);
	});

	test('The Endpoint Trigger shows its URL, and where to enter it', async () => {
		const editor = getEditor();
		await editor.openWorkflow(KALEYRA_WORKFLOW.id);
		const panel = await editor.openNode('Endpoint Trigger');
		expect(await panel.getWebhookUrls()).toEqual([
			expect.stringMatching(/\/webhook-test\/endpoint$/),
		]);
		await panel.root.getByText(/^Set the production URL as the endpoint URI/).waitFor();
	});
}
