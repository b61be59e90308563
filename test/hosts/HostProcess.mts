import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeCredentialTestResult,
	INodeListSearchResult,
} from 'n8n-workflow';
import type { Result, RunOptions } from '../integration/n8nHarness.mts';

const WORKER = fileURLToPath(new URL('worker.mts', import.meta.url));

/** What the worker process does with its harness, and with which arguments. */
export interface Task {
	id: number;
	credential: ICredentialDataDecryptedObject;
	method: 'run' | 'searchFlows' | 'testCredential';
	parameters: unknown[];
}

/** The end of a task. The result is what JSON carries of it, which is also what n8n stores of an execution. */
export type Reply = { id: number } & ({ result: unknown } | { error: string });

/** The built node in the engine of an older n8n, in a process of its own. */
export class HostProcess {
	/** Decrypted, as the node gets it. */
	credential: ICredentialDataDecryptedObject = {};
	private readonly process: ChildProcess;
	private readonly pending = new Map<number, PromiseWithResolvers<unknown>>();
	private printed = '';

	/** @param engine a dependency in this folder's package.json */
	constructor(engine: string) {
		this.process = fork(WORKER, [engine], { silent: true });
		for (const stream of [this.process.stdout, this.process.stderr]) {
			stream?.on('data', (chunk) => (this.printed += String(chunk)));
		}
		this.process.on('message', (reply: Reply) => {
			const task = this.pending.get(reply.id);
			this.pending.delete(reply.id);
			if ('error' in reply) task?.reject(new Error(reply.error));
			else task?.resolve(reply.result);
		});
		this.process.on('exit', (code) => {
			for (const { reject } of this.pending.values()) {
				reject(new Error(`The worker process ended with ${code}\n${this.printed}`));
			}
		});
	}

	/** @param cancelAfter milliseconds after which the execution is canceled */
	async run(
		parameters: IDataObject,
		options: Omit<RunOptions, 'cancelOn'> = {},
		cancelAfter?: number,
	): Promise<Result> {
		return (await this.send('run', parameters, { ...options, cancelAfter })) as Result;
	}

	async searchFlows(filter: string): Promise<INodeListSearchResult> {
		return (await this.send('searchFlows', filter)) as INodeListSearchResult;
	}

	async testCredential(): Promise<INodeCredentialTestResult> {
		return (await this.send('testCredential')) as INodeCredentialTestResult;
	}

	stop(): void {
		this.process.kill();
	}

	private async send(method: Task['method'], ...parameters: unknown[]): Promise<unknown> {
		const id = Math.random();
		const { credential } = this;
		const reply = Promise.withResolvers<unknown>();
		this.pending.set(id, reply);
		this.process.send({ id, credential, method, parameters } satisfies Task);
		return await reply.promise;
	}
}
