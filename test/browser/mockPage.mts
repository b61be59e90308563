import { expect, test } from 'vitest';
import type { KaleyraMock } from '../mock-api/KaleyraMock.mts';
import type { Editor } from './Editor.mts';

export function describeMockPage(getEditor: () => Editor, getMockApi: () => KaleyraMock): void {
	test('The second click of a double click on Block on the mock API’s page does not unblock the flow', async () => {
		const page = await getEditor().page.context().newPage();
		const posted: string[] = [];
		page.on('request', (request) => {
			if (request.method() === 'POST') posted.push(new URL(request.url()).pathname);
		});
		await page.goto(getMockApi().origin);
		const button = (name: string) => page.getByRole('button', { name, exact: true });
		await button('block Customer survey').click();
		// The browser calls this click a second one, at the place of the first.
		await button('unblock Customer survey').hover();
		await page.mouse.down({ clickCount: 2 });
		await page.mouse.up({ clickCount: 2 });
		const clicked = Date.now();
		await page.waitForResponse(
			(response) =>
				response.url().endsWith('/__page/state') && response.request().timing().startTime > clicked,
		);
		expect(posted).toEqual(['/__page/flows/block']);
		expect(getMockApi().flows[1]!.status).toBe('BLOCKED');
		await page.close();
	});
}
