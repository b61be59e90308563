import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { describeCredentials } from './credentials.mts';
import { Editor } from './Editor.mts';
import { describeExecutions } from './executions.mts';
import { describeFlowPicker } from './flowPicker.mts';
import { launchBrowser } from './launchBrowser.mts';
import { describeMockPage } from './mockPage.mts';
import { describeNodeSearch } from './nodeSearch.mts';
import { createPanelsWorkflow, describePanels } from './panels.mts';
import type { Hosts } from './startHosts.mts';
import { startHosts } from './startHosts.mts';
import { describeTriggers } from './triggers.mts';
import { EIGHT_BY_EIGHT_WORKFLOW, KALEYRA_WORKFLOW } from './workflows.mts';

// The packed packages in the editor of a real n8n, in one browser page. No test waits a fixed time.

const FAILURES = path.join(import.meta.dirname, 'failures');

let browser: Browser;
let hosts: Hosts;
let editor: Editor;

const getEditor = () => editor;
const getMockApi = () => hosts.kaleyra;

beforeAll(async () => {
	browser = await launchBrowser();
	hosts = await startHosts([KALEYRA_WORKFLOW, EIGHT_BY_EIGHT_WORKFLOW].map(createPanelsWorkflow));
	editor = await Editor.open(browser, hosts.n8n);
}, 400_000);

afterAll(async () => {
	// What failed to start is undefined.
	await browser?.close();
	await hosts?.stop();
});

beforeEach(() => hosts.kaleyra.reset());

afterEach(async ({ task }) => {
	if (task.result?.state !== 'fail') return;
	await mkdir(FAILURES, { recursive: true });
	const file = path.join(FAILURES, `${task.name.replace(/[^a-z0-9]+/gi, '-')}.png`);
	await editor.page.screenshot({ path: file });
	console.log(`Screenshot: ${file}`);
	// The next test starts without what this one left open.
	await editor.page.context().close();
	editor = await Editor.open(browser, hosts.n8n);
});

describe('', { timeout: 180_000 }, () => {
	describePanels(getEditor, KALEYRA_WORKFLOW);
	describeFlowPicker(getEditor, getMockApi);
	describeCredentials(getEditor, getMockApi);
	describeTriggers(getEditor);
	describeExecutions(getEditor);
	describeNodeSearch(getEditor);
	describePanels(getEditor, EIGHT_BY_EIGHT_WORKFLOW);
	describeMockPage(getEditor, getMockApi);
});
