// npm start: runs n8n on loopback with both packages, the mock APIs, and the example workflows.
import { spawn } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
	EIGHT_BY_EIGHT_REPLIES_PATH,
	EXAMPLE_URLS,
	readExamples,
	REPLIES_PATH,
} from './examples.mjs';
import { installN8n, installTools, NODE, PLAYGROUND, ROOT } from './install.mjs';
import { freePort, N8n, pack, toolsEnvironment } from './n8n.mjs';
import { run, step } from './steps.mjs';

const DATA = path.join(PLAYGROUND, '.data');
const OWNER = { email: 'owner@example.com', password: 'Playground1' };
const PORT = 5678;
const MCP_TOKEN = 'playground';
/** The workflows that receive the replies and serve the endpoints. */
const PUBLISHED = [
	'handle-flow-replies',
	'book-an-appointment',
	'validate-order-number',
	'8x8-send-survey',
];
/** File with the URLs of the mock APIs in the imported workflows: those of the first start. */
const IMPORTED_URLS = path.join(DATA, 'mock-urls.json');

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
	const imported = await readImportedUrls();
	const preferred = imported ?? EXAMPLE_URLS;
	const kaleyra = await step('Starting the Kaleyra mock API', async () => {
		return await startMock('test/mock-api/start.mts', preferred.kaleyra);
	});
	const eightByEight = await step('Starting the 8x8 mock API', async () => {
		return await startMock('test/mock-api/eightByEight/start.mts', preferred.eightByEight);
	});
	const model = await step('Starting the mock model', async () => {
		return await startMock('test/mock-api/model/start.mts', 'http://127.0.0.1:5682');
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
		{
			id: 'kaleyraEndpoint01',
			name: 'Kaleyra endpoint (local key)',
			type: 'kaleyraFlowsEndpointApi',
			data: { privateKey: await readOrCreatePrivateKey() },
		},
		{ id: 'mockModel0000001', name: 'Mock model', type: 'openAiApi', data: model },
		{
			id: 'mcpBearerAuth001',
			name: 'MCP token',
			type: 'httpBearerAuth',
			data: { token: MCP_TOKEN },
		},
	]);
	const urls = { kaleyra: kaleyra.apiDomain, eightByEight: eightByEight.apiDomain };
	await importOnce(n8n, 'workflow', await readExamples(imported ?? urls));
	await writeFile(IMPORTED_URLS, JSON.stringify(imported ?? urls));
	const login = await step('Starting n8n', async () => {
		running.push(async () => await n8n.stop());
		await n8n.start();
		return await n8n.logIn(OWNER).then(
			() => `${OWNER.email}, password ${OWNER.password}`,
			() => 'the email address and password that you set',
		);
	});
	await step('Connecting the phones of the mock APIs', async () => {
		await publishExamples(n8n);
		await connectPhone(n8n, urls.kaleyra, REPLIES_PATH);
		await connectPhone(n8n, urls.eightByEight, EIGHT_BY_EIGHT_REPLIES_PATH);
	});
	const describeMove = (name) =>
		imported && imported[name] !== urls[name]
			? `   (${imported[name]}, which the workflows contain, is in use)`
			: '';
	console.log(`
  Open          ${n8n.origin}/home/workflows${n8n.port === PORT ? '' : `   (port ${PORT} is in use)`}
  Log in with   ${login}
  Mock APIs     ${urls.kaleyra} (Kaleyra)${describeMove('kaleyra')}
                ${urls.eightByEight} (8x8)${describeMove('eightByEight')}

  The workflows use mock APIs instead of Kaleyra and 8x8. Open their pages to change flows, such as to
  block one, to reply to a flow on the phone, and to see the requests and the messages that the
  examples post. The mock APIs lose their changes when they stop. Your workflows stay in
  playground/.data. Press Ctrl+C to stop.
`);
	await n8n.ended;
	if (!stopping) throw new Error(`n8n stopped unexpectedly\n${n8n.log.slice(-2000)}`);
}

async function publishExamples(n8n) {
	for (const id of PUBLISHED) {
		// The user may have logged in with another account, or deleted the workflow.
		await n8n.publish(id).catch(() => undefined);
	}
}

/** Enters the URL of a reply trigger in a phone. */
async function connectPhone(n8n, mockUrl, repliesPath) {
	const incomingUrl = `${n8n.origin}/webhook/${repliesPath}`;
	await fetch(`${mockUrl}/__page/phone/setIncomingUrl`, { method: 'POST', body: incomingUrl });
}

async function stopAll() {
	await Promise.all(running.splice(0).map(async (stop) => await stop()));
	console.log('Stopped.');
}

/** Starts a mock in its own process. @returns its credential, which the process prints */
async function startMock(script, preferredUrl) {
	const port = await freePort(Number(new URL(preferredUrl).port));
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

/** The key of the endpoint examples. Each machine creates its own. */
async function readOrCreatePrivateKey() {
	const file = path.join(DATA, 'endpoint-key.pem');
	const existing = await readFile(file, 'utf8').catch(() => undefined);
	if (existing) return existing;
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
	await writeFile(file, pem, { mode: 0o600 });
	return pem;
}

async function readImportedUrls() {
	const json = await readFile(IMPORTED_URLS, 'utf8').catch(() => undefined);
	return json && JSON.parse(json);
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
