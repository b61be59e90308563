import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, N8n, pack } from '../playground/n8n.mjs';

// The packed packages in a real n8n, as on a user's machine.

/** Long enough for the last of hundreds of requests at once. */
const TIMEOUT_MS = 180_000;

export const PACKAGE = 'n8n-nodes-kaleyra-flows';

interface Node {
	type: string;
	parameters: object;
	[property: string]: unknown;
}

/** Creates a workflow whose nodes run one after the other. They are named by their position, from 0. */
export function createWorkflow(id: string, chain: Node[]) {
	const nodes = chain.map((node, index) => ({
		typeVersion: 1,
		position: [index * 200, 0],
		...node,
		id: String(index),
		name: String(index),
	}));
	const connect = (index: number) => ({
		main: [[{ node: String(index + 1), type: 'main', index: 0 }]],
	});
	return {
		id,
		name: id,
		active: false,
		nodes,
		connections: Object.fromEntries(
			nodes.slice(1).map((_, index) => [String(index), connect(index)]),
		),
		settings: { executionOrder: 'v1' },
	};
}

export type Workflow = ReturnType<typeof createWorkflow>;

/** A Webhook node of n8n. */
export const createWebhook = (path: string, responseMode: string, options: object = {}): Node => ({
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: `webhook-${path}`,
	parameters: { httpMethod: 'POST', path, responseMode, options },
});

/** Settings of n8n that change how long webhooks take. */
export const SETTINGS = {
	'default settings': {},
	'lazy expression engine': { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
};

interface Setup {
	credentials: object[];
	/** They are published. The path of each webhook is the workflow's ID. */
	workflows: Workflow[];
	/** Settings of n8n by name. n8n is started once for each. */
	settings?: Record<string, Record<string, string>>;
}

export async function withN8n(
	{ credentials, workflows, settings = { default: {} } }: Setup,
	run: (n8n: N8n, settings: string) => Promise<void>,
): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), 'kaleyra-flows-bench-'));
	try {
		const ports = { port: await freePort(), brokerPort: await freePort() };
		const importer = new N8n({ folder, ...ports });
		await importer.installPackages(await pack(path.join(folder, 'packed')));
		const importFile = async (kind: string, entities: object[]) => {
			const file = path.join(folder, `${kind}.json`);
			await writeFile(file, JSON.stringify(entities));
			await importer.cli(`import:${kind}`, `--input=${file}`);
		};
		await importFile('credentials', credentials);
		await importFile('workflow', workflows);
		for (const [name, environment] of Object.entries(settings)) {
			const n8n = new N8n({ folder, ...ports, environment });
			try {
				await n8n.start();
				await n8n.logIn({ email: 'owner@example.com', password: 'Playground1' });
				for (const { id } of workflows) await n8n.publish(id);
				await waitForWebhooks(n8n.origin, workflows);
				await run(n8n, name);
			} finally {
				await n8n.stop();
			}
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** n8n registers the webhooks after the workflows are published. */
async function waitForWebhooks(origin: string, workflows: Workflow[]): Promise<void> {
	for (const { id, nodes } of workflows) {
		while ('webhookId' in nodes[0]!) {
			const { status } = await fetch(`${origin}/webhook/${id}`, { method: 'POST' });
			if (status !== 404) break;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}

/** Waits until no execution runs. */
export async function waitForExecutions(n8n: N8n): Promise<void> {
	const filter = encodeURIComponent(JSON.stringify({ status: ['new', 'running'] }));
	for (;;) {
		const { results } = await n8n.rest('GET', `/executions?limit=1&filter=${filter}`);
		if (results.length === 0) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** Calls a webhook. @returns milliseconds, and the response */
export async function callWebhook(origin: string, path: string, body: object) {
	const start = performance.now();
	const response = await fetch(`${origin}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
		signal: AbortSignal.timeout(TIMEOUT_MS),
	});
	const text = await response.text();
	const duration = performance.now() - start;
	if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
	return { duration, text };
}

/** Moves the first elements to the end, so that each contender goes first as often as the others. */
export function rotate<T>(list: T[], by: number): T[] {
	const start = by % list.length;
	return [...list.slice(start), ...list.slice(0, start)];
}
