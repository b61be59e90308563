import type { Browser, Locator, Page } from 'playwright-core';
import { selectors } from 'playwright-core';
import type { N8n } from '../../playground/n8n.mjs';
import { NodePanel } from './NodePanel.mts';

/** Other processes may keep the cores busy. */
const ACTION_TIMEOUT_MS = 90_000;
/** For `expect.poll`, whose default is 1 s. */
export const POLL = { timeout: 60_000 };

selectors.setTestIdAttribute('data-test-id');

/** No test waits for an animation. */
const STOP_ANIMATIONS = `document.addEventListener('DOMContentLoaded', () => {
	const style = document.createElement('style');
	style.textContent = '*, ::before, ::after { animation: none !important; transition: none !important; }';
	document.head.append(style);
});`;

interface EditorOptions {
	viewport?: { width: number; height: number };
	colorScheme?: 'light' | 'dark';
}

/** n8n's editor in a browser. */
export class Editor {
	readonly page: Page;
	readonly #origin: string;

	private constructor(page: Page, origin: string) {
		this.page = page;
		this.#origin = origin;
	}

	/** Opens a page with the session of the logged-in owner. */
	static async open(browser: Browser, n8n: N8n, options: EditorOptions = {}): Promise<Editor> {
		const context = await browser.newContext({
			viewport: { width: 1500, height: 950 },
			...options,
		});
		const [name = '', value = ''] = n8n.cookie.split('=');
		await context.addCookies([{ name, value, url: n8n.origin }]);
		// n8n accepts a session only with the ID of the browser that logged in.
		await context.addInitScript("localStorage.setItem('n8n-browserId', 'playground')");
		await context.addInitScript(STOP_ANIMATIONS);
		context.setDefaultTimeout(ACTION_TIMEOUT_MS);
		return new Editor(await context.newPage(), n8n.origin);
	}

	/** Goes to a page. Once the editor is loaded, it navigates as its own links do, because loading it takes seconds. */
	async goTo(path: string): Promise<void> {
		if (!this.page.url().startsWith(this.#origin)) await this.page.goto(this.#origin + path);
		else {
			await this.page.evaluate(`
				history.pushState(null, '', ${JSON.stringify(path)});
				dispatchEvent(new PopStateEvent('popstate', { state: null }));
			`);
		}
	}

	/** Opens a workflow, or closes the node that is open in it. */
	async openWorkflow(id: string): Promise<void> {
		const [, , openId] = new URL(this.page.url()).pathname.split('/');
		if (openId !== id) await this.goTo(`/workflow/${id}`);
		else if ((await this.panel.count()) > 0) {
			await this.panel.getByTestId('ndv-close-button').click();
			await this.panel.waitFor({ state: 'detached' });
		}
	}

	async openNode(name: string): Promise<NodePanel> {
		await this.node(name).dblclick();
		return await this.openedPanel(name);
	}

	/** Waits for the panel of a node that the editor opens by itself. */
	async openedPanel(name: string): Promise<NodePanel> {
		const title = this.page.getByTestId('node-title-container').getByText(name, { exact: true });
		const panel = this.panel.filter({ has: title });
		await panel.getByTestId('parameter-item').first().waitFor();
		return new NodePanel(panel);
	}

	get panel(): Locator {
		return this.page.getByTestId('ndv');
	}

	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Searches for nodes, as in an empty workflow. @returns the search results */
	async searchNodes(text: string): Promise<Locator> {
		const search = this.page.getByTestId('node-creator-search-bar');
		if ((await search.count()) === 0)
			await this.page.getByTestId('node-creator-plus-button').click();
		await search.fill(text);
		return this.page.getByTestId('item-iterator-item');
	}
}
