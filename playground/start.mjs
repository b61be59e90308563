// npm start: a real n8n on loopback with the nodes, a sandbox account and example workflows, ready to click.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installN8n, installTools, NODE, PLAYGROUND, ROOT } from './install.mjs';
import { freePort, N8n, pack, toolsEnvironment } from './n8n.mjs';
import { run, step } from './steps.mjs';

const DATA = path.join(PLAYGROUND, '.data');
const OWNER = { email: 'owner@example.com', password: 'Playground1' };

await installTools();
await installN8n();
const tarball = await step('Building and packing the package', async () => {
	await run('npm', ['run', 'build', '--silent'], { cwd: ROOT, env: toolsEnvironment() });
	return await pack(DATA);
});

const sandbox = await step('Starting the Kaleyra sandbox', startSandbox);
const n8n = new N8n({
	folder: DATA,
	port: await freePort(5678),
	brokerPort: await freePort(5690),
});
await step('Installing the package in n8n', async () => await n8n.installPackage(tarball));
await importOnce('credential', [
	{ id: 'kaleyraSandbox01', name: 'Kaleyra sandbox', type: 'kaleyraApi', data: sandbox.credential },
]);
await importOnce('workflow', await examples());
await step('Starting n8n', async () => {
	await n8n.start();
	await n8n.logIn(OWNER);
});

console.log(`
  n8n is open at    ${n8n.origin}
  log in with       ${OWNER.email}
  password          ${OWNER.password}

  The workflows under Overview run against a Kaleyra sandbox on this machine (${sandbox.credential.apiDomain}).
  It forgets its changes when it stops; your workflows stay in playground/.data. Ctrl-C stops both.
`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
	process.on(signal, () => {
		if (stopping) return;
		stopping = true;
		console.log('\nStopping …');
		sandbox.child.kill('SIGTERM');
		void n8n.stop();
	});
}
await n8n.ended;
sandbox.child.kill('SIGTERM');
if (!stopping) {
	console.error(`n8n ended by itself\n${n8n.log.slice(-2000)}`);
	process.exitCode = 1;
}

/** The sandbox in a process of its own. It prints the credential that fits it. */
async function startSandbox() {
	const port = await freePort(5680);
	const child = spawn(NODE, [path.join(ROOT, 'test/sandbox/start.mts'), String(port)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let printed = '';
	for await (const chunk of child.stdout) {
		printed += chunk;
		const json = /\{[^}]*\}/.exec(printed);
		if (json) return { child, credential: JSON.parse(json[0]) };
	}
	throw new Error('The sandbox did not start');
}

async function examples() {
	const folder = path.join(ROOT, 'examples');
	const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
	return await Promise.all(
		files.map(async (file) => ({
			id: createHash('sha256').update(file).digest('hex').slice(0, 16),
			active: false,
			...JSON.parse(await readFile(path.join(folder, file), 'utf8')),
		})),
	);
}

/** Imports into n8n what it has not got yet, so that what was changed in the editor stays. */
async function importOnce(kind, entities) {
	await mkdir(DATA, { recursive: true });
	const stamp = path.join(DATA, `imported-${kind}.json`);
	const imported = JSON.parse(await readFile(stamp, 'utf8').catch(() => '{}'));
	const versionOf = (entity) => createHash('sha256').update(JSON.stringify(entity)).digest('hex');
	const fresh = entities.filter((entity) => imported[entity.id] !== versionOf(entity));
	if (fresh.length === 0) return;
	await step(`Importing ${fresh.length} ${kind}${fresh.length > 1 ? 's' : ''}`, async () => {
		const file = path.join(DATA, `${kind}s.json`);
		await writeFile(file, JSON.stringify(fresh));
		await n8n.cli(
			kind === 'credential' ? 'import:credentials' : 'import:workflow',
			`--input=${file}`,
		);
		for (const entity of fresh) imported[entity.id] = versionOf(entity);
		await writeFile(stamp, JSON.stringify(imported));
	});
}
