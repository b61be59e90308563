import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { KaleyraApi } from '../../credentials/KaleyraApi.credentials.ts';
import { KaleyraCallbackApi } from '../../credentials/KaleyraCallbackApi.credentials.ts';
import { KaleyraFlowsEndpointApi } from '../../credentials/KaleyraFlowsEndpointApi.credentials.ts';
import { EightByEightChatAppsApi } from '../../packages/n8n-nodes-8x8-flows/credentials/EightByEightChatAppsApi.credentials.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const REPOSITORY = 'https://github.com/n8n-nodes-kaleyra-flows/n8n-nodes-kaleyra-flows';
const EIGHT_BY_EIGHT = 'packages/n8n-nodes-8x8-flows';

const CODEX_FILES = globSync(['nodes/*/*.node.json', `${EIGHT_BY_EIGHT}/nodes/*/*.node.json`], {
	cwd: ROOT,
});

interface Codex {
	resources: Record<'primaryDocumentation' | 'credentialDocumentation', { url: string }[]>;
}

function readUrls(file: string, kind: keyof Codex['resources']): string[] {
	const codex: Codex = JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
	return codex.resources[kind].map(({ url }) => url);
}

/** @returns the heading that an URL of this repository leads to, or the first one */
function readHeading(url: string): string | undefined {
	const [page = '', anchor] = url.split('#');
	const file = page.replace(REPOSITORY, '').replace(/^\/(blob|tree)\/main\//, '');
	const markdown = file.endsWith('.md') ? file : path.join(file, 'README.md');
	const headings = readFileSync(path.join(ROOT, markdown), 'utf8').match(/^#+ .+$/gm) ?? [];
	const toAnchor = (heading: string) =>
		heading.replace(/^#+ /, '').toLowerCase().replaceAll(' ', '-');
	return headings.find((heading) => anchor === undefined || toAnchor(heading) === anchor);
}

test.each(CODEX_FILES)(
	'%s links to a page without an anchor, to which n8n adds a query',
	(file) => {
		for (const url of readUrls(file, 'primaryDocumentation')) {
			expect(url).not.toContain('#');
			expect(readHeading(url)).toMatch(/^# /);
		}
	},
);

test.each(CODEX_FILES)('%s links to a section about its credential', (file) => {
	for (const url of readUrls(file, 'credentialDocumentation'))
		expect(readHeading(url)).toBeDefined();
});

test.each([
	[new KaleyraApi(), '## Credentials'],
	[new KaleyraCallbackApi(), '### Authentication'],
	[new KaleyraFlowsEndpointApi(), '## Credential'],
	[new EightByEightChatAppsApi(), '## Credentials'],
])('$name links to the section about it', ({ documentationUrl }, heading) => {
	expect(readHeading(documentationUrl)).toBe(heading);
});
