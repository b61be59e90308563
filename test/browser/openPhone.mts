import type { Browser, Locator } from 'playwright-core';
import { launchBrowser } from './launchBrowser.mts';

/** The phone of a mock API's page, in a browser. */
export interface OpenPhone {
	phone: Locator;
	/** Opens the flow of the newest message with this button. @returns the flow's frame */
	openFlow(button: string): Promise<Locator>;
	close(): Promise<void>;
}

/** @param origin the mock API's */
export async function openPhone(origin: string): Promise<OpenPhone> {
	const browser: Browser = await launchBrowser();
	const page = await browser.newPage();
	await page.goto(origin);
	const phone = page.locator('#phone');
	return {
		phone,
		async openFlow(button) {
			await phone.getByRole('button', { name: button, exact: true }).last().click();
			return phone.locator('.flow-frame').last();
		},
		close: async () => await browser.close(),
	};
}
