// The example workflows, as npm start and the end-to-end tests import them.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './install.mjs';

const FOLDER = path.join(ROOT, 'examples');

/** The URLs of the mock APIs in the examples. */
export const EXAMPLE_URLS = {
	kaleyra: 'http://127.0.0.1:5680',
	eightByEight: 'http://127.0.0.1:5681',
};

/** The paths of the Reply Triggers in the examples. */
export const REPLIES_PATH = 'kaleyra-replies';
export const EIGHT_BY_EIGHT_REPLIES_PATH = '8x8-replies';

/** The editor gives imported webhooks a random ID, which is their path; the command line doesn't. */
function addWebhookIds(nodes) {
	for (const node of nodes) {
		if (node.type.endsWith('.kaleyraFlowsReplyTrigger')) node.webhookId ??= REPLIES_PATH;
		if (node.type.endsWith('.eightByEightFlowsReplyTrigger')) {
			node.webhookId ??= EIGHT_BY_EIGHT_REPLIES_PATH;
		}
	}
}

/**
 * Reads the example workflows. The ID of each is its file name without extension.
 *
 * @param urls the URLs of the running mock APIs, which replace those in the examples
 */
export async function readExamples(urls) {
	const names = Object.fromEntries(Object.entries(EXAMPLE_URLS).map(([name, url]) => [url, name]));
	const pattern = new RegExp(Object.keys(names).join('|'), 'g');
	const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.json')).sort();
	return await Promise.all(
		files.map(async (file) => {
			const json = await readFile(path.join(FOLDER, file), 'utf8');
			const workflow = JSON.parse(json.replace(pattern, (url) => urls[names[url]]));
			addWebhookIds(workflow.nodes);
			return { id: path.basename(file, '.json'), active: false, ...workflow };
		}),
	);
}
