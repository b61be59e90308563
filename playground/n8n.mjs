// Runs n8n with both packages, packed and installed with npm into n8n's folder for community nodes, as on a user's
// machine.
import { spawn } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import { NODE, PLAYGROUND, ROOT } from './install.mjs';
import { run } from './steps.mjs';

const N8N = path.join(PLAYGROUND, 'node_modules', 'n8n', 'bin', 'n8n');

/** Slow machines that start several processes at once need this long. */
const START_TIMEOUT_MS = 300_000;

/** The environment of npm scripts: the development tools, including Node.js 24, come first in PATH. */
export const toolsEnvironment = () => ({
	...process.env,
	PATH: `${path.join(ROOT, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH}`,
});

/** This package and the 8x8 package. */
const PACKAGES = [ROOT, path.join(ROOT, 'packages', 'n8n-nodes-8x8-flows')];

/** How n8n installs community packages. */
export const INSTALL_OPTIONS = ['--ignore-scripts', '--legacy-peer-deps'];

/** Packs both packages as for publishing. @returns the paths of the tarballs */
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

/**
 * The ports that operating systems don't give to other programs by themselves, so that a port that is free
 * now is still free when n8n opens it.
 */
const getRandomPort = () => 20_000 + Math.floor(Math.random() * 10_000);

/** @returns the first free port, starting with the preferred one */
export async function freePort(preferred = getRandomPort()) {
	for (let port = preferred; ; port++) {
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

/** An n8n process with its own folder and ports: a whole instance, or a part of one in queue mode. */
export class N8n {
	/** Output of the process. */
	log = '';
	/** Output of n8n's commands. */
	printed = '';
	#child;
	/** Stops commands that are still running. */
	#commands = new AbortController();

	/** @param command with its arguments; @param environment added to the process's environment */
	constructor({ folder, port, brokerPort, command = ['start'], environment = {} }) {
		this.folder = folder;
		this.port = port;
		this.brokerPort = brokerPort;
		this.command = command;
		this.environment = environment;
		this.cookie = '';
	}

	get origin() {
		return `http://localhost:${this.port}`;
	}

	/** Installs tarballs as n8n does. */
	async installPackages(tarballs) {
		const nodes = path.join(this.folder, '.n8n', 'nodes');
		await rm(nodes, { recursive: true, force: true });
		await mkdir(nodes, { recursive: true });
		await writeFile(
			path.join(nodes, 'package.json'),
			'{"name":"installed-nodes","private":true}\n',
		);
		await run('npm', ['install', ...tarballs, ...INSTALL_OPTIONS, '--loglevel=error'], {
			cwd: nodes,
		});
	}

	/** Runs an n8n command such as import:workflow. @returns its output */
	async cli(...args) {
		const printed = await run(NODE, [N8N, ...args], {
			cwd: this.folder,
			env: this.#environment(),
			signal: this.#commands.signal,
		});
		this.printed += printed;
		return printed;
	}

	async start() {
		const child = spawn(NODE, [N8N, ...this.command], {
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
		for (const deadline = Date.now() + START_TIMEOUT_MS; ; ) {
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
		this.#commands.abort();
		this.#commands = new AbortController();
		this.#child?.kill('SIGTERM');
		// n8n gets 10 s to shut down.
		const killer = setTimeout(() => this.#child?.kill('SIGKILL'), 10_000);
		await this.ended;
		clearTimeout(killer);
	}

	/** Ends the process without a chance to shut down. */
	async kill() {
		this.#child?.kill('SIGKILL');
		await this.ended;
	}

	/** Calls n8n's internal REST API, as the editor does. @returns `data` of the response */
	async rest(method, endpoint, body) {
		const response = await fetch(`${this.origin}/rest${endpoint}`, {
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
		if (!response.ok) throw new Error(`${method} ${endpoint}: ${response.status} ${text}`);
		return JSON.parse(text).data;
	}

	/** Executes a workflow from its trigger, as the editor does. @returns the finished execution */
	async execute(workflowId) {
		const { nodes } = await this.rest('GET', `/workflows/${workflowId}`);
		const { name } = nodes.find(({ type }) => /trigger$/i.test(type));
		const start = { triggerToStartFrom: { name } };
		const { executionId } = await this.rest('POST', `/workflows/${workflowId}/run`, start);
		return await this.waitForExecution(executionId);
	}

	/** Publishes a workflow until its trigger has started it once. @returns the finished execution */
	async executeOnce(workflowId) {
		const { versionId } = await this.rest('GET', `/workflows/${workflowId}`);
		await this.rest('POST', `/workflows/${workflowId}/activate`, { versionId });
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		try {
			for (;;) {
				const { results } = await this.rest('GET', `/executions?filter=${filter}`);
				if (results.length > 0) return await this.waitForExecution(results.at(-1).id);
				await new Promise((resolve) => setTimeout(resolve, 250));
			}
		} finally {
			await this.rest('POST', `/workflows/${workflowId}/deactivate`);
		}
	}

	/** @returns the execution with its data, when it has finished */
	async waitForExecution(id) {
		// n8n is installed now.
		const flatted = createRequire(path.join(PLAYGROUND, 'package.json'))('flatted');
		for (;;) {
			const execution = await this.rest('GET', `/executions/${id}`);
			if (execution.stoppedAt) return { ...execution, data: flatted.parse(execution.data) };
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	/** Publishes a workflow, so that its triggers are active. */
	async publish(workflowId) {
		const { versionId } = await this.rest('GET', `/workflows/${workflowId}`);
		await this.rest('POST', `/workflows/${workflowId}/activate`, { versionId });
	}

	/** Creates the owner account if there is none yet, or logs in. */
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
		// Vitest's NODE_ENV disables n8n's logs, and the user's own n8n settings don't apply here.
		const excluded = /^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_URL$|NODE_ENV$|NODE_OPTIONS$|VITEST)/;
		const inherited = Object.entries(process.env).filter(([name]) => !excluded.test(name));
		return {
			...Object.fromEntries(inherited),
			N8N_USER_FOLDER: this.folder,
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_PORT: String(this.port),
			N8N_RUNNERS_BROKER_PORT: String(this.brokerPort),
			// The playground uses HTTP on loopback.
			N8N_SECURE_COOKIE: 'false',
			// No requests to n8n's servers.
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_HIRING_BANNER_ENABLED: 'false',
			// On a slow machine, n8n would reject requests because its database responds late.
			DB_PING_TIMEOUT_MS: '60000',
			DB_POSTGRESDB_CONNECTION_TIMEOUT: '60000',
			...this.environment,
		};
	}
}
