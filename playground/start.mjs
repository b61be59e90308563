// npm start: a real n8n on loopback with the nodes, a mock account and example workflows, ready to click.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installN8n, installTools, NODE, PLAYGROUND, ROOT } from './install.mjs';
import { freePort, N8n, pack, toolsEnvironment } from './n8n.mjs';
import { run, step } from './steps.mjs';

const DATA = path.join(PLAYGROUND, '.data');
const OWNER = { email: 'owner@example.com', password: 'Playground1' };
const PORT = 5678;

/** What runs and has to be stopped, whatever happens. */
const running = [];
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	process.on(signal, () => {
		if (stopping) return;
		stopping = true;
		console.log('\nStopping …');
		void stopAll().then(() => process.exit(0));
	});
}

try {
	await start();
} catch (error) {
	if (!stopping) {
		console.error(`\n${error.message}`);
		process.exitCode = 1;
	}
} finally {
	if (!stopping) await stopAll();
}

async function start() {
	await installTools();
	await installN8n();
	const tarballs = await step('Building and packing both packages', async () => {
		await run('npm', ['run', 'build', '--silent'], { cwd: ROOT, env: toolsEnvironment() });
		return await pack(DATA);
	});
	const kaleyra = await step('Starting the Kaleyra mock API', async () => {
		return await startMock('test/mock-api/start.mts');
	});
	const eightByEight = await step('Starting the 8x8 mock API', async () => {
		return await startMock('test/mock-api/eightByEight/start.mts');
	});
	const n8n = new N8n({
		folder: DATA,
		port: await freePort(PORT),
		brokerPort: await freePort(5690),
	});
	await step('Installing both packages in n8n', async () => await n8n.installPackages(tarballs));
	await importOnce(n8n, 'credential', [
		{ id: 'kaleyraMockApi01', name: 'Kaleyra mock API', type: 'kaleyraApi', data: kaleyra },
		{
			id: 'eightByEightMk01',
			name: '8x8 mock API',
			type: 'eightByEightChatAppsApi',
			data: eightByEight,
		},
	]);
	await importOnce(n8n, 'workflow', await examples());
	const login = await step('Starting n8n', async () => {
		running.push(async () => await n8n.stop());
		await n8n.start();
		return await n8n.logIn(OWNER).then(
			() => `${OWNER.email}, password ${OWNER.password}`,
			() => 'the e-mail address and password that you set',
		);
	});
	console.log(`
  Open          ${n8n.origin}/home/workflows${n8n.port === PORT ? '' : `   (port ${PORT} is used by another program)`}
  Log in with   ${login}

  The workflows there run against mock APIs on this machine, of Kaleyra (${kaleyra.apiDomain}) and of
  8x8 (${eightByEight.apiDomain}). They forget their changes when they stop; your workflows stay in
  playground/.data. Ctrl-C stops all.
`);
	await n8n.ended;
	if (!stopping) throw new Error(`n8n ended by itself\n${n8n.log.slice(-2000)}`);
}

async function stopAll() {
	await Promise.all(running.splice(0).map(async (stop) => await stop()));
	console.log('Stopped.');
}

/** A mock API in a process of its own. It prints the credential that fits it. */
async function startMock(script) {
	const port = await freePort(5680);
	const child = spawn(NODE, [path.join(ROOT, script), String(port)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	running.push(() => child.kill('SIGTERM'));
	let printed = '';
	for await (const chunk of child.stdout) {
		printed += chunk;
		const json = /\{[^}]*\}/.exec(printed);
		if (json) return JSON.parse(json[0]);
	}
	throw new Error('The mock API did not start');
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
async function importOnce(n8n, kind, entities) {
	await mkdir(DATA, { recursive: true });
	const stamp = path.join(DATA, `imported-${kind}.json`);
	const imported = JSON.parse(await readFile(stamp, 'utf8').catch(() => '{}'));
	const versionOf = (entity) => createHash('sha256').update(JSON.stringify(entity)).digest('hex');
	const fresh = entities.filter((entity) => imported[entity.id] !== versionOf(entity));
	if (fresh.length === 0) return;
	await step(`Importing ${fresh.length} ${kind}${fresh.length > 1 ? 's' : ''}`, async () => {
		const file = path.join(DATA, `${kind}s.json`);
		await writeFile(file, JSON.stringify(fresh));
		const command = kind === 'credential' ? 'import:credentials' : 'import:workflow';
		await n8n.cli(command, `--input=${file}`);
		for (const entity of fresh) imported[entity.id] = versionOf(entity);
		await writeFile(stamp, JSON.stringify(imported));
	});
}
