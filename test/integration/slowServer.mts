import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, vi } from 'vitest';

/** A server that sends a byte every 100 ms and never ends a response. It stops with the test. */
export interface SlowServer {
	origin: string;
	/** Requests that arrived. */
	requests: number;
	/** Those whose connection the client closed. */
	closed: number;
}

export async function startSlowServer(): Promise<SlowServer> {
	const server = createServer((_request, response) => {
		slow.requests++;
		const timer = setInterval(() => response.write(' '), 100);
		response.on('close', () => {
			slow.closed++;
			clearInterval(timer);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	onTestFinished(() => void server.close().closeAllConnections());
	const slow: SlowServer = { origin: `http://127.0.0.1:${port}`, requests: 0, closed: 0 };
	return slow;
}

/** Waits until the client has closed its only request. */
export async function expectClosed(slow: SlowServer): Promise<void> {
	await vi.waitFor(() => expect(slow.closed).toBe(1), { timeout: 15_000 });
	expect(slow.requests).toBe(1);
}
