// npm run screenshots: takes the pictures of the README and the documentation, light and dark.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { installN8n, ROOT } from '../../playground/install.mjs';
import { Editor } from './Editor.mts';
import { launchBrowser } from './launchBrowser.mts';
import { startHosts } from './startHosts.mts';

const IMAGES = path.join(ROOT, 'docs', 'images');
const VIEWPORT = { width: 1280, height: 720 };

await installN8n();
await mkdir(IMAGES, { recursive: true });
const browser = await launchBrowser();
const hosts = await startHosts([]);

/** Each picture's name, and how to get there. @returns what to take a picture of */
const PICTURES: Record<string, (editor: Editor) => Promise<Page | Locator>> = {
	async 'list-flows'(editor) {
		await editor.openWorkflow('list-flows');
		const panel = await editor.openNode('List flows');
		await panel.execute();
		return editor.page;
	},
	async actions(editor) {
		await editor.goTo('/workflow/new');
		const results = await editor.searchNodes('kaleyra flows');
		await results.getByText('Kaleyra Flows', { exact: true }).click();
		await editor.page.getByText('Actions (17)').click();
		await results.getByText('Get many flows').scrollIntoViewIfNeeded();
		return editor.page;
	},
	async trigger(editor) {
		await editor.openWorkflow('alert-on-trouble');
		const panel = await editor.openNode('Flow blocked or throttled');
		await panel.execute();
		return editor.page;
	},
	async agent(editor) {
		await editor.openWorkflow('ask-about-your-flows');
		await editor.node('AI Agent').waitFor();
		return editor.page.getByTestId('canvas-wrapper');
	},
	async 'mock-api'(editor) {
		const credential = { 'api-key': hosts.kaleyra.account.apiKey };
		const url = `${hosts.kaleyra.origin}/v2/${hosts.kaleyra.account.sid}/whatsapp`;
		await fetch(`${url}/102290129340398/flows`, { headers: credential });
		await editor.page.goto(hosts.kaleyra.origin);
		await editor.page.getByText('Customer survey').first().waitFor();
		return editor.page;
	},
};

for (const colorScheme of ['light', 'dark'] as const) {
	const editor = await Editor.open(browser, hosts.n8n, { colorScheme, viewport: VIEWPORT });
	for (const [name, prepare] of Object.entries(PICTURES)) {
		hosts.kaleyra.reset();
		const target = await prepare(editor);
		const file = path.join(IMAGES, `${name}-${colorScheme}.png`);
		await target.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
		console.log(path.relative(ROOT, file));
	}
	await editor.page.context().close();
}
await browser.close();
await hosts.stop();
