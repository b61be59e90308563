// npm run release:check: checks what n8n's verification asks, and installs the packed packages in an empty n8n.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installN8n, installTools, ROOT } from '../playground/install.mjs';
import { freePort, N8n, pack, toolsEnvironment } from '../playground/n8n.mjs';
import { run, step } from '../playground/steps.mjs';

const PUBLISHED = /^package\/(?:dist\/.+|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
const MAX_TARBALL_BYTES = 1_000_000;
const MANIFESTS = ['package.json', 'packages/n8n-nodes-8x8-flows/package.json'];

await installTools();
await installN8n();
const npmRun = async (script) =>
	await run('npm', ['run', '--silent', script], { cwd: ROOT, env: toolsEnvironment() });
const folder = await mkdtemp(path.join(tmpdir(), 'kaleyra-flows-release-'));
try {
	await step('Building', async () => await npmRun('build'));
	await step("n8n's linter", async () => await npmRun('lint'));
	await step("n8n's package scanner", async () => await npmRun('scan'));
	await step('Metadata, README, icons, codex, license, and publish workflow', async () => {
		const command = ['run', 'test/unit/release.test.mts', 'test/unit/documentationLinks.test.mts'];
		await run('vitest', command, { cwd: ROOT, env: toolsEnvironment() });
	});
	const tarballs = await step('Packing', async () => await pack(path.join(folder, 'packed')));
	for (const tarball of tarballs)
		await step(path.basename(tarball), async () => await checkTarball(tarball));
	await step('Installing in an empty n8n and starting it', async () => await startN8n(tarballs));
	console.log('\nReady to publish. docs/release.md lists what remains to be done by hand.');
} catch (error) {
	console.error(`\n${error.message}`);
	process.exitCode = 1;
} finally {
	await rm(folder, { recursive: true });
}

async function checkTarball(tarball) {
	const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
	const unexpected = files.filter((file) => !PUBLISHED.test(file));
	if (unexpected.length > 0) throw new Error(`Unexpected files: ${unexpected.join(', ')}`);
	const { size } = await stat(tarball);
	if (size > MAX_TARBALL_BYTES) throw new Error(`The package has ${size} bytes`);
	console.log(`  ${files.length} files, ${(size / 1024).toFixed(0)} KiB`);
}

async function startN8n(tarballs) {
	const n8n = new N8n({ folder, port: await freePort(), brokerPort: await freePort() });
	try {
		await n8n.installPackages(tarballs);
		await n8n.start();
		await n8n.logIn({ email: 'owner@example.com', password: 'Playground1' });
		const nodes = await getTypes(n8n, 'nodes');
		const credentials = await getTypes(n8n, 'credentials');
		for (const manifest of MANIFESTS) {
			const { name, n8n: listed } = JSON.parse(await readFile(path.join(ROOT, manifest), 'utf8'));
			expectTypes(nodes, listed.nodes, (type) => `${name}.${type}`);
			expectTypes(credentials, listed.credentials, (type) => type);
		}
	} finally {
		await n8n.stop();
	}
}

async function getTypes(n8n, kind) {
	const url = `${n8n.origin}/types/${kind}.json`;
	const response = await fetch(url, { headers: { cookie: n8n.cookie } });
	return (await response.json()).map(({ name }) => name);
}

/** @param files such as dist/nodes/KaleyraFlows/KaleyraFlows.node.js */
function expectTypes(offered, files, toName) {
	for (const file of files) {
		const [type] = path.basename(file).split('.');
		const name = toName(type[0].toLowerCase() + type.slice(1));
		if (!offered.includes(name)) throw new Error(`n8n doesn't offer ${name}`);
	}
}
