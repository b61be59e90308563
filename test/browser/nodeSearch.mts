import { expect, test } from 'vitest';
import type { Editor } from './Editor.mts';
import { POLL } from './Editor.mts';
import { EXAMPLE_ID } from './workflows.mts';

const TRIGGERS = [
	'On flow created',
	'On flow deleted',
	'On health changed',
	'On metadata changed',
	'On status changed',
	'On validation errors changed',
];
const ACTIONS = [
	'FLOW ACTIONS',
	'Get many flows',
	'Get flow',
	'Create flow',
	'Create or update flow (returns a changed flow to draft)',
	'Update flow metadata (returns a published flow to draft)',
	'Update flow JSON (returns a published flow to draft)',
	'Download flow JSON',
	'Publish flow (cannot be deleted afterwards)',
	'Deprecate flow (cannot be undone)',
	'Delete flow (cannot be undone)',
	'Migrate flows to another WABA (published flows are published there)',
	'MESSAGE ACTIONS',
	'Send flow message',
	'Send flow template message',
	'Send flow message and wait for reply',
	'ENDPOINT ACTIONS',
	'Respond to an endpoint request',
	'Create a flow token',
	'Set the public key of a phone number',
];

export function describeNodeSearch(getEditor: () => Editor): void {
	test.each(['whatsapp form', 'publish flow'])(
		'The node search finds Kaleyra Flows for "%s"',
		async (text) => {
			const editor = getEditor();
			await editor.openWorkflow(EXAMPLE_ID);
			const results = await editor.searchNodes(text);
			await results.getByText('Kaleyra Flows', { exact: true }).waitFor();
		},
	);

	test('The node search lists each trigger event and action, and what cannot be undone', async () => {
		const editor = getEditor();
		await editor.openWorkflow(EXAMPLE_ID);
		const results = await editor.searchNodes('kaleyra flows');
		await results.getByText('Kaleyra Flows', { exact: true }).click();
		await editor.page.getByText('Triggers (6)').click();
		await results.getByText('On flow created').waitFor();
		const getLabels = async () => (await results.allInnerTexts()).map((label) => label.trim());
		await expect.poll(getLabels, POLL).toEqual([...ACTIONS, ...TRIGGERS]);
	});

	test('From an empty workflow, clicks list as many flows as Limit says', async () => {
		const editor = getEditor();
		await editor.goTo('/workflow/new');
		const results = await editor.searchNodes('kaleyra flows');
		await results.getByText('Kaleyra Flows', { exact: true }).click();
		await editor.page.getByText('Actions (17)').click();
		await results.getByText('Get many flows').click();
		const panel = await editor.openedPanel('Get many flows');
		await panel.parameter('limit').locator('input').fill('2');
		await panel.execute();
		expect(await panel.getOutputRows()).toEqual([
			expect.stringContaining('Book an appointment'),
			expect.stringContaining('Customer survey'),
		]);
	});
}
