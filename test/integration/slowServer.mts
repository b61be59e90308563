import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that sends a byte every 100 ms and never ends a response. */
export interface SlowServer {
	origin: string;
	/** Responses that the client hasn't closed. */
	open: number;
	stop: () => void;
}

export async function startSlowServer(): Promise<SlowServer> {
	const server = createServer((_request, response) => {
		slow.open++;
		const timer = setInterval(() => response.write(' '), 100);
		response.on('close', () => {
			slow.open--;
			clearInterval(timer);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const stop = () => void server.close().closeAllConnections();
	const slow: SlowServer = { origin: `http://127.0.0.1:${port}`, open: 0, stop };
	return slow;
}
