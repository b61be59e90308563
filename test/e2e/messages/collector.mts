import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';

/** Receives what workflows post, by path. */
export async function startCollector() {
	const received = new Map<string, IDataObject[]>();
	const server = createServer((request, response) => {
		void (async () => {
			let body = '';
			for await (const chunk of request) body += chunk;
			const path = request.url!.slice(1);
			received.set(path, [...(received.get(path) ?? []), JSON.parse(body) as IDataObject]);
			response.end('{}');
		})();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		getUrl: (path: string) => `http://127.0.0.1:${port}/${path}`,
		/** What arrived at a path since the last call. */
		take: (path: string) => {
			const items = received.get(path) ?? [];
			received.delete(path);
			return items;
		},
		count: (path: string) => received.get(path)?.length ?? 0,
		stop: () => server.close(),
	};
}
