import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { KaleyraApi } from '../../credentials/KaleyraApi.credentials.ts';
import { KaleyraFlowsEndpointApi } from '../../credentials/KaleyraFlowsEndpointApi.credentials.ts';
import { EightByEightChatAppsApi } from '../../packages/n8n-nodes-8x8-flows/credentials/EightByEightChatAppsApi.credentials.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const REPOSITORY = 'https://github.com/n8n-nodes-kaleyra-flows/n8n-nodes-kaleyra-flows';
const EIGHT_BY_EIGHT = 'packages/n8n-nodes-8x8-flows';
const EIGHT_BY_EIGHT_URL = `${REPOSITORY}/tree/main/${EIGHT_BY_EIGHT}`;

interface Codex {
	resources: Record<'primaryDocumentation' | 'credentialDocumentation', { url: string }[]>;
}

const readCodexLinks = (path: string) => {
	const codex: Codex = JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
	const { primaryDocumentation, credentialDocumentation } = codex.resources;
	return [...primaryDocumentation, ...credentialDocumentation].map(({ url }) => url);
};

test.each<[string, string[], string, string, string[]]>([
	[
		'Kaleyra Flows node',
		readCodexLinks('nodes/KaleyraFlows/KaleyraFlows.node.json'),
		REPOSITORY,
		'.',
		['operations', 'credentials'],
	],
	[
		'Kaleyra Flows Trigger node',
		readCodexLinks('nodes/KaleyraFlowsTrigger/KaleyraFlowsTrigger.node.json'),
		REPOSITORY,
		'.',
		['trigger', 'credentials'],
	],
	['Kaleyra credential', [new KaleyraApi().documentationUrl], REPOSITORY, '.', ['credentials']],
	[
		'8x8 Flows node',
		readCodexLinks(`${EIGHT_BY_EIGHT}/nodes/EightByEightFlows/EightByEightFlows.node.json`),
		EIGHT_BY_EIGHT_URL,
		EIGHT_BY_EIGHT,
		['operations', 'credentials'],
	],
	[
		'8x8 credential',
		[new EightByEightChatAppsApi().documentationUrl],
		EIGHT_BY_EIGHT_URL,
		EIGHT_BY_EIGHT,
		['credentials'],
	],
])('The %s links to sections of its README', (_, links, url, folder, anchors) => {
	expect(links).toEqual(anchors.map((anchor) => `${url}#${anchor}`));
	const readme = readFileSync(join(ROOT, folder, 'README.md'), 'utf8');
	const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading.toLowerCase().replaceAll(' ', '-'),
	);
	expect(headings).toEqual(expect.arrayContaining(anchors));
});

test('The Kaleyra Flows Endpoint Trigger node and its credential link to docs/endpoint.md', () => {
	const codex = 'nodes/KaleyraFlowsEndpointTrigger/KaleyraFlowsEndpointTrigger.node.json';
	const page = `${REPOSITORY}/blob/main/docs/endpoint.md`;
	const { documentationUrl } = new KaleyraFlowsEndpointApi();
	expect([...readCodexLinks(codex), documentationUrl]).toEqual([
		page,
		`${page}#credential`,
		`${page}#credential`,
	]);
	expect(readFileSync(join(ROOT, 'docs/endpoint.md'), 'utf8')).toMatch(/^## Credential$/m);
});
