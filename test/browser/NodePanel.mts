import type { Locator } from 'playwright-core';

/** The panel of a node that is open in the editor. */
export class NodePanel {
	readonly root: Locator;
	readonly output: Locator;

	constructor(root: Locator) {
		this.root = root;
		this.output = root.getByTestId('output-panel');
	}

	parameter(name: string): Locator {
		return this.root.getByTestId(`parameter-input-${name}`);
	}

	/** @returns each visible parameter as `Label (name)`, without the fields inside collections */
	async getParameters(): Promise<string[]> {
		const lists = this.root.locator('.parameter-input-list-wrapper');
		const items = lists.first().locator(':scope > [data-test-id="parameter-item"]');
		return await items.evaluateAll((elements) =>
			elements.flatMap((element) => {
				const prefix = 'assignment-collection-';
				const assignments = element.querySelector(`[data-test-id^="${prefix}"]`);
				const label = element.querySelector(assignments ? 'label' : 'label[for]');
				const name =
					assignments?.getAttribute('data-test-id')?.replace(prefix, '') ??
					label?.getAttribute('for');
				const title = label?.querySelector('[class*="title"]')?.textContent.replace('*', '').trim();
				return label ? [`${title} (${name})`] : [];
			}),
		);
	}

	/** @returns the labels of the credentials that the node asks for */
	async getCredentials(): Promise<string[]> {
		const labels = await this.root.getByTestId('credentials-label').allInnerTexts();
		return labels.map((label) => label.split('\n')[0]!.trim());
	}

	/** @returns what can be added to a collection */
	async getOptions(collection: string): Promise<string[]> {
		const label = this.root.page().locator(`label[for="${collection}"]`);
		const add = this.root
			.getByTestId('parameter-item')
			.filter({ has: label })
			.getByTestId('collection-parameter-add');
		await add.click();
		const options = this.root
			.page()
			.getByTestId('collection-parameter-option')
			.filter({ visible: true });
		await options.first().waitFor();
		const labels = await options.allInnerTexts();
		await add.click();
		await options.first().waitFor({ state: 'hidden' });
		return labels.map((text) => text.trim());
	}

	/** Opens the list of webhook URLs. @returns the test URLs, one for each HTTP method */
	async getWebhookUrls(): Promise<string[]> {
		await this.root.getByText('Webhook URLs').click();
		const urls = this.root.locator('.webhook-url');
		await urls.first().waitFor();
		const texts = await urls.allInnerTexts();
		return texts.map((text) => text.trim());
	}

	/** Executes the node, or fetches a test event, and waits for its output or error. */
	async execute(): Promise<void> {
		await this.root.getByTestId('node-execute-button').last().click();
		const result = this.output.locator('table, [data-test-id="node-error-message"]');
		await result.first().waitFor();
	}

	/** Waits for the first row of the output table. @returns its rows */
	async getOutputRows(): Promise<string[]> {
		const rows = this.output.locator('tbody tr');
		await rows.first().waitFor();
		return await rows.allInnerTexts();
	}

	/** @returns the first line of the error, and how to fix it */
	async getError(): Promise<{ message: string; description: string }> {
		const message = await this.output.getByTestId('node-error-message').innerText();
		const description = await this.output.getByTestId('node-error-description').innerText();
		return { message, description };
	}
}
