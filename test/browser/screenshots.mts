// npm run screenshots: takes the pictures of the README and the documentation, light and dark.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { installN8n, ROOT } from '../../playground/install.mjs';
import { Editor } from './Editor.mts';
import { launchBrowser } from './launchBrowser.mts';
import { KALEYRA_CREDENTIAL, startHosts } from './startHosts.mts';

const IMAGES = path.join(ROOT, 'docs', 'images');
const VIEWPORT = { width: 1440, height: 780 };
/** A list whose columns fit the output panel. */
const LIST_WORKFLOW = {
	id: 'pictures',
	name: 'List flows',
	active: false,
	nodes: [
		{
			id: '000001',
			name: 'Get many flows',
			type: 'n8n-nodes-kaleyra-flows.kaleyraFlows',
			typeVersion: 1,
			position: [0, 0],
			parameters: { resource: 'flow', operation: 'getMany', fields: ['name', 'status'] },
			credentials: {
				kaleyraApi: { id: KALEYRA_CREDENTIAL.id, name: KALEYRA_CREDENTIAL.name },
			},
		},
	],
	connections: {},
};

await installN8n();
await mkdir(IMAGES, { recursive: true });
const hosts = await startHosts([LIST_WORKFLOW]);

async function closeNotification(page: Page): Promise<void> {
	const notification = page.locator('.el-notification');
	await notification.locator('.el-notification__closeBtn').click();
	await notification.waitFor({ state: 'detached' });
}

/** Each picture's name, and how to get there. @returns what to take a picture of */
const PICTURES: Record<string, (editor: Editor) => Promise<Page | Locator>> = {
	async 'list-flows'(editor) {
		await editor.openWorkflow(LIST_WORKFLOW.id);
		const panel = await editor.openNode('Get many flows');
		await panel.execute();
		await closeNotification(editor.page);
		return editor.page;
	},
	async trigger(editor) {
		await editor.openWorkflow('alert-on-trouble');
		const panel = await editor.openNode('Flow blocked or throttled');
		await panel.execute();
		await closeNotification(editor.page);
		return editor.page;
	},
	async agent(editor) {
		await editor.openWorkflow('ask-about-your-flows');
		await editor.node('AI Agent').hover();
		// The button Open chat would cover the name of a node.
		await editor.page.mouse.wheel(0, 80);
		await editor.page.mouse.move(0, 0);
		return editor.page.getByTestId('canvas-wrapper');
	},
	async 'mock-api'(editor) {
		await fetch(`${hosts.kaleyra.origin}/chat/flow-alerts`, {
			method: 'POST',
			body: JSON.stringify({ text: 'Pay an invoice (900000000000005) is BLOCKED' }),
		});
		await editor.page.setViewportSize({ width: 1280, height: 670 });
		await editor.page.goto(hosts.kaleyra.origin);
		await editor.page.getByText('Customer survey').first().waitFor();
		return editor.page;
	},
};

let browser: Browser | undefined;
try {
	browser = await launchBrowser();
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
} finally {
	await browser?.close();
	await hosts.stop();
}
