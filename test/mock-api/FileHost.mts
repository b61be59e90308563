import type { AddressInfo } from 'node:net';
import type { Scripted } from './faults.mts';
import { send } from './faults.mts';
import type { Recorded } from './recordedRequest.mts';
import { createServer, recordRequest } from './recordedRequest.mts';

const NOT_FOUND: Scripted = { status: 404, body: 'Not found' };

/** A second host, such as the CDN that flow JSON is downloaded from. It records every request. */
export class FileHost {
	requests: Recorded[] = [];
	/** Responses by path and query. */
	readonly files = new Map<string, Scripted>();
	private readonly server = createServer();

	static async start(): Promise<FileHost> {
		const host = new FileHost();
		host.server.all('/*', async (request, reply) => {
			const recorded = await recordRequest(request, 1);
			host.requests.push(recorded);
			send(reply, host.files.get(recorded.target) ?? NOT_FOUND);
		});
		await host.server.listen({ host: '127.0.0.1', port: 0 });
		return host;
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
	}

	async stop(): Promise<void> {
		await this.server.close();
	}
}

/** A file host that starts with its first file. */
export class LazyFileHost {
	private host: Promise<FileHost> | undefined;

	/** @returns the file's URL */
	async serve(path: string, body: string): Promise<string> {
		const host = await this.start();
		host.files.set(path, { body });
		return `${host.origin}${path}`;
	}

	async start(): Promise<FileHost> {
		this.host ??= FileHost.start();
		return await this.host;
	}

	/** Removes the files and the recorded requests. */
	reset(): void {
		void this.host?.then((host) => {
			host.files.clear();
			host.requests = [];
		});
	}

	async stop(): Promise<void> {
		await (await this.host)?.stop();
	}
}
