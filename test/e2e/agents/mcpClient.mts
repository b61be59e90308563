import { createRequire } from 'node:module';
import path from 'node:path';
import { PLAYGROUND } from '../../../playground/install.mjs';

export interface McpTool {
	name: string;
	description: string;
	inputSchema: Record<string, unknown>;
}

interface Client {
	connect(transport: object): Promise<void>;
	listTools(): Promise<{ tools: McpTool[] }>;
	callTool(call: { name: string; arguments: object }): Promise<{
		isError?: boolean;
		content: { text: string }[];
	}>;
	close(): Promise<void>;
}

/** Connects the client of the official MCP SDK, which n8n brings, to an MCP server. */
export async function connectMcpClient(url: string, token?: string): Promise<Client> {
	const require = createRequire(path.join(PLAYGROUND, 'package.json'));
	const sdk = (file: string) => require(`@modelcontextprotocol/sdk/client/${file}.js`) as unknown;
	const { Client: McpClient } = sdk('index') as { Client: new (info: object) => Client };
	const { StreamableHTTPClientTransport: Transport } = sdk('streamableHttp') as {
		StreamableHTTPClientTransport: new (url: URL, options: object) => object;
	};
	const client = new McpClient({ name: 'test', version: '1.0.0' });
	const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
	await client.connect(new Transport(new URL(url), { requestInit: { headers } }));
	return client;
}
