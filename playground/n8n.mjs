// A real n8n with both packages in it, as a user has them: the packed tarballs, installed with npm into n8n's
// folder for community nodes.
import { spawn } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { NODE, PLAYGROUND, ROOT } from './install.mjs';
import { run } from './steps.mjs';

const N8N = path.join(PLAYGROUND, 'node_modules', 'n8n', 'bin', 'n8n');

/** The environment in which npm's scripts run: the tools first in PATH, Node 24 among them. */
export const toolsEnvironment = () => ({
	...process.env,
	PATH: `${path.join(ROOT, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH}`,
});

/** This package, and its sibling for 8x8. */
const PACKAGES = [ROOT, path.join(ROOT, 'packages', 'n8n-nodes-8x8-flows')];

/** Packs what would be published, of both packages. @returns the tarballs' paths */
export async function pack(folder) {
	await mkdir(folder, { recursive: true });
	const tarballs = async () => (await readdir(folder)).filter((file) => file.endsWith('.tgz'));
	for (const old of await tarballs()) await rm(path.join(folder, old));
	for (const cwd of PACKAGES) {
		const command = ['pack', '--silent', '--pack-destination', folder];
		await run('npm', command, { cwd, env: toolsEnvironment() });
	}
	return (await tarballs()).map((tarball) => path.join(folder, tarball));
}

/** The first port that is free, from the wished one on; 0 gives any. */
export async function freePort(wished = 0) {
	for (let port = wished; ; port++) {
		const found = await new Promise((resolve) => {
			const server = createServer();
			server.once('error', () => resolve(undefined));
			server.listen(port, '127.0.0.1', () => {
				const { port: taken } = server.address();
				server.close(() => resolve(taken));
			});
		});
		if (found !== undefined) return found;
	}
}

/** One n8n with its own folder, database and ports. */
export class N8n {
	/** What the server printed. */
	log = '';
	/** What n8n's commands printed. */
	printed = '';
	#child;

	constructor({ folder, port, brokerPort }) {
		this.folder = folder;
		this.port = port;
		this.brokerPort = brokerPort;
		this.cookie = '';
	}

	get origin() {
		return `http://localhost:${this.port}`;
	}

	/** Installs tarballs as n8n does: without scripts, without their peer dependency. */
	async installPackages(tarballs) {
		const nodes = path.join(this.folder, '.n8n', 'nodes');
		await rm(nodes, { recursive: true, force: true });
		await mkdir(nodes, { recursive: true });
		await writeFile(
			path.join(nodes, 'package.json'),
			'{"name":"installed-nodes","private":true}\n',
		);
		await run(
			'npm',
			['install', ...tarballs, '--ignore-scripts', '--legacy-peer-deps', '--loglevel=error'],
			{
				cwd: nodes,
			},
		);
	}

	/** Runs one of n8n's own commands, such as import:workflow. @returns what it printed */
	async cli(...args) {
		const printed = await run(NODE, [N8N, ...args], { cwd: this.folder, env: this.#environment() });
		this.printed += printed;
		return printed;
	}

	async start() {
		const child = spawn(NODE, [N8N, 'start'], {
			cwd: this.folder,
			env: this.#environment(),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		this.#child = child;
		const ended = new Promise((resolve) => child.once('close', resolve));
		this.ended = ended;
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (chunk) => (this.log += chunk));
		}
		let running = true;
		void ended.then(() => (running = false));
		for (const deadline = Date.now() + 120_000; ; ) {
			if (!running || Date.now() > deadline) throw new Error(`n8n did not start\n${this.log}`);
			const ready = await fetch(`${this.origin}/healthz/readiness`).then(
				({ ok }) => ok,
				() => false,
			);
			if (ready) return;
			await new Promise((resolve) => setTimeout(resolve, 250));
		}
	}

	async stop() {
		this.#child?.kill('SIGTERM');
		// A server that does not heed the request is ended after 10 s.
		const killer = setTimeout(() => this.#child?.kill('SIGKILL'), 10_000);
		await this.ended;
		clearTimeout(killer);
	}

	/** Calls the API behind n8n's editor. @returns the answer's `data` */
	async rest(method, address, body) {
		const response = await fetch(`${this.origin}/rest${address}`, {
			method,
			headers: {
				'content-type': 'application/json',
				'browser-id': 'playground',
				cookie: this.cookie,
			},
			...(body && { body: JSON.stringify(body) }),
		});
		const [session] = response.headers.getSetCookie();
		if (session) this.cookie = session.split(';')[0];
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${text}`);
		return JSON.parse(text).data;
	}

	/** Makes the owner account that the editor asks for on its first day, or logs in. */
	async logIn({ email, password }) {
		const settings = await this.rest('GET', '/settings');
		if (settings.userManagement.showSetupOnFirstLoad) {
			const owner = { email, password, firstName: 'Play', lastName: 'Ground' };
			await this.rest('POST', '/owner/setup', owner);
		} else {
			await this.rest('POST', '/login', { emailOrLdapLoginId: email, password });
		}
	}

	#environment() {
		// A test runner's NODE_ENV silences n8n, and somebody's own n8n settings are not this one's.
		const operationOptions = /^(N8N_|DB_|EXECUTIONS_|NODE_ENV$|NODE_OPTIONS$|VITEST)/;
		const inherited = Object.entries(process.env).filter(([name]) => !operationOptions.test(name));
		return {
			...Object.fromEntries(inherited),
			N8N_USER_FOLDER: this.folder,
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_PORT: String(this.port),
			N8N_RUNNERS_BROKER_PORT: String(this.brokerPort),
			// The playground talks http on loopback.
			N8N_SECURE_COOKIE: 'false',
			// Nothing of it calls home.
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_HIRING_BANNER_ENABLED: 'false',
		};
	}
}
