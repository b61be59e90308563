import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A tool call of the model. */
export interface ToolCall {
	tool: string;
	input: Record<string, unknown>;
}

/**
 * Decides what the model does next: call a tool, or reply with text.
 *
 * @param results the results of the tool calls since the user's message
 */
export type Decide = (userMessage: string, results: string[]) => ToolCall | string;

/** A tool as the agent offers it to the model. */
export interface OfferedTool {
	name: string;
	description: string;
	parameters: Record<string, unknown>;
}

interface Message {
	role: string;
	content: string | { text?: string }[] | null;
}

/** Mock of a language model, with OpenAI's Chat Completions API. It follows rules instead of thinking. */
export class ModelServer {
	/** What the model received for each message of the user. */
	readonly received = new Map<string, { tools: OfferedTool[]; results: string[] }>();

	private readonly decide: Decide;

	private readonly server = createServer((request, response) => {
		void this.handle(request).then((body) => {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(body));
		});
	});

	constructor(decide: Decide) {
		this.decide = decide;
	}

	/** @param port 0 for any free port */
	async start(port = 0): Promise<void> {
		this.server.listen(port, '127.0.0.1');
		await once(this.server, 'listening');
	}

	stop(): void {
		this.server.close();
		this.server.closeAllConnections();
	}

	/** The data of an OpenAI credential in n8n. */
	get credential() {
		const { port } = this.server.address() as AddressInfo;
		return { apiKey: 'sk-mock', url: `http://127.0.0.1:${port}/v1` };
	}

	private async handle(request: IncomingMessage): Promise<object> {
		// n8n tests a credential by listing the models.
		if (!request.url?.endsWith('/chat/completions')) return { data: [] };
		let text = '';
		for await (const chunk of request) text += String(chunk);
		const { messages, tools = [] } = JSON.parse(text) as {
			messages: Message[];
			tools?: { function: OfferedTool }[];
		};
		const last = messages.findLastIndex(({ role }) => role === 'user');
		const userMessage = getText(messages[last]);
		const results = messages
			.slice(last)
			.filter(({ role }) => role === 'tool')
			.map(getText);
		this.received.set(userMessage, { tools: tools.map((tool) => tool.function), results });
		const next = this.decide(userMessage, results);
		return typeof next === 'string'
			? createReply({ content: next })
			: createReply({ content: null, tool_calls: [createToolCall(next, text.length)] });
	}
}

function getText(message: Message | undefined): string {
	const content = message?.content ?? '';
	return typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('');
}

const createToolCall = ({ tool, input }: ToolCall, id: number) => ({
	id: `call_${id}`,
	type: 'function',
	function: { name: tool, arguments: JSON.stringify(input) },
});

const createReply = (message: { content: string | null; tool_calls?: object[] }) => ({
	id: 'chatcmpl-1',
	object: 'chat.completion',
	created: 1,
	model: 'mock',
	choices: [
		{
			index: 0,
			message: { role: 'assistant', ...message },
			finish_reason: message.tool_calls ? 'tool_calls' : 'stop',
		},
	],
	usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});
