import { expect, test } from 'vitest';
import type { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import type { Editor } from './Editor.mts';
import { KALEYRA_WORKFLOW } from './workflows.mts';

export function describeCredentials(getEditor: () => Editor, getMockApi: () => KaleyraMock): void {
	test('A credential with a wrong API key fails its test with the fix, and passes with the right key', async () => {
		const editor = getEditor();
		await editor.openWorkflow(KALEYRA_WORKFLOW.id);
		const panel = await editor.openNode('Get Many');
		await panel.root.getByTestId('credential-edit-button').click();
		const dialog = editor.page.getByTestId('editCredential-modal');
		const success = dialog.getByTestId('credentials-config-container-test-success');
		await success.waitFor();
		const saveKey = async (apiKey: string) => {
			await dialog.getByTestId('parameter-input-apiKey').locator('input').fill(apiKey);
			await dialog.getByTestId('credential-save-button').click();
		};

		await saveKey('A0wrong');
		await dialog.getByText('Couldn’t connect with these settings').waitFor();
		await dialog.getByText('More details').click();
		const text = await dialog.getByText('Incorrect SID or API key').innerText();
		expect(text).toBe(
			'Incorrect SID or API key. Check the SID, API key, and pod. Edit API Key in the Kaleyra console shows all three. (code RBC001, HTTP 401)',
		);

		await saveKey(getMockApi().account.apiKey);
		await success.waitFor();
		expect(await success.innerText()).toContain('Connection tested successfully');
		await editor.page.keyboard.press('Escape');
		await dialog.waitFor({ state: 'detached' });
	});
}
