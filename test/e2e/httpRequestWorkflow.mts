import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INode } from 'n8n-workflow';

/** Another web server, and what it receives. */
export async function startOtherServer() {
	const received: string[] = [];
	const server = createServer(({ url, headers }, response) => {
		received.push(`${url} ${JSON.stringify(headers)}`);
		response.end('{}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { origin: `http://127.0.0.1:${port}`, received, stop: () => server.close() };
}

/** n8n's HTTP Request node, which combines a credential with any URL and follows redirects. */
export interface HttpRequest {
	name: string;
	url: string;
	credential: { id: string; type: string };
}

/** Sends every request, also when others fail. */
export function createHttpRequestWorkflow(requests: HttpRequest[]) {
	const position: [number, number] = [0, 0];
	const start: INode = {
		id: 'start',
		name: 'start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position,
		parameters: {},
	};
	const nodes = requests.map(
		({ name, url, credential: { id, type } }): INode => ({
			id: name,
			name,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.4,
			position,
			parameters: {
				url,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: type,
				options: {},
			},
			credentials: { [type]: { id, name: id } },
			onError: 'continueRegularOutput',
		}),
	);
	const targets = requests.map(({ name }) => ({ node: name, type: 'main', index: 0 }));
	return {
		id: 'http-request',
		name: 'http-request',
		nodes: [start, ...nodes],
		connections: { start: { main: [targets] } },
		settings: { executionOrder: 'v1' },
	};
}
