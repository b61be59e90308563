import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { EXAMPLE_URLS } from '../../playground/examples.mjs';

interface Workflow {
	nodes: { type: string; webhookId?: string; parameters: Record<string, unknown> }[];
}

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const FILES = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));

test.each(FILES)(
	// Without the key, every second step of an imported workflow fails in the editor of n8n 2.41.
	'%s has the key pinData',
	(file) => {
		expect(JSON.parse(readFileSync(EXAMPLES + file, 'utf8'))).toHaveProperty('pinData', {});
	},
);

test.each(FILES)(
	"%s has a note that links to a mock API's page and says how to try and to use it",
	(file) => {
		const { nodes } = JSON.parse(readFileSync(EXAMPLES + file, 'utf8')) as Workflow;
		const notes = nodes
			.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
			.map(({ parameters }) => String(parameters['content']))
			.join('\n');
		const links = Object.values(EXAMPLE_URLS).filter((url) => notes.includes(`](${url})`));
		expect(links).not.toEqual([]);
		expect(notes).toContain('**Try it**');
		expect(notes).toContain('**Use it**');
	},
);

test.each(FILES)('%s sends its HTTP requests to a mock API', (file) => {
	const { nodes } = JSON.parse(readFileSync(EXAMPLES + file, 'utf8')) as Workflow;
	const urls = nodes
		.filter(({ type }) => type === 'n8n-nodes-base.httpRequest')
		.map(({ parameters }) => String(parameters['url']));
	const mockUrls = Object.values(EXAMPLE_URLS);
	expect(urls.filter((url) => !mockUrls.includes(new URL(url).origin))).toEqual([]);
});

test.each(FILES)('%s names a customer who has no profile name', (file) => {
	const content = readFileSync(EXAMPLES + file, 'utf8');
	expect(content).not.toMatch(/\$json\.profile_name(?! \|\| \$json\.from)/);
});

test.each(FILES)('%s has no webhook with a path that others know', (file) => {
	const { nodes } = JSON.parse(readFileSync(EXAMPLES + file, 'utf8')) as Workflow;
	const paths = nodes
		.filter(({ type }) => type.endsWith('FlowsReplyTrigger'))
		.map(({ parameters, webhookId }) => [parameters['path'], webhookId]);
	expect(paths.flat().filter(Boolean)).toEqual([]);
});
