import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

// What n8n's verification asks of a package. See docs/release.md.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EIGHT_BY_EIGHT = 'packages/n8n-nodes-8x8-flows';

/** Source: n8n's codex files. */
const CATEGORIES = [
	'AI',
	'Analytics',
	'Communication',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];

/** Headings of a README, with what n8n's guidelines ask for. */
const SECTIONS = [
	'Installation',
	'Compatibility',
	'Credentials',
	'Operations',
	'Example workflows',
	'Resources',
];

/** Scripts that npm runs when a user installs the package. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];

interface Manifest {
	name: string;
	version: string;
	license: string;
	author: object;
	homepage: string;
	repository: { url: string; directory?: string };
	keywords: string[];
	files: string[];
	scripts: Record<string, string>;
	peerDependencies: object;
	n8n: { n8nNodesApiVersion: number; strict: boolean; nodes: string[]; credentials: string[] };
}

interface Codex {
	node: string;
	nodeVersion: string;
	codexVersion: string;
	categories: string[];
	resources: Record<'primaryDocumentation' | 'credentialDocumentation', { url: string }[]>;
}

const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');
const readManifest = (folder: string): Manifest => JSON.parse(read(folder, 'package.json'));
const root = readManifest('.');

describe.each(['.', EIGHT_BY_EIGHT])('The package in %s', (folder) => {
	const manifest = readManifest(folder);
	const { nodes, credentials } = manifest.n8n;
	const toSource = (built: string) => built.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	const sources = [...nodes, ...credentials].map(toSource);

	test('has the name, keyword, license, and host that n8n requires', () => {
		expect(manifest.name).toMatch(/^n8n-nodes-[a-z0-9-]+$/);
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(read(folder, 'LICENSE')).toMatch(/^MIT License/);
		expect(manifest.n8n).toMatchObject({ n8nNodesApiVersion: 1, strict: true });
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	test('has no runtime dependency, override, or script that runs at installation', () => {
		const forbidden = ['dependencies', 'optionalDependencies', 'bundledDependencies', 'overrides'];
		expect(Object.keys(manifest).filter((key) => forbidden.includes(key))).toEqual([]);
		const scripts = Object.keys(manifest.scripts);
		expect(scripts.filter((name) => INSTALL_SCRIPTS.includes(name))).toEqual([]);
	});

	test('publishes only dist', () => expect(manifest.files).toEqual(['dist']));

	test('names its repository on GitHub, and the version and author of the other package', () => {
		const repository = /^git\+(https:\/\/github\.com\/[\w-]+\/[\w-]+)\.git$/.exec(
			manifest.repository.url,
		)?.[1];
		expect(repository).toBeDefined();
		expect(manifest.homepage.startsWith(`${repository}`)).toBe(true);
		expect(manifest.repository.directory).toBe(folder === '.' ? undefined : folder);
		const { version, author } = root;
		expect(manifest).toMatchObject({ version, author, repository: { url: root.repository.url } });
	});

	test('lists every node and credential', () => {
		const files = globSync(['nodes/**/*.node.ts', 'credentials/*.credentials.ts'], {
			cwd: join(ROOT, folder),
		});
		expect(sources.sort()).toEqual(files.sort());
	});

	test.each(nodes.map(toSource))('%s has a codex file with a category of n8n', (source) => {
		const codex: Codex = JSON.parse(read(folder, source.replace(/\.ts$/, '.json')));
		const [, name = ''] =
			/\tdescription: INodeTypeDescription = \{[^]*?\n\t\tname: '(\w+)'/.exec(
				read(folder, source),
			) ?? [];
		expect(codex).toMatchObject({
			node: `${manifest.name}.${name}`,
			nodeVersion: '1.0',
			codexVersion: '1.0',
		});
		expect(codex.categories.length).toBeGreaterThan(0);
		expect(CATEGORIES).toEqual(expect.arrayContaining(codex.categories));
		for (const [{ url } = { url: '' }] of Object.values(codex.resources)) {
			expect(url).toMatch(/^https:\/\//);
		}
	});

	test.each(sources)('%s has a square icon for light and dark themes', (source) => {
		const icons = [...read(folder, source).matchAll(/(light|dark): 'file:([^']+\.svg)'/g)];
		expect(icons.map(([, theme]) => theme)).toEqual(['light', 'dark']);
		for (const [, , path = ''] of icons) {
			const icon = join(folder, dirname(source), path);
			expect(existsSync(join(ROOT, icon))).toBe(true);
			expect(read(icon)).toMatch(/viewBox="0 0 (\d+) \1"/);
		}
		expect(new Set(icons.map(([, , path]) => path)).size).toBe(2);
	});

	test('has a README with the sections that users need, in English', () => {
		const readme = read(folder, 'README.md');
		const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
		expect(headings).toEqual(expect.arrayContaining(SECTIONS));
		expect(readme).toContain('MIT');
	});

	test('has a changelog with its version, or with unreleased changes', () => {
		const changelog = read(folder, 'CHANGELOG.md');
		const [, latest] = /^## \[([^\]]+)\]/m.exec(changelog) ?? [];
		expect(['Unreleased', manifest.version]).toContain(latest);
	});
});

describe('The publish workflow', () => {
	const workflow = read('.github/workflows/publish.yml');

	test('publishes both packages from GitHub Actions with a provenance statement', () => {
		expect(workflow).toContain('id-token: write');
		const commands = workflow.match(/npm publish .*/g);
		expect(commands).toEqual(Array(2).fill('npm publish --provenance --access public'));
		expect(workflow).toContain(`working-directory: ${EIGHT_BY_EIGHT}`);
	});

	test('tests before it publishes, without the right to publish', () => {
		const [, tests = '', publishing = ''] = workflow.split(/^ {2}(?:test|publish):$/m);
		expect(tests).toContain('npm test');
		expect(tests).not.toContain('id-token');
		expect(publishing).toContain('needs: test');
	});

	test('pins each action by its commit', () => {
		const actions = [...workflow.matchAll(/uses: (.+)/g)].map(([, action]) => action);
		expect(actions.length).toBeGreaterThan(0);
		for (const action of actions) expect(action).toMatch(/@[0-9a-f]{40} # v/);
	});
});
