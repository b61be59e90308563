import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import type { N8n } from '../../playground/n8n.mjs';
import { step } from '../../playground/steps.mjs';
import type { Processes } from './processes.mts';
import { createProcesses } from './processes.mts';
import type { Service } from './services.mts';
import type { UsedCredential, Workflow } from './workflows.mts';

const OWNER = { email: 'owner@example.com', password: 'Playground1' };

async function stopServices(services: Service[], folder: string): Promise<void> {
	for (const service of services) await service.stop();
	await rm(folder, { recursive: true, force: true });
}

/** A running n8n in queue mode. */
export class QueueMode {
	readonly main: N8n;
	readonly webhook: N8n;
	readonly workers: N8n[];
	private readonly folder: string;
	private readonly services: Service[];

	private constructor(folder: string, services: Service[], processes: Processes) {
		this.folder = folder;
		this.services = services;
		({ main: this.main, webhook: this.webhook, workers: this.workers } = processes);
	}

	static async start(): Promise<QueueMode> {
		const folder = await mkdtemp(path.join(tmpdir(), 'kaleyra-flows-'));
		// PostgreSQL runs as another user, and must be able to open its folder in this one.
		await chmod(folder, 0o711);
		const services: Service[] = [];
		const prepare = async () =>
			new QueueMode(folder, services, await createProcesses(folder, services));
		const queueMode: QueueMode = await step(
			'Starting Redis and PostgreSQL, installing the packages',
			prepare,
		).catch(async (error: unknown) => {
			await stopServices(services, folder);
			throw error;
		});
		try {
			await queueMode.startProcesses();
			return queueMode;
		} catch (error) {
			await queueMode.stop();
			throw error;
		}
	}

	private async startProcesses(): Promise<void> {
		const { main, webhook, workers } = this;
		// It creates the tables.
		await step('Starting the main process', async () => await main.start());
		await step('Starting the webhook processor and the workers', async () => {
			const others = [webhook, ...workers].map(async (n8n) => await n8n.start());
			await Promise.all([...others, main.logIn(OWNER)]);
		});
	}

	/** Stores a credential. */
	async addCredential(type: string, data: object): Promise<UsedCredential> {
		const { id, name } = await this.main.rest('POST', '/credentials', { name: type, type, data });
		return { type, id, name };
	}

	/** Creates and publishes a workflow, and waits until n8n has registered its webhook. @returns its ID */
	async publish(workflow: Workflow): Promise<string> {
		const { id } = await this.main.rest('POST', '/workflows', workflow);
		await this.main.publish(id);
		const path = workflow.nodes[0]!.parameters['path'];
		if (typeof path === 'string') await this.waitForWebhook(path);
		return id;
	}

	private async waitForWebhook(path: string): Promise<void> {
		const url = `${this.webhook.origin}/webhook/${path}`;
		for (;;) {
			// n8n lists the methods of a webhook for browsers only.
			const { headers } = await fetch(url, { method: 'OPTIONS', headers: { origin: url } });
			if (headers.get('access-control-allow-methods')?.includes('POST')) return;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}

	/** Posts to a webhook of the main process or of the webhook processor. */
	async post(
		n8n: N8n,
		path: string,
		body: unknown,
	): Promise<{ status: number; body: IDataObject }> {
		const response = await fetch(`${n8n.origin}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		const text = await response.text();
		return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
	}

	/** The process that receives the index-th request: half of them go to each. */
	getReceiver(index: number): N8n {
		return index % 2 === 0 ? this.main : this.webhook;
	}

	/** @returns the worker that runs or ran an execution, from its log */
	findWorker(executionId: string): N8n | undefined {
		return this.workers.find(({ log }) =>
			log.includes(`Worker started execution ${executionId} (`),
		);
	}

	/** @returns the last executions of a workflow, the latest first */
	async listExecutions(workflowId: string): Promise<{ id: string; status: string }[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.main.rest('GET', `/executions?filter=${filter}&limit=100`);
		return results;
	}

	async stop(): Promise<void> {
		const { main, webhook, workers } = this;
		await Promise.all([main, webhook, ...workers].map(async (n8n) => await n8n.stop()));
		await stopServices(this.services, this.folder);
	}
}
