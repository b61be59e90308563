// npm start: runs n8n on loopback with both packages, the mock APIs, and the example workflows.
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

/** Functions that stop the running processes. */
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
			() => 'the email address and password that you set',
		);
	});
	console.log(`
  Open          ${n8n.origin}/home/workflows${n8n.port === PORT ? '' : `   (port ${PORT} is in use)`}
  Log in with   ${login}

  The workflows use local mock APIs of Kaleyra (${kaleyra.apiDomain}) and 8x8
  (${eightByEight.apiDomain}), which lose their changes when they stop. Your workflows stay in
  playground/.data. Press Ctrl+C to stop.
`);
	await n8n.ended;
	if (!stopping) throw new Error(`n8n stopped unexpectedly\n${n8n.log.slice(-2000)}`);
}

async function stopAll() {
	await Promise.all(running.splice(0).map(async (stop) => await stop()));
	console.log('Stopped.');
}

/** Starts a mock API in its own process. @returns its credential, which the process prints */
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
	throw new Error(`${script} stopped unexpectedly`);
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

/** Imports new and changed entities only, so that changes made in the editor stay. */
async function importOnce(n8n, kind, entities) {
	await mkdir(DATA, { recursive: true });
	const stamp = path.join(DATA, `imported-${kind}.json`);
	const imported = JSON.parse(await readFile(stamp, 'utf8').catch(() => '{}'));
	const getVersion = (entity) => createHash('sha256').update(JSON.stringify(entity)).digest('hex');
	const changed = entities.filter((entity) => imported[entity.id] !== getVersion(entity));
	if (changed.length === 0) return;
	await step(`Importing ${changed.length} ${kind}${changed.length > 1 ? 's' : ''}`, async () => {
		const file = path.join(DATA, `${kind}s.json`);
		await writeFile(file, JSON.stringify(changed));
		const command = kind === 'credential' ? 'import:credentials' : 'import:workflow';
		await n8n.cli(command, `--input=${file}`);
		for (const entity of changed) imported[entity.id] = getVersion(entity);
		await writeFile(stamp, JSON.stringify(imported));
	});
}
