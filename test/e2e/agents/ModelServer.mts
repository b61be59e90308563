import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A tool call that the scripted model makes. */
export interface ToolCall {
	tool: string;
	input: Record<string, unknown>;
}

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

/** What the model saw in one conversation. */
export interface Conversation {
	/** The tool calls to make, one after the other. Then the model replies. */
	script: ToolCall[];
	tools: OfferedTool[];
	/** The result of each tool call, as text. */
	results: string[];
}

/**
 * A model with OpenAI's Chat Completions API that follows a script instead of thinking. A conversation is
 * identified by the user's message.
 */
export class ModelServer {
	readonly conversations = new Map<string, Conversation>();

	private readonly server = createServer((request, response) => {
		void this.handle(request).then((body) => {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(body));
		});
	});

	async start(): Promise<void> {
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
	}

	stop(): void {
		this.server.close();
		this.server.closeAllConnections();
	}

	/** The base URL for n8n's OpenAI credential. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
	}

	/** Registers a conversation that starts with this user message. */
	script(userMessage: string, script: ToolCall[]): Conversation {
		const conversation = { script, tools: [], results: [] };
		this.conversations.set(userMessage, conversation);
		return conversation;
	}

	private async handle(request: IncomingMessage): Promise<object> {
		if (!request.url?.endsWith('/chat/completions')) return { data: [] };
		let text = '';
		for await (const chunk of request) text += String(chunk);
		const { messages, tools = [] } = JSON.parse(text) as {
			messages: Message[];
			tools?: { function: OfferedTool }[];
		};
		const userMessage = getText(messages.findLast(({ role }) => role === 'user'));
		const conversation = this.conversations.get(userMessage);
		if (!conversation) return createReply({ content: `No script for: ${userMessage}` });
		conversation.tools = tools.map((tool) => tool.function);
		conversation.results = messages.filter(({ role }) => role === 'tool').map(getText);
		const next = conversation.script[conversation.results.length];
		if (!next) return createReply({ content: 'Done' });
		return createReply({ content: null, tool_calls: [createToolCall(next, text.length)] });
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
	model: 'scripted',
	choices: [
		{
			index: 0,
			message: { role: 'assistant', ...message },
			finish_reason: message.tool_calls ? 'tool_calls' : 'stop',
		},
	],
	usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});
